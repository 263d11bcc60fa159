package org.thalweg.data;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.thalweg.result.Loss;

/**
 * Training and test examples of one task. Immutable.
 *
 * @param name such as {@code mnist}
 * @param shape extents of one image
 * @param train what networks are trained on and adjustments are solved on
 * @param test what is only measured
 */
public record Dataset(String name, ImageShape shape, Examples train, Examples test) {
    /**
     * Checks that both splits fit.
     *
     * @throws IllegalArgumentException if they differ in features, or in classes or targets
     */
    public Dataset {
        if (!train.sizes().equals(test.sizes()) || shape.features() != train.features()) {
            throw new IllegalArgumentException(name + ": images of " + shape.features()
                    + " values, training examples of " + train.sizes() + ", test examples of " + test.sizes()
                    + " do not fit together.");
        }
    }

    /** Returns d. */
    public int features() {
        return train.features();
    }

    /** Returns the loss that networks are trained with and measured by. */
    public Loss loss() {
        return train.loss();
    }

    /** Returns how many outputs a network for it has: the number of classes, or of targets. */
    public int outputs() {
        return train.outputs();
    }

    /** Returns the SHA-256, in hexadecimal, of both splits. */
    public String hash() {
        String both = train.hash() + test.hash();
        return HexFormat.of().formatHex(Examples.sha256().digest(both.getBytes(StandardCharsets.US_ASCII)));
    }
}
