package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.run.OtherConfigurationException;
import org.thalweg.run.RunFolder;
import org.thalweg.train.Recipe;

class NetworkTrainingTest {
    private static final List<Long> SEED = List.of(1L);

    private static Engine engine;
    private static Dataset data;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(1);
        data = Datasets.open(
                "glyphs", new DataOptions(java.util.Optional.empty(), OptionalInt.of(50), OptionalInt.of(10)));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private NetworkTraining training(int epochs) {
        Recipe recipe = new Recipe(epochs, 0.01, 0.9, 1e-4, 25);
        Architecture architecture = Architecture.named("mlp-3", data.features(), data.outputs());
        return new NetworkTraining(new RunFolder(folder).networks(), architecture, recipe, data, new Seed(0));
    }

    private Path network() {
        return folder.resolve("networks/seed-1.safetensors");
    }

    private Path state() {
        return folder.resolve("networks/seed-1.training.safetensors");
    }

    /** Leaves the state after two epochs of three, as a kill then would. */
    private void interrupt() {
        PanelListener killing = new PanelListener() {
            @Override
            public void onEpoch(long seed, int epoch, double loss) {
                if (epoch == 2) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> training(3).train(engine, SEED, killing)).hasMessage("killed");
        assertThat(state()).exists();
        assertThat(network()).doesNotExist();
    }

    private void damage(String tensor, Tensor by, Map<String, String> metadata) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(state());
        Map<String, Tensor> tensors = new LinkedHashMap<>(
                checkpoint.read(checkpoint.entries().keySet()).asMap());
        tensors.put(tensor, by);
        Map<String, String> facts = new TreeMap<>(checkpoint.metadata());
        facts.putAll(metadata);
        Safetensors.write(state(), tensors, facts);
    }

    private static Tensor tensor(int... shape) {
        return Tensor.owning(Shape.of(shape), new float[Shape.of(shape).elements()]);
    }

    @Test
    void anInterruptedTrainingEndsWithTheSameBytes() throws IOException {
        training(3).train(engine, SEED, PanelListener.SILENT);
        byte[] whole = Files.readAllBytes(network());
        Files.delete(network());
        interrupt();

        training(3).train(engine, SEED, PanelListener.SILENT);

        assertThat(network()).hasBinaryContent(whole);
        assertThat(state()).doesNotExist();
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void theStateOfARunThatWasKilledAtItsVeryEndIsRemoved() throws IOException {
        interrupt();
        byte[] left = Files.readAllBytes(state());
        training(3).train(engine, SEED, PanelListener.SILENT);
        Files.write(state(), left);

        training(3).train(engine, SEED, PanelListener.SILENT);

        assertThat(folder.resolve("networks")).isDirectoryContaining("glob:**seed-1.safetensors");
        assertThat(state()).doesNotExist();
    }

    @Test
    void aStateOfAnotherTrainingIsRefused() throws IOException {
        interrupt();

        assertThatThrownBy(() -> training(4).train(engine, SEED, PanelListener.SILENT))
                .isInstanceOf(OtherConfigurationException.class)
                .hasMessageContaining("was trained otherwise: recipe is");
    }

    @Test
    void aDamagedStateIsNamed() throws IOException {
        interrupt();
        byte[] whole = Files.readAllBytes(state());
        Tensor bias = tensor(3);

        damage("0.bias", tensor(4), Map.of());
        assertRefused("tensor '0.bias' has shape [4]");
        Files.write(state(), whole);
        damage("velocity.2.bias", tensor(1), Map.of());
        assertRefused("tensor '2.bias' has shape [1]");
        Files.write(state(), whole);
        damage("4.bias", bias, Map.of());
        assertRefused("tensor '4.bias' is not part of");
        Files.write(state(), whole);
        damage("0.bias", Tensor.owning(Shape.of(3), new float[] {0, Float.NaN, 0}), Map.of());
        assertRefused("\"0.bias\" holds NaN at index 1");
        Files.write(state(), whole);
        damage("0.bias", bias, Map.of("epoch", "3"));
        assertRefused("epoch is 3 but a training of 3 was interrupted");
        Files.write(state(), whole);
        damage("0.bias", bias, Map.of("epoch", "many"));
        assertRefused("epoch is many");
        Files.write(state(), java.util.Arrays.copyOf(whole, whole.length - 1));
        assertRefused("the file is cut off");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> training(3).train(engine, SEED, PanelListener.SILENT))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(state() + ": ")
                .hasMessageContaining(problem);
    }
}
