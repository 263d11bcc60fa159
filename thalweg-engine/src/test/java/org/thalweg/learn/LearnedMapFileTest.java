package org.thalweg.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.learn.UsedNetwork.Role;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class LearnedMapFileTest {
    private static final Architecture ARCHITECTURE = Architecture.parse("linear(3,20) relu linear(20,3)");

    @TempDir
    private Path folder = Path.of("unset");

    private static LearnedMap map(MapKind kind, Whitening whitening) {
        try (Engine engine = Engine.start(1)) {
            return engine.alone(() -> {
                List<double[]> neurons = List.of(
                        SmallMap.normal(7 * 20, 1), SmallMap.normal(7 * 20, 2)); // 7 coordinates, 20 neurons each
                MapShape shape = new MapShape(kind, 7, 2, 9, 1.5);
                return new LearnedMap(
                        Objective.BIJECTION,
                        shape,
                        ARCHITECTURE,
                        Standardisation.of(neurons, 7, whitening),
                        new Seed(-5),
                        new MapParameters(shape).start(new Seed(8)),
                        List.of(
                                new UsedNetwork(Role.TRAINING, "say \"a\"", "12ab"),
                                new UsedNetwork(Role.VALIDATION, "b", "34cd")),
                        Provenance.UNKNOWN.with("recipe", "none"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"REALNVP,NONE", "IAF,PRINCIPAL_AXES"})
    void fileHoldsTheWholeMap(MapKind kind, Whitening whitening) throws IOException {
        Path file = folder.resolve("map.safetensors");
        LearnedMap map = map(kind, whitening);
        LearnedMapFile.write(file, map);

        LearnedMap read = LearnedMapFile.read(file);

        assertThat(read.facts()).isEqualTo(map.facts());
        assertThat(read.networks()).isEqualTo(map.networks());
        assertThat(read.halves()).isEqualTo(map.halves());
        assertThat(new TreeMap<>(read.tensors())).isEqualTo(new TreeMap<>(map.tensors()));
        assertThat(read.method()).isEqualTo("bijection-" + kind.text());
        Path again = folder.resolve("again.safetensors");
        LearnedMapFile.write(again, read);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void pathsOfTheMapThatWasReadAreTheSame() throws IOException {
        Path file = folder.resolve("map.safetensors");
        LearnedMap map = map(MapKind.REALNVP, Whitening.PRINCIPAL_AXES);
        LearnedMapFile.write(file, map);
        Weights a = SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 1).weights();
        Weights b = SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 2).weights();

        assertThat(LearnedRule.between(LearnedMapFile.read(file), ARCHITECTURE, a, b)
                        .at(0.3))
                .isEqualTo(LearnedRule.between(map, ARCHITECTURE, a, b).at(0.3));
    }

    private Path written(Map<String, Tensor> tensors, Map<String, String> facts) throws IOException {
        Path file = folder.resolve("changed.safetensors");
        Map<String, String> metadata = new TreeMap<>(facts);
        metadata.put("thalweg", "map");
        Safetensors.write(file, tensors, metadata);
        return file;
    }

    @Test
    void aFileThatIsNoMapIsToldFromOne() throws IOException {
        Path file = folder.resolve("network.safetensors");
        NetworkFile.write(file, SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 1));

        assertThatThrownBy(() -> LearnedMapFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("holds no learned map; 'thalweg learn' makes one.");
    }

    @Test
    void tensorsThatDoNotFitAreNamed() throws IOException {
        LearnedMap map = map(MapKind.REALNVP, Whitening.NONE);
        Map<String, Tensor> tensors = new LinkedHashMap<>(map.tensors());
        tensors.put("map.1.input.bias", Tensor.owning(Shape.of(8, 1), new float[8]));
        Path file = written(tensors, map.facts());

        assertThatThrownBy(() -> LearnedMapFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor '1.input.bias' has shape [8, 1] but the map needs [9, 1].");
    }

    @Test
    void aMapThatIsNotAutoregressiveIsRefused() throws IOException {
        LearnedMap map = map(MapKind.IAF, Whitening.NONE);
        Map<String, Tensor> tensors = new LinkedHashMap<>(map.tensors());
        float[] ones = new float[9 * 7];
        java.util.Arrays.fill(ones, 1);
        tensors.put("map.0.input.weight", Tensor.owning(Shape.of(9, 7), ones));
        Path file = written(tensors, map.facts());

        assertThatThrownBy(() -> LearnedMapFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("tensor '0.input.weight' is not autoregressive.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            map          | glow      | its map is 'glow', which is not known here.
            layers       | two       | its layers is 'two' but must be a whole number.
            layers       | 3         | no tensor 'map.2.input.weight'
            bound        | -1        | the bound of log-scales is -1.0
            networks     | [1]       | its list of networks is not understood.
            networks     | [          | its list of networks is not proper JSON
            architecture | linear(9,4) relu linear(4,3) | do not fit a map of 7 and neurons of 13.
            """)
    void factsThatDoNotFitAreTold(String fact, String value, String sentence) throws IOException {
        LearnedMap map = map(MapKind.REALNVP, Whitening.NONE);
        Map<String, String> facts = new TreeMap<>(map.facts());
        facts.put(fact, value);
        Path file = written(map.tensors(), facts);

        assertThatThrownBy(() -> LearnedMapFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void networksOfOtherNeuronsAreRefused() {
        LearnedMap map = map(MapKind.REALNVP, Whitening.NONE);
        Architecture other = Architecture.parse("linear(4,20) relu linear(20,2)");
        Network network = SmallProblem.network(other, Precision.FLOAT32, 1);

        assertThatThrownBy(() -> LearnedRule.between(map, other, network.weights(), network.weights()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("which are not those of linear(4,20)");
    }

    @Test
    void otherWidthsAreJoined() {
        LearnedMap map = map(MapKind.REALNVP, Whitening.NONE);
        Architecture wide = Architecture.parse("linear(3,300) relu linear(300,3)");
        Weights a = SmallProblem.network(wide, Precision.FLOAT32, 1).weights();

        assertThat(LearnedRule.between(map, wide, a, a).at(0.5).get("0.weight").shape())
                .isEqualTo(Shape.of(300, 3));
    }

    @Test
    void aMapThatOverflowsIsTold() {
        LearnedMap map = map(MapKind.REALNVP, Whitening.NONE);
        Map<String, Tensor> huge = new LinkedHashMap<>(map.parameters().asMap());
        huge.replaceAll((name, tensor) -> {
            float[] values = tensor.toFloats();
            java.util.Arrays.fill(values, 3e38f);
            return Tensor.owning(tensor.shape(), values);
        });
        LearnedMap overflowing = map.with(Weights.of(huge));
        Weights a = SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 1).weights();

        assertThatThrownBy(() -> LearnedRule.between(overflowing, ARCHITECTURE, a, a))
                .isInstanceOf(SingularMapException.class)
                .hasMessageContaining("answers NaN or infinity");
    }

    // Two inputs that never vary: their coordinates bypass the map and move straight, the others on the arc.
    @Test
    void constantCoordinatesMoveOnTheStraightLine() {
        try (Engine engine = Engine.start(1)) {
            double[] neurons = SmallMap.normal(7 * 20, 1);
            java.util.Arrays.fill(neurons, 2 * 20, 4 * 20, 0.5);
            Standardisation standardisation =
                    engine.alone(() -> Standardisation.of(List.of(neurons), 7, Whitening.NONE));
            MapShape shape = new MapShape(MapKind.REALNVP, standardisation.dimension(), 2, 9, 1.5);
            LearnedMap map = new LearnedMap(
                    Objective.FLOW,
                    shape,
                    ARCHITECTURE,
                    standardisation,
                    new Seed(1),
                    new MapParameters(shape).start(new Seed(8)),
                    List.of(),
                    Provenance.UNKNOWN);
            Weights a = SmallProblem.network(ARCHITECTURE, Precision.FLOAT64, 1).weights();
            Weights b = SmallProblem.network(ARCHITECTURE, Precision.FLOAT64, 2).weights();
            double[] from = new Neurons(ARCHITECTURE).of(a);
            double[] to = new Neurons(ARCHITECTURE).of(b);

            double[] middle = new Neurons(ARCHITECTURE)
                    .of(LearnedRule.between(map, ARCHITECTURE, a, b).at(0.25));

            assertThat(standardisation.dimension()).isEqualTo(5);
            for (int i = 2 * 20; i < 4 * 20; i++) {
                assertThat(middle[i])
                        .isEqualTo(0.75 * from[i] + 0.25 * to[i], org.assertj.core.api.Assertions.within(1e-15));
            }
        }
    }
}
