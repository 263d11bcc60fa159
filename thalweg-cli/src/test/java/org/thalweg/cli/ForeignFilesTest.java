package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.data.Seed;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/** Two networks from another program come in, a path is made, and a point of it goes home. */
class ForeignFilesTest {
    @TempDir
    static Path folder;

    private static final Object[] SMALL = {"--train-examples", "60", "--test-examples", "30", "--points", "3"};

    @BeforeAll
    static void writeFilesOfAnotherProgram() throws IOException {
        for (long seed = 1; seed <= 2; seed++) {
            Architecture architecture = Architecture.named("mlp-4", 784, 10);
            Trainer trainer = new Trainer(architecture, Recipe.DEFAULTS, new Seed(seed));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            trainer.start()
                    .weights()
                    .asMap()
                    .forEach((name, tensor) ->
                            tensors.put(name.replace("0.", "net.hidden.").replace("2.", "net.out."), tensor));
            Path named = folder.resolve("named.safetensors");
            Safetensors.write(named, tensors, Map.of());
            NetworkFile.export(folder.resolve(seed + ".pt"), NetworkFile.read(named));
        }
    }

    private static Cli.Outcome run(Object... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private static Cli.Outcome connect(Path out) {
        Object[] arguments = {"connect", folder.resolve("1.pt"), folder.resolve("2.pt"), "--method", "arc", "--out", out
        };
        return run(java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(SMALL))
                .toArray());
    }

    @Test
    void inspectShowsWhatAFileIsTakenFor() {
        Cli.Outcome outcome = run("inspect", folder.resolve("1.pt"));

        assertThat(outcome.out())
                .contains(
                        "net.hidden.weight    F32   [4, 784]         12,544 bytes",
                        "4 tensors, 3,190 values, PyTorch",
                        "network: linear(784,4) relu linear(4,10)",
                        "  0.weight is net.hidden.weight",
                        "ReLU is assumed between the linear layers");
    }

    @Test
    void aPointOfThePathHasTheNamesThatTheNetworksCameWith() throws IOException {
        Path path = folder.resolve("path.safetensors");
        Path mid = folder.resolve("mid.pt");

        Cli.Outcome connected = connect(path);
        Cli.Outcome exported = run("export", path, "--t", "0.5", "--out", mid);

        assertThat(connected.err()).contains("1.pt: ReLU is assumed", "2.pt: ReLU is assumed");
        assertThat(exported.out().strip()).isEqualTo(mid.toString());
        assertThat(Checkpoint.open(mid).entries().keySet())
                .containsExactly("net.hidden.weight", "net.hidden.bias", "net.out.weight", "net.out.bias");
    }

    @Test
    void endsOfThePathAreTheNetworksToTheBit() throws IOException {
        Path path = folder.resolve("ends.safetensors");
        connect(path);

        run("export", path, "--leg", "curve", "--t", "0", "--out", folder.resolve("a.pt"));
        run("export", path, "--t", "1", "--out", folder.resolve("b.safetensors"));

        assertThat(NetworkFile.read(folder.resolve("a.pt"))).isEqualTo(NetworkFile.read(folder.resolve("1.pt")));
        assertThat(NetworkFile.read(folder.resolve("b.safetensors")).weights())
                .isEqualTo(NetworkFile.read(folder.resolve("2.pt")).weights());
    }

    @Test
    void aPathWithoutAPointIsRefused() {
        Path path = folder.resolve("whole.safetensors");
        connect(path);

        Cli.Outcome none = Cli.run("export", path, "--out", folder.resolve("x.pt"));
        Cli.Outcome outside = Cli.run("export", path, "--t", "1.5", "--out", folder.resolve("x.pt"));
        Cli.Outcome leg = Cli.run("export", path, "--t", "0.5", "--leg", "detour", "--out", folder.resolve("x.pt"));

        assertThat(none.err()).contains("--t is missing");
        assertThat(outside.err()).contains("t is 1.5 but must lie between 0 and 1");
        assertThat(leg.err()).contains("the path has no leg 'detour'; its legs are curve.");
        assertThat(java.util.List.of(none.code(), outside.code(), leg.code())).containsOnly(2);
        assertThat(folder.resolve("x.pt")).doesNotExist();
    }

    @Test
    void networksAreConvertedWithoutAPoint() throws IOException {
        Path file = folder.resolve("converted.safetensors");

        run("export", folder.resolve("1.pt"), "--out", file, "--quiet");

        Network network = NetworkFile.read(file);
        assertThat(network.weights())
                .isEqualTo(NetworkFile.read(folder.resolve("1.pt")).weights());
        assertThat(network.provenance()).isNotEqualTo(Provenance.UNKNOWN);
    }
}
