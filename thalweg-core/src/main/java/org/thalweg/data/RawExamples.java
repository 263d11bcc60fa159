package org.thalweg.data;

import java.util.stream.IntStream;

/**
 * Examples as a user's files hold them: not yet normalised, answers as they are written. Features are unsigned bytes or doubles.
 *
 * @param shape of one example; 1 × 1 × d for vectors
 * @param answers one per example
 * @param pixels [N, d] if features are bytes, else empty
 * @param values [N, d] if they are not, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, to Examples, which owns the arrays
record RawExamples(ImageShape shape, RawAnswers answers, byte[] pixels, double[] values) {
    int count() {
        return answers.count();
    }

    boolean isPixels() {
        return pixels.length > 0;
    }

    /** Returns the examples at these positions. */
    RawExamples at(int[] positions) {
        int d = shape.features();
        byte[] somePixels = new byte[isPixels() ? positions.length * d : 0];
        double[] someValues = new double[isPixels() ? 0 : positions.length * d];
        for (int i = 0; i < positions.length; i++) {
            if (isPixels()) {
                System.arraycopy(pixels, positions[i] * d, somePixels, i * d, d);
            } else {
                System.arraycopy(values, positions[i] * d, someValues, i * d, d);
            }
        }
        return new RawExamples(shape, answers.at(positions), somePixels, someValues);
    }

    /** Returns every {@code step}-th example, from the {@code step}-th on. */
    RawExamples every(int step) {
        return at(IntStream.range(0, count()).filter(i -> i % step == step - 1).toArray());
    }

    /** Returns the examples that {@link #every} leaves. */
    RawExamples without(int step) {
        return at(IntStream.range(0, count()).filter(i -> i % step != step - 1).toArray());
    }
}
