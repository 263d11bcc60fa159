package org.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Examples as a user's files hold them: not yet normalised, labels as texts. Features are unsigned bytes or doubles.
 *
 * @param shape of one example; 1 × 1 × d for vectors
 * @param labels one per example
 * @param pixels [N, d] if features are bytes, else empty
 * @param values [N, d] if they are not, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, to Examples, which owns the arrays
record RawExamples(ImageShape shape, List<String> labels, byte[] pixels, double[] values) {
    /** Most classes: labels are kept in bytes. */
    static final int MOST_CLASSES = 127;

    int count() {
        return labels.size();
    }

    boolean isPixels() {
        return pixels.length > 0;
    }

    /** Returns the examples at these positions. */
    RawExamples at(int[] positions) {
        int d = shape.features();
        byte[] somePixels = new byte[isPixels() ? positions.length * d : 0];
        double[] someValues = new double[isPixels() ? 0 : positions.length * d];
        List<String> someLabels = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            someLabels.add(labels.get(positions[i]));
            if (isPixels()) {
                System.arraycopy(pixels, positions[i] * d, somePixels, i * d, d);
            } else {
                System.arraycopy(values, positions[i] * d, someValues, i * d, d);
            }
        }
        return new RawExamples(shape, someLabels, somePixels, someValues);
    }

    /** Returns every {@code step}-th example, from the {@code step}-th on. */
    RawExamples every(int step) {
        return at(IntStream.range(0, count()).filter(i -> i % step == step - 1).toArray());
    }

    /** Returns the examples that {@link #every} leaves. */
    RawExamples without(int step) {
        return at(IntStream.range(0, count()).filter(i -> i % step != step - 1).toArray());
    }

    /**
     * Returns the classes of these labels: 0 … greatest if all are whole numbers, else all texts in their order.
     *
     * @throws DataException if there are too many
     */
    List<String> classes(String where) throws DataException {
        boolean numbers = labels.stream().allMatch(label -> label.matches("\\d{1,6}"));
        List<String> classes = numbers
                ? IntStream.rangeClosed(
                                0,
                                labels.stream()
                                        .mapToInt(Integer::parseInt)
                                        .max()
                                        .orElse(0))
                        .mapToObj(Integer::toString)
                        .toList()
                : List.copyOf(new TreeSet<>(labels));
        if (classes.size() > MOST_CLASSES) {
            throw new DataException(where + ": " + classes.size() + " classes; at most " + MOST_CLASSES + " are read.");
        }
        return classes;
    }
}
