package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.result.Loss;
import org.thalweg.yaml.YamlException;

class RegressionDataTest {
    @TempDir
    Path folder = Path.of("unset");

    private Dataset open(String description) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, "task: regression\n" + description.replace("|", "\n"));
        return Datasets.open(file.toString(), DataOptions.DEFAULTS);
    }

    private void array(String name, String shape, float... values) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer out =
                ByteBuffer.allocate(10 + header.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        out.put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            out.putFloat(value);
        }
        Files.write(folder.resolve(name), out.array());
    }

    private static double[] targets(Examples examples) {
        double[] targets = new double[examples.count() * examples.outputs()];
        for (int i = 0; i < examples.count(); i++) {
            examples.copyTargets(i, targets, i * examples.outputs());
        }
        return targets;
    }

    @Test
    void targetsAreColumnsInTheOrderOfTheirNames() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "rent,x,price\n1,5,10\n2,6,-20.5\n3,7,30\n4,8,40\n");

        Dataset data = open("train: t.csv|test: {every: 2}|target: [price, rent]");

        assertThat(data.loss()).isEqualTo(Loss.MEAN_SQUARED_ERROR);
        assertThat(data.outputs()).isEqualTo(2);
        assertThat(data.features()).isEqualTo(1);
        assertThat(targets(data.train())).containsExactly(10, 1, 30, 3);
        assertThat(targets(data.test())).containsExactly(-20.5, 2, 40, 4);
    }

    @Test
    void theLastColumnIsTheTargetUnlessOneIsNamed() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "1,2,0.5\n3,4,-1e3\n");

        assertThat(targets(open("train: t.csv|test: t.csv").train())).containsExactly(0.5, -1000);
    }

    @Test
    void targetsAreStandardisedByTheTrainingExamplesOrAsSaid() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y\n0,1\n0,9\n0,3\n0,5\n");

        Dataset measured = open("train: t.csv|test: {every: 2}|standardise-targets: true");
        Dataset said = open("train: t.csv|test: {every: 2}|target-mean: [1]|target-deviation: [2]");

        assertThat(targets(measured.train())).containsExactly(-1, 1); // of 1 and 3
        assertThat(targets(measured.test())).containsExactly(7, 3);
        assertThat(targets(said.train())).containsExactly(0, 1);
        assertThat(said.hash()).isNotEqualTo(measured.hash());
    }

    @Test
    void arraysHaveTargetsOfOneColumnOrSeveral() throws IOException {
        array("x.npy", "(2, 3)", 1, 2, 3, 4, 5, 6);
        array("y.npy", "(2,)", 0.5f, -2);
        array("z.npy", "(2, 2)", 1, 2, 3, 4);

        Examples one =
                open("train: {inputs: x.npy, targets: y.npy}|test: {every: 2}").train();
        Examples two = open("train: {inputs: x.npy, targets: z.npy}|test: {inputs: x.npy, targets: z.npy}")
                .test();

        assertThat(targets(one)).containsExactly(0.5);
        assertThat(targets(two)).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train: t.csv|test: t.csv|classes: [a]; :4: 'classes' is not known here; use name, train, test, task, image,"
                        + " mean, deviation, standardise, target, target-mean, target-deviation, standardise-targets.",
                "train: t.csv|test: t.csv|target: []; :4: 'target' must be one column, or a list of different ones.",
                "train: t.csv|test: t.csv|target: [y, y]; :4: 'target' must be one column, or a list of different ones.",
                "train: t.csv|test: t.csv|target-deviation: [0]; :4: 'target-deviation' must be positive.",
                "train: t.csv|test: t.csv|target-deviation: [1e-300]; :2: targets are too large to be divided by their"
                        + " deviation; check 'target-deviation'.",
                "train: .|test: t.csv; :2: a folder of images has classes, but this is a regression; give their pixels and"
                        + " targets as arrays: {inputs: x.npy, targets: y.npy}."
            })
    void badDescriptionsAreRefusedWithTheirLine(String descriptionAndMessage) throws IOException {
        String[] both = descriptionAndMessage.split("; ", 2);
        Files.writeString(folder.resolve("t.csv"), "x,y\n1,1e10\n3,4\n");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> open(both[0]))
                .withMessage(folder.resolve("own.yaml") + both[1]);
    }

    @Test
    void missingColumnsAreRefusedByName() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y\n1,2\n");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: t.csv|test: t.csv|target: [y, z]"))
                .withMessageEndingWith("t.csv: no column 'z'; the first row must name the columns: x, y.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "", "1e999", "many"})
    void targetsThatAreNoFiniteNumberAreRefusedWithTheirLine(String target) throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y\n1,2\n1," + target + "\n");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: t.csv|test: t.csv"))
                .withMessageEndingWith("t.csv:3: column 2 is '" + target
                        + "' but must be a finite number; fill or drop such rows first.");
    }

    @Test
    void arraysThatDoNotFitAreRefused() throws IOException {
        array("x.npy", "(2, 1)", 1, 2);
        array("y.npy", "(3,)", 1, 2, 3);
        array("n.npy", "(2,)", 1, Float.NaN);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, targets: y.npy}|test: {every: 2}"))
                .withMessageContaining(": targets of shape [3] but the inputs of ");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, targets: n.npy}|test: {every: 2}"))
                .withMessageContaining("the targets hold NaN at index 1");
    }

    @Test
    void examplesHaveLabelsOrTargets() {
        Examples targets = Examples.ofTargets(new double[] {1, 2}, new double[] {3, 4, 5, 6}, 1, 2);

        assertThat(targets.count()).isEqualTo(2);
        assertThat(targets(targets.first(1))).containsExactly(3, 4);
        assertThat(targets.suit(1, 2)).isTrue();
        assertThat(targets.suit(1, 3)).isFalse(); // of classes one more would do
        assertThatIllegalStateException().isThrownBy(() -> targets.label(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.ofTargets(new double[1], new double[] {Double.NaN}, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Examples.ofTargets(new double[1], new double[2], 1, 1));
    }
}
