package org.thalweg.connect;

import java.io.Serializable;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;

/**
 * A sum over training examples that can be taken part by part, in other processes; it is sent there.
 *
 * @param <T> what is summed
 */
public interface PartialSum<T extends Serializable> extends Serializable {
    /**
     * Returns the sum over one part.
     *
     * @param part neighbouring training examples
     * @param first the place of the first of them among all
     */
    T over(Engine engine, Examples part, int first);

    /** Returns the sum of two sums; either may be overwritten. */
    T plus(T one, T other);
}
