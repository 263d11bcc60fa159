package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.checkpoint.npz.NpyArray;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/**
 * The task of predicting numbers: each example has one real target or several. Networks are trained on (y − mean) / deviation per
 * target, and losses are in the squares of that.
 */
final class Regression implements Task {
    private final YamlNode.Mapping root;

    private Regression(YamlNode.Mapping root) {
        this.root = root;
    }

    static Regression of(YamlNode.Mapping root) throws YamlException {
        root.allow(
                "name",
                "train",
                "test",
                "task",
                "image",
                "mean",
                "deviation",
                "standardise",
                "target",
                "target-mean",
                "target-deviation",
                "standardise-targets");
        return new Regression(root);
    }

    @Override
    public String arrayName() {
        return "targets";
    }

    @Override
    public RawExamples images(YamlNode where, Path folder, Optional<ImageShape> image) throws IOException {
        throw where.wrong("a folder of images has classes, but this is a regression; give their pixels and targets as"
                + " arrays: {inputs: x.npy, targets: y.npy}.");
    }

    @Override
    public RawExamples table(Path file) throws IOException {
        return CsvTable.withTargets(file, columns());
    }

    /** Returns the names of the columns of targets; none if it is the last. */
    private List<String> columns() throws YamlException {
        Optional<YamlNode> target = root.find("target");
        if (target.isEmpty()) {
            return List.of();
        }
        if (target.get() instanceof YamlNode.Scalar one) {
            return List.of(one.text());
        }
        List<String> names = new ArrayList<>();
        for (YamlNode item : target.get().list("'target'")) {
            names.add(item.text("a target"));
        }
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw target.get().wrong("'target' must be one column, or a list of different ones.");
        }
        return names;
    }

    /** [N] or [N, …]: all that an example has are its targets. */
    @Override
    public boolean fits(NpyArray array, int count) {
        return array.shape().rank() > 0
                && array.shape().extent(0) == count
                && array.shape().elements() >= count;
    }

    @Override
    public RawAnswers array(ArrayData.Located from, int count) throws DataException {
        NpyArray array = from.array();
        double[] targets = new double[array.shape().elements()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = array.get(i);
            if (!Double.isFinite(targets[i])) {
                throw new DataException(from.place() + ": the targets hold " + targets[i] + " at index " + i
                        + "; only finite values can be used.");
            }
        }
        return new RawAnswers.Numbers(targets, TargetColumn.names(targets.length / count));
    }

    @Override
    public Answering answering(RawAnswers train) throws IOException {
        RawAnswers.Numbers own = (RawAnswers.Numbers) train;
        Standard standard = Standard.ofTargets(root, own.toArray(), own.outputs());
        List<TargetColumn> columns = standard.columns(own.names());
        return (raw, where) -> {
            RawAnswers.Numbers numbers = (RawAnswers.Numbers) raw;
            if (numbers.outputs() != own.outputs()) {
                throw where.wrong("examples with " + numbers.outputs() + " targets each but the training examples have "
                        + own.outputs() + ".");
            }
            double[] values = numbers.toArray();
            standard.applyTo(values);
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
                throw where.wrong("targets are too large to be divided by their deviation; check 'target-deviation'.");
            }
            return new Answers.Targets(values, columns);
        };
    }
}
