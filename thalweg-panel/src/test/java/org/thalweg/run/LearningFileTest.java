package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.learn.LearningState;
import org.thalweg.learn.Round;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class LearningFileTest {
    private static final Map<String, String> IDENTITY = Map.of("recipe", "adam", "rootSeed", "0");

    @TempDir
    private Path folder = Path.of("unset");

    private Path file() {
        return folder.resolve("state.safetensors");
    }

    private static Weights weights(float value) {
        return Weights.of(Map.of("0.input.bias", Tensor.owning(Shape.of(2, 1), new float[] {value, -value})));
    }

    private static LearningState start() {
        return new LearningState(weights(0), weights(0), weights(0), weights(0), List.of());
    }

    private static LearningState state() {
        return new LearningState(
                weights(1),
                weights(2),
                weights(3),
                weights(4),
                List.of(new Round(5, -0.1, -1913.125, 0.3, 0.9), new Round(10, 0.1 + 0.2, 7, 1e-9, 1)));
    }

    @Test
    void storedStateComesBackBitForBit() throws IOException {
        LearningFile file = new LearningFile(file(), IDENTITY);
        file.store(state());

        assertThat(file.resume(start())).isEqualTo(state());
        file.delete();
        assertThat(file.resume(start())).isEqualTo(start());
    }

    @Test
    void aTrainingOfOtherSettingsIsRefused() throws IOException {
        new LearningFile(file(), IDENTITY).store(state());

        assertThatThrownBy(() -> new LearningFile(file(), Map.of("recipe", "other", "rootSeed", "0")).resume(start()))
                .isInstanceOf(OtherConfigurationException.class)
                .hasMessageContaining("recipe is other now but was adam there");
    }

    @Test
    void aFileWithoutAStateIsTold() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("map.0.input.bias", Tensor.owning(Shape.of(1), new float[1]));
        Safetensors.write(file(), tensors, IDENTITY);

        assertThatThrownBy(() -> new LearningFile(file(), IDENTITY).resume(start()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor 'map.0.input.bias' is FLOAT32[1] but must be FLOAT32[2, 1]");
    }
}
