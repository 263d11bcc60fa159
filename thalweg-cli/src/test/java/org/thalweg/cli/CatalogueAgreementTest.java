package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Catalogue;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/** Needs Python with PyTorch: every network of the catalogue, of those with widths narrow ones, there and back. */
@Tag("peers")
class CatalogueAgreementTest {
    private static final int EXAMPLES = 4;
    private static final Engine ENGINE = Engine.start(2);

    @TempDir
    private Path folder = Path.of("unset");

    @AfterAll
    static void stopEngine() {
        ENGINE.close();
    }

    private static double[] inputs(Architecture architecture) {
        SplittableRandom random = new SplittableRandom(4);
        double[] inputs = new double[EXAMPLES * architecture.inputs()];
        Arrays.setAll(inputs, i -> random.nextGaussian());
        return inputs;
    }

    private Path written(double[] inputs) throws Exception {
        int features = inputs.length / EXAMPLES;
        double[][] examples = new double[EXAMPLES][];
        Arrays.setAll(examples, i -> Arrays.copyOfRange(inputs, i * features, (i + 1) * features));
        Path file = folder.resolve("inputs.json");
        new ObjectMapper().writeValue(file.toFile(), examples);
        return file;
    }

    /** Returns what a network makes of the inputs in float64, an example after the other. */
    private static double[] outputs(Network network, double[] inputs) {
        int features = network.architecture().inputs();
        Map<String, Tensor> wide = new LinkedHashMap<>();
        network.weights()
                .asMap()
                .forEach((name, tensor) ->
                        wide.put(name, Tensor.rounded(tensor.shape(), tensor.toDoubles(), Precision.FLOAT64)));
        return ENGINE.alone(() -> DeviceNetwork.load(network.architecture(), Weights.of(wide))
                .logits(DeviceTensor.of(inputs, EXAMPLES, features).transposed())
                .transposed()
                .toDoubles());
    }

    private void assertSame(double[] expected, String printed) throws Exception {
        JsonNode examples = new ObjectMapper().readTree(printed);
        int classes = expected.length / EXAMPLES;
        for (int i = 0; i < expected.length; i++) {
            assertThat(examples.get(i / classes).get(i % classes).doubleValue())
                    .as("example %d, output %d", i / classes, i % classes)
                    .isCloseTo(expected[i], within(1e-6));
        }
        assertThat(examples).hasSize(EXAMPLES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp-20", "mlp-9-7-5", "mlp-12-nobias", "conv2fc1", "vgg16-quarter", "vgg16-bn-quarter"})
    void outputsAreTheSameThereAndBack(String name) throws Exception {
        Architecture architecture = Catalogue.named(name, Shape.of(3, 32, 32), 10);
        double[] inputs = inputs(architecture);
        Path examples = written(inputs);
        Path ours = folder.resolve("ours.pt");
        Path theirs = folder.resolve("theirs.pt");
        Weights weights =
                new Trainer(architecture, Recipe.DEFAULTS, new Seed(1)).start().weights();
        Network network = new Network(architecture, weights, Provenance.UNKNOWN);

        NetworkFile.export(ours, network);
        String loaded = Python.run(folder, "catalogue_agreement.py", "load", architecture.text(), ours, examples);
        String saved = Python.run(folder, "catalogue_agreement.py", "save", architecture.text(), theirs, examples);

        assertSame(outputs(network, inputs), loaded);
        Network read = NetworkFile.read(theirs);
        assertThat(read.architecture().outputs()).isEqualTo(10);
        assertSame(outputs(read, inputs), saved);
        Files.delete(theirs);
    }
}
