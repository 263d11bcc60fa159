package org.thalweg.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.thalweg.result.Loss;

/** What examples are to be answered with: classes or real numbers. Immutable. */
sealed interface Answers permits Answers.Labels, Answers.Targets {
    /** Returns the loss that answers are scored by. */
    Loss loss();

    /** Returns N. */
    int count();

    /** Returns how many outputs a network for them has: classes, or numbers per example. */
    int outputs();

    /** Returns whether a network of so many outputs can answer. */
    boolean areGivenBy(int outputs);

    /** Returns the answers of examples {@code from} … {@code to}−1. */
    Answers range(int from, int to);

    /** Adds the answers to a hash of the examples. */
    void addTo(MessageDigest digest);

    /** A class per example. */
    final class Labels implements Answers {
        private final byte[] labels;
        private final List<String> classes;

        /** Takes over labels of so many classes, whose names are 0, 1, …; as the other constructor. */
        Labels(byte[] labels, int classes) {
            this(labels, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        }

        /**
         * Takes over labels.
         *
         * @param names of the classes
         * @throws IllegalArgumentException if a label is not in 0 … names−1
         */
        Labels(byte[] labels, List<String> names) {
            int classes = names.size();
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] < 0 || labels[i] >= classes) {
                    throw new IllegalArgumentException(
                            "label " + i + " is " + labels[i] + " but must lie in 0.." + (classes - 1) + ".");
                }
            }
            this.labels = labels;
            this.classes = List.copyOf(names);
        }

        List<String> classes() {
            return classes;
        }

        int of(int index) {
            return labels[index];
        }

        @Override
        public Loss loss() {
            return Loss.CROSS_ENTROPY;
        }

        @Override
        public int count() {
            return labels.length;
        }

        @Override
        public int outputs() {
            return classes.size();
        }

        /** Outputs that no class belongs to do no harm. */
        @Override
        public boolean areGivenBy(int outputs) {
            return classes.size() <= outputs;
        }

        @Override
        public Answers range(int from, int to) {
            return new Labels(Arrays.copyOfRange(labels, from, to), classes);
        }

        @Override
        public void addTo(MessageDigest digest) {
            digest.update(labels);
        }
    }

    /** Real numbers per example. */
    final class Targets implements Answers {
        private final double[] values; // [N, outputs]
        private final List<TargetColumn> columns; // [outputs]

        /**
         * Takes over targets.
         *
         * @param values [N, columns]
         * @throws IllegalArgumentException if sizes do not fit or one is not finite
         */
        Targets(double[] values, List<TargetColumn> columns) {
            int outputs = columns.size();
            if (outputs < 1 || values.length % outputs != 0) {
                throw new IllegalArgumentException(
                        values.length + " targets are not " + outputs + " for each example; at least 1 is needed.");
            }
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw new IllegalArgumentException("target " + i + " is " + values[i] + " but must be finite.");
                }
            }
            this.values = values;
            this.columns = List.copyOf(columns);
        }

        List<TargetColumn> columns() {
            return columns;
        }

        void copy(int index, double[] out, int at) {
            Objects.checkIndex(index, count());
            System.arraycopy(values, index * outputs(), out, at, outputs());
        }

        @Override
        public Loss loss() {
            return Loss.MEAN_SQUARED_ERROR;
        }

        @Override
        public int count() {
            return values.length / columns.size();
        }

        @Override
        public int outputs() {
            return columns.size();
        }

        @Override
        public boolean areGivenBy(int others) {
            return columns.size() == others;
        }

        @Override
        public Answers range(int from, int to) {
            return new Targets(Arrays.copyOfRange(values, from * outputs(), to * outputs()), columns);
        }

        @Override
        public void addTo(MessageDigest digest) {
            ByteBuffer eight = ByteBuffer.allocate(8);
            for (double value : values) {
                digest.update(eight.putDouble(0, value).array());
            }
        }
    }
}
