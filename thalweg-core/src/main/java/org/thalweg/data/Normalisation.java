package org.thalweg.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/**
 * What is done to features before a network sees them: (x − mean) / deviation per channel, or per column of vectors; x is a pixel
 * / 255, or the value itself.
 */
final class Normalisation {
    private final double[] mean;
    private final double[] deviation;

    private Normalisation(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Returns what a description says: {@code mean} and {@code deviation}, or {@code standardise: true}, by mean and deviation of
     * each column of the training examples.
     *
     * @throws YamlException if there are not as many as channels (or columns), or a deviation is not positive
     */
    static Normalisation of(YamlNode.Mapping root, RawExamples train) throws YamlException {
        int parts = train.shape().height() == 1 && train.shape().channels() == 1 && !train.isPixels()
                ? train.shape().width()
                : train.shape().channels();
        Optional<YamlNode> standardise = root.find("standardise");
        if (standardise.isPresent() && standardise.get().truth("'standardise'")) {
            if (train.isPixels()
                    || root.find("mean").isPresent()
                    || root.find("deviation").isPresent()) {
                throw standardise.get().wrong("'standardise' is for numbers, in place of 'mean' and 'deviation'.");
            }
            return measured(train, parts);
        }
        double[] mean = numbers(root, "mean", parts, 0);
        double[] deviation = numbers(root, "deviation", parts, 1);
        if (Arrays.stream(deviation).anyMatch(value -> !(value > 0))) {
            throw root.need("deviation").wrong("'deviation' must be positive.");
        }
        return new Normalisation(mean, deviation);
    }

    private static double[] numbers(YamlNode.Mapping root, String name, int count, double usual) throws YamlException {
        double[] numbers = new double[count];
        Arrays.fill(numbers, usual);
        Optional<YamlNode> given = root.find(name);
        if (given.isPresent()) {
            List<Double> list = given.get().numbers("'" + name + "'");
            if (list.size() != 1 && list.size() != count) {
                throw given.get()
                        .wrong("'" + name + "' has " + list.size() + " numbers but must have 1 or " + count + ".");
            }
            for (int i = 0; i < count; i++) {
                numbers[i] = list.get(list.size() == 1 ? 0 : i);
            }
        }
        return numbers;
    }

    private static Normalisation measured(RawExamples train, int parts) {
        double[] mean = new double[parts];
        double[] deviation = new double[parts];
        double[] values = train.values();
        double per = values.length / (double) parts;
        for (int i = 0; i < values.length; i++) {
            mean[part(i, train.shape(), parts)] += values[i] / per;
        }
        for (int i = 0; i < values.length; i++) {
            int part = part(i, train.shape(), parts);
            deviation[part] += (values[i] - mean[part]) * (values[i] - mean[part]) / per;
        }
        for (int i = 0; i < parts; i++) {
            deviation[i] = deviation[i] > 0 ? Math.sqrt(deviation[i]) : 1; // a constant column becomes 0
        }
        return new Normalisation(mean, deviation);
    }

    private static int part(int index, ImageShape shape, int parts) {
        return index % shape.features() / (shape.features() / parts);
    }

    /** Returns examples as networks see them; the arrays are owned by them from now on. */
    Examples examples(RawExamples raw, byte[] labels, int classes) {
        if (raw.isPixels()) {
            return Examples.ofPixels(raw.shape(), classes, raw.pixels(), labels, mean, deviation);
        }
        double[] values = raw.values();
        for (int i = 0; i < values.length; i++) {
            int part = part(i, raw.shape(), mean.length);
            values[i] = (values[i] - mean[part]) / deviation[part];
        }
        return Examples.ofValues(raw.shape(), classes, values, labels);
    }
}
