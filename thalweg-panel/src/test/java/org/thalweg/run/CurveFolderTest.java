package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.train.CurveState;

class CurveFolderTest {
    @TempDir
    private Path root = Path.of("unset");

    private CurveFolder folder(String seed) {
        return new CurveFolder(root.resolve("p.training"), Map.of("rootSeed", seed));
    }

    private static Weights weights(float first) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("0.weight", Tensor.owning(Shape.of(2, 2), new float[] {first, 1, 2, 3}));
        tensors.put("0.bias", Tensor.owning(Shape.of(2), new double[] {first / 3.0, 5}));
        return Weights.of(tensors);
    }

    private static CurveState start() {
        return CurveState.at(List.of(weights(0), weights(1), weights(2), weights(3)));
    }

    private static CurveState later() {
        return start().after(7, List.of(weights(10), weights(20)), List.of(weights(-1), weights(-2)));
    }

    @Test
    void whatIsStoredIsResumedBetweenTheSameEnds() throws IOException {
        folder("1").store("ot:garipov-4", later());

        assertThat(folder("1").resume("ot:garipov-4", start())).isEqualTo(later());
        assertThat(folder("1").file("ot:garipov-4").getFileName()).hasToString("ot~garipov-4.safetensors");
    }

    @Test
    void withoutAFileTheStartIsTheStart() throws IOException {
        folder("1").store("garipov-4", later());

        assertThat(folder("1").resume("bezier-4", start())).isEqualTo(start());
    }

    @Test
    void statesOfAnotherTrainingAreRefused() throws IOException {
        folder("1").store("garipov-4", later());

        assertThatThrownBy(() -> folder("2").resume("garipov-4", start()))
                .isInstanceOf(OtherConfigurationException.class)
                .hasMessageContainingAll(
                        "garipov-4.safetensors was trained otherwise: rootSeed is 2 now but was 1 there");
    }

    @Test
    void statesOfOtherShapesAreRefused() throws IOException {
        folder("1").store("garipov-4", later());
        Map<String, Tensor> wider = new LinkedHashMap<>(weights(0).asMap());
        wider.put("0.bias", Tensor.owning(Shape.of(3), new double[3]));
        Weights other = Weights.of(wider);

        assertThatThrownBy(() -> folder("1").resume("garipov-4", CurveState.at(List.of(other, other, other, other))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("holds no training of this curve", "control.1.0.bias", "[2]", "[3]");
    }

    @Test
    void filesThatAreCutShortAreRefused() throws IOException {
        folder("1").store("garipov-4", later());
        Path file = folder("1").file("garipov-4");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> folder("1").resume("garipov-4", start())).isInstanceOf(CheckpointException.class);
    }

    @Test
    void deletingLeavesNothing() throws IOException {
        folder("1").delete();
        folder("1").store("garipov-4", later());
        folder("1").store("garipov-4:bezier-4", later());

        folder("1").delete();

        assertThat(root).isEmptyDirectory();
    }
}
