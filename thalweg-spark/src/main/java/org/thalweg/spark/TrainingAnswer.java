package org.thalweg.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What an executor sends back of a training: no weights, which are in the run's folder.
 *
 * @param failure what ended it, or null
 */
record TrainingAnswer(@Nullable RuntimeException failure) implements Serializable {
    private static final long serialVersionUID = 1L;
}
