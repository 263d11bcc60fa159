package org.thalweg.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/** Mean and deviation per part of a row of numbers, each of equally many values: x becomes (x − mean) / deviation. Immutable. */
final class Standard {
    private final double[] mean;
    private final double[] deviation;
    private final int width; // of a row

    private Standard(double[] mean, double[] deviation, int width) {
        this.mean = mean;
        this.deviation = deviation;
        this.width = width;
    }

    /**
     * Returns what a description says of inputs: {@code mean} and {@code deviation}, or {@code standardise: true}, by mean and
     * deviation of each part of the training examples.
     *
     * @param parts how many each row has
     * @throws YamlException if there are not as many as parts, or a deviation is not positive
     */
    static Standard ofInputs(YamlNode.Mapping root, RawExamples train, int parts) throws YamlException {
        Optional<YamlNode> standardise = root.find("standardise");
        if (train.isPixels() && isTrue(standardise, "'standardise'")) {
            throw standardise.orElseThrow().wrong(forNumbers("standardise", "mean", "deviation"));
        }
        return of(root, "", train.values(), train.shape().features(), parts);
    }

    /** Returns what a description says of targets, likewise, by names that have {@code target} in them. */
    static Standard ofTargets(YamlNode.Mapping root, double[] train, int outputs) throws YamlException {
        return of(root, "target-", train, outputs, outputs);
    }

    private static String forNumbers(String standardise, String mean, String deviation) {
        return "'" + standardise + "' is for numbers, in place of '" + mean + "' and '" + deviation + "'.";
    }

    private static boolean isTrue(Optional<YamlNode> node, String name) throws YamlException {
        return node.isPresent() && node.get().truth(name);
    }

    private static Standard of(YamlNode.Mapping root, String prefix, double[] rows, int width, int parts)
            throws YamlException {
        String meanName = prefix + "mean";
        String deviationName = prefix + "deviation";
        String standardise = prefix.isEmpty() ? "standardise" : "standardise-targets";
        Optional<YamlNode> wanted = root.find(standardise);
        if (isTrue(wanted, "'" + standardise + "'")) {
            if (root.find(meanName).isPresent() || root.find(deviationName).isPresent()) {
                throw wanted.orElseThrow().wrong(forNumbers(standardise, meanName, deviationName));
            }
            return measured(rows, width, parts);
        }
        double[] mean = numbers(root, meanName, parts, 0);
        double[] deviation = numbers(root, deviationName, parts, 1);
        if (Arrays.stream(deviation).anyMatch(value -> !(value > 0))) {
            throw root.need(deviationName).wrong("'" + deviationName + "' must be positive.");
        }
        return new Standard(mean, deviation, width);
    }

    private static double[] numbers(YamlNode.Mapping root, String name, int count, double usual) throws YamlException {
        double[] numbers = new double[count];
        Arrays.fill(numbers, usual);
        Optional<YamlNode> given = root.find(name);
        if (given.isPresent()) {
            List<Double> list = given.get().numbers("'" + name + "'");
            if (list.size() != 1 && list.size() != count) {
                throw given.get()
                        .wrong("'" + name + "' has " + list.size() + " numbers but must have "
                                + (count == 1 ? "1." : "1 or " + count + "."));
            }
            for (int i = 0; i < count; i++) {
                numbers[i] = list.get(list.size() == 1 ? 0 : i);
            }
        }
        return numbers;
    }

    private static Standard measured(double[] rows, int width, int parts) {
        Standard measured = new Standard(new double[parts], new double[parts], width);
        double[] mean = measured.mean;
        double[] deviation = measured.deviation;
        double per = rows.length / (double) parts;
        for (int i = 0; i < rows.length; i++) {
            mean[measured.part(i)] += rows[i] / per;
        }
        for (int i = 0; i < rows.length; i++) {
            int part = measured.part(i);
            deviation[part] += (rows[i] - mean[part]) * (rows[i] - mean[part]) / per;
        }
        for (int i = 0; i < parts; i++) {
            deviation[i] = deviation[i] > 0 ? Math.sqrt(deviation[i]) : 1; // a constant column becomes 0
        }
        return measured;
    }

    /** Returns targets that were changed so, by their names. */
    List<TargetColumn> columns(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new TargetColumn(names.get(i), mean[i], deviation[i]))
                .toList();
    }

    private int part(int index) {
        return index % width / (width / mean.length);
    }

    /** Returns the means. A copy. */
    double[] mean() {
        return mean.clone();
    }

    /** Returns the deviations. A copy. */
    double[] deviation() {
        return deviation.clone();
    }

    /** Changes rows of numbers, [N, width]. */
    void applyTo(double[] rows) {
        for (int i = 0; i < rows.length; i++) {
            int part = part(i);
            rows[i] = (rows[i] - mean[part]) / deviation[part];
        }
    }
}
