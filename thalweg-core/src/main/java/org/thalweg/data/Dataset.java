package org.thalweg.data;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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
     * @throws IllegalArgumentException if they differ in features or classes
     */
    public Dataset {
        if (train.features() != test.features()
                || train.classes() != test.classes()
                || shape.features() != train.features()) {
            throw new IllegalArgumentException(name + ": images of " + shape.features()
                    + " values, training examples of " + train.features() + " features and " + train.classes()
                    + " classes, test examples of " + test.features() + " features and " + test.classes()
                    + " classes do not fit together.");
        }
    }

    /** Returns d. */
    public int features() {
        return train.features();
    }

    /** Returns the number of classes. */
    public int classes() {
        return train.classes();
    }

    /** Returns the SHA-256, in hexadecimal, of both splits. */
    public String hash() {
        String both = train.hash() + test.hash();
        return HexFormat.of().formatHex(Examples.sha256().digest(both.getBytes(StandardCharsets.US_ASCII)));
    }
}
