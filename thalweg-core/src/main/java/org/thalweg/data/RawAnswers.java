package org.thalweg.data;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What the examples of a user's files are to be answered with, as the files have it. Immutable. */
sealed interface RawAnswers permits RawAnswers.Texts, RawAnswers.Numbers {
    /** Returns N. */
    int count();

    /** Returns the answers at these positions. */
    RawAnswers at(int[] positions);

    /**
     * A label per example.
     *
     * @param place where the label of an example stands, for sentences
     */
    record Texts(List<String> labels, IntFunction<String> place) implements RawAnswers {
        /** Most classes: labels are kept in bytes. */
        static final int MOST_CLASSES = 127;

        public Texts {
            labels = List.copyOf(labels);
        }

        @Override
        public int count() {
            return labels.size();
        }

        @Override
        public RawAnswers at(int[] positions) {
            return new Texts(Arrays.stream(positions).mapToObj(labels::get).toList(), i -> place.apply(positions[i]));
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
                throw new DataException(where + ": " + classes.size() + " classes; at most " + MOST_CLASSES
                        + " are read. Are these values to be predicted? Then say 'task: regression'.");
            }
            return classes;
        }
    }

    /** Real targets, so many per example. */
    final class Numbers implements RawAnswers {
        private final double[] targets; // [N, outputs]
        private final List<String> names; // [outputs]

        /** Takes over targets, [N, names], finite. */
        Numbers(double[] targets, List<String> names) {
            this.targets = targets;
            this.names = List.copyOf(names);
        }

        /** Returns the targets' names. */
        List<String> names() {
            return names;
        }

        int outputs() {
            return names.size();
        }

        /** Returns the targets, [N, outputs]. A copy. */
        double[] toArray() {
            return targets.clone();
        }

        @Override
        public int count() {
            return targets.length / outputs();
        }

        @Override
        public RawAnswers at(int[] positions) {
            int outputs = outputs();
            double[] some = new double[positions.length * outputs];
            for (int i = 0; i < positions.length; i++) {
                System.arraycopy(targets, positions[i] * outputs, some, i * outputs, outputs);
            }
            return new Numbers(some, names);
        }
    }
}
