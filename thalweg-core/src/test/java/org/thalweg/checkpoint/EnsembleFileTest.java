package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class EnsembleFileTest {
    private static final Architecture LAYERS = Architecture.parse("linear(4,3) relu linear(3,2)");

    @TempDir
    Path folder;

    private static Network network(float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.tensors().forEach((name, shape) -> {
            float[] values = new float[shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value + i;
            }
            tensors.put(name, Tensor.owning(shape, values));
        });
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    /** Eleven members: the tenth's prefix begins as the first's does. */
    private static Ensemble ensemble() {
        List<Weights> heads = java.util.stream.IntStream.range(0, 11)
                .mapToObj(i -> Ensemble.part(LAYERS, 2, 3, network(i).weights()))
                .toList();
        Provenance provenance = Provenance.UNKNOWN.with("ridge.2", "1.0E-6");
        return new Ensemble(
                LAYERS, 1, Ensemble.part(LAYERS, 0, 2, network(0.5f).weights()), heads, Averaging.LOGITS, provenance);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Path file = folder.resolve("e.safetensors");
        EnsembleFile.write(file, ensemble());

        assertThat(EnsembleFile.read(file)).isEqualTo(ensemble());
        assertThat(EnsembleFile.isEnsemble(Checkpoint.open(file))).isTrue();
    }

    @Test
    void theBackboneIsStoredOnce() throws IOException {
        Path file = folder.resolve("e.safetensors");
        EnsembleFile.write(file, ensemble());

        assertThat(Checkpoint.open(file).entries()).hasSize(2 + 11 * 2);
        long numbers = Checkpoint.open(file).entries().values().stream()
                .mapToLong(entry -> entry.elements())
                .sum();
        assertThat(numbers).isEqualTo(ensemble().cost(11).values());
    }

    @Test
    void anEnsembleIsNoNetworkAndANetworkNoEnsemble() throws IOException {
        Path file = folder.resolve("e.safetensors");
        EnsembleFile.write(file, ensemble());
        Path single = folder.resolve("n.safetensors");
        NetworkFile.write(single, network(1));

        assertThatThrownBy(() -> NetworkFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds an ensemble, not a network");
        assertThatThrownBy(() -> EnsembleFile.read(single))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds no ensemble");
    }

    @ParameterizedTest
    @CsvSource({
        "members, 12, tensor '2.weight'",
        "members, 10, backbone and heads of its 10 members have only 22",
        "members, 2000000000, it says that it has 2000000000 members",
        "members, some, its 'members' is 'some'",
        "members, -1, of its -1 members have only 2",
        "head, 3, a head of 3 layers",
        "head, 2, the backbone holds",
        "averaging, both, averaging is 'both'",
        "architecture, 'linear(4,3) relu linear(3,9)', shape"
    })
    void damagedMetadataIsNamed(String fact, String value, String part) throws IOException {
        Path file = folder.resolve("e.safetensors");
        EnsembleFile.write(file, ensemble());
        Checkpoint checkpoint = Checkpoint.open(file);
        Map<String, String> metadata = new HashMap<>(checkpoint.metadata());
        metadata.put(fact, value);
        Path damaged = folder.resolve("d.safetensors");
        Safetensors.write(
                damaged, checkpoint.read(checkpoint.entries().keySet()).asMap(), metadata);

        assertThatThrownBy(() -> EnsembleFile.read(damaged))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(damaged + ": ")
                .hasMessageContaining(part);
        assertThat(Files.exists(damaged)).isTrue();
    }
}
