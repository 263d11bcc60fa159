package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.pytorch.PyTorchWriter;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.path.Path;

class CurveCheckpointTest {
    @TempDir
    java.nio.file.Path folder = java.nio.file.Path.of("unset");

    private static Tensor tensor(int rows, int columns, float value) {
        float[] values = new float[rows * columns];
        java.util.Arrays.fill(values, value);
        return columns == 1 ? Tensor.owning(Shape.of(rows), values) : Tensor.owning(Shape.of(rows, columns), values);
    }

    /** Returns the tensors of a curve with three bends, whose values are 1, 2 and 5. */
    private static Map<String, Tensor> curve(boolean bezier) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[] bends = {1, 2, 5};
        tensors.put("module.coeff_layer.range", Tensor.owning(Shape.of(3), new float[] {0, 1, 2}));
        if (bezier) {
            tensors.put("module.coeff_layer.binom", Tensor.owning(Shape.of(3), new float[] {1, 2, 1}));
            tensors.put("module.coeff_layer.rev_range", Tensor.owning(Shape.of(3), new float[] {2, 1, 0}));
        }
        for (int j = 0; j < 3; j++) {
            tensors.put("module.net.fc1.weight_" + j, tensor(4, 3, bends[j]));
        }
        for (int j = 0; j < 3; j++) {
            tensors.put("module.net.fc1.bias_" + j, tensor(4, 1, bends[j]));
        }
        for (int j = 0; j < 3; j++) {
            tensors.put("module.net.fc2.weight_" + j, tensor(2, 4, bends[j]));
        }
        return tensors;
    }

    private java.nio.file.Path write(Map<String, Tensor> tensors) throws IOException {
        java.nio.file.Path file = folder.resolve("checkpoint-100.pt");
        AtomicFile.write(file, out -> PyTorchWriter.write(tensors, out));
        return file;
    }

    @Test
    void readsAPolygonalChainAsAPath() throws IOException {
        Path path = PathFile.read(write(curve(false)));

        assertThat(path.method()).isEqualTo("garipov-3");
        assertThat(path.architecture().text()).isEqualTo("linear(3,4) relu linear(4,2,nobias)");
        assertThat(path.at(0).get("0.weight").get(11)).isEqualTo(1);
        assertThat(path.at(0.5).get("0.bias").get(0)).isEqualTo(2);
        assertThat(path.at(0.75).get("2.weight").get(7)).isEqualTo(3.5);
        assertThat(path.at(1).get("2.weight").get(0)).isEqualTo(5);
    }

    @Test
    void readsABezierCurveAsAPath() throws IOException {
        Path path = PathFile.read(write(curve(true)));

        assertThat(path.method()).isEqualTo("bezier-3");
        assertThat(path.at(0.5).get("0.weight").get(0)).isEqualTo(0.25 * 1 + 0.5 * 2 + 0.25 * 5);
    }

    @Test
    void pointsGoHomeUnderTheNamesOfTheNetworkAlone() throws IOException {
        java.nio.file.Path point = folder.resolve("point.pt");

        NetworkFile.export(point, PathFile.read(write(curve(true))).networkAt(0.5));

        assertThat(Checkpoint.open(point).entries().keySet()).containsExactly("fc1.weight", "fc1.bias", "fc2.weight");
    }

    @Test
    void aCurveIsNoNetwork() throws IOException {
        java.nio.file.Path file = write(curve(false));

        assertThat(PathFile.isPath(Checkpoint.open(file))).isTrue();
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NetworkFile.read(file))
                .withMessageContaining("holds a path, not a network");
    }

    @Test
    void refusesBendsThatDoNotFit() throws IOException {
        Map<String, Tensor> missing = curve(false);
        missing.remove("module.net.fc1.bias_1");
        Map<String, Tensor> fewer = curve(false);
        fewer.remove("module.net.fc2.weight_2");
        Map<String, Tensor> shape = curve(false);
        shape.put("module.net.fc1.weight_1", tensor(4, 2, 0));
        Map<String, Tensor> norm = curve(false);
        norm.put("module.net.bn.running_mean", tensor(4, 1, 0));

        assertRefused(missing, "tensor \"module.net.fc1.bias_2\" stands where bend 1 should be; one is missing.");
        assertRefused(fewer, "tensor \"module.net.fc2.weight\" has 2 bends but the first has 3.");
        assertRefused(shape, "has the shape [4, 2] but the first bend has [4, 3].");
        assertRefused(norm, "tensor \"module.net.bn.running_mean\" is no bend of a weight or bias");
    }

    private void assertRefused(Map<String, Tensor> tensors, String part) throws IOException {
        java.nio.file.Path file = write(tensors);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> PathFile.read(file))
                .withMessageContaining(part);
    }
}
