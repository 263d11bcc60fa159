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
import org.thalweg.network.Weights;
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

    private static Object[] small(Object... first) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(SMALL))
                .toArray();
    }

    @Test
    void twoNetworksAreMergedIntoOneThatGoesHome() throws IOException {
        Path merged = folder.resolve("merged.pt");
        Object[] files = {"merge", folder.resolve("1.pt"), folder.resolve("2.pt"), "--out", merged, "--quiet"};

        Cli.Outcome outcome = run(small(java.util.stream.Stream.concat(
                        java.util.Arrays.stream(files), java.util.stream.Stream.of("--method", "ot+ca"))
                .toArray()));

        assertThat(outcome.out())
                .startsWith(
                        "2 networks merged by ot+ca, units in the order of 1, on glyphs (60 training, 30 test examples)")
                .contains("\nmerged ", "\nbarrier (worse end) ", "\nWorth using where accuracy counts");
        assertThat(Checkpoint.open(merged).entries().keySet())
                .containsExactly("net.hidden.weight", "net.hidden.bias", "net.out.weight", "net.out.bias");
        assertThat(java.nio.file.Files.readString(folder.resolve("merged.md")))
                .startsWith("# Merged network\n\nWorth using")
                .contains("| 1 | ", "| **merged** | ", NetworkFile.hash(folder.resolve("2.pt")));
    }

    @Test
    void mergesSayWhatTheyAreMadeOf() throws IOException {
        Path a = folder.resolve("1.pt");
        Path merged = folder.resolve("twice.safetensors");

        Cli.Outcome outcome = run(
                small("merge", folder.resolve("2.pt"), a, a, "--order", "best", "--format", "json", "--out", merged));

        com.fasterxml.jackson.databind.JsonNode json =
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(outcome.out());
        assertThat(outcome.err()).contains("1.pt: holds the same bytes as 1, so that network counts twice.");
        assertThat(json.get("parents")).hasSize(3);
        assertThat(json.get("parents").get(0).get("measures").get("trainLoss").doubleValue())
                .isLessThanOrEqualTo(json.get("parents")
                        .get(2)
                        .get("measures")
                        .get("trainLoss")
                        .doubleValue());
        assertThat(NetworkFile.read(merged).provenance().facts())
                .containsEntry("merged.method", "ot")
                .containsEntry("merged.order", json.get("order").textValue())
                .containsKeys("merged.1", "merged.2", "merged.3", "names");
    }

    @Test
    void mergesThatCannotBeWrittenAreRefusedBeforeTheWork() {
        Cli.Outcome suffix = Cli.run("merge", folder.resolve("1.pt"), folder.resolve("2.pt"), "--out", "merged.onnx");
        Cli.Outcome one = Cli.run("merge", folder.resolve("1.pt"), "--out", folder.resolve("x.pt"));

        assertThat(suffix.err()).contains("merged.onnx: the suffix tells the format to write; use one of .safetensors");
        assertThat(java.util.List.of(suffix.code(), one.code())).containsOnly(2);
    }

    @Test
    void whatACommandReadsIsNotWrittenOver() throws IOException {
        Path a = folder.resolve("1.pt");
        Path path = folder.resolve("kept.safetensors");
        connect(path);
        Path data = folder.resolve("data.yaml");
        java.nio.file.Files.writeString(data, "train: {file: all.npz, labels: y}\ntest: tests\n");
        Path arrays = java.nio.file.Files.writeString(folder.resolve("all.npz"), "arrays");
        Path tests = java.nio.file.Files.createDirectories(folder.resolve("tests"));
        Map<Path, String> before =
                Map.of(a, NetworkFile.hash(a), path, NetworkFile.hash(path), data, NetworkFile.hash(data));
        Path linked = java.nio.file.Files.createSymbolicLink(folder.resolve("linked.pt"), a);

        for (Object[] arguments : new Object[][] {
            small("merge", a, folder.resolve("2.pt"), "--out", a),
            small("merge", a, folder.resolve("2.pt"), "--out", linked),
            small("connect", folder.resolve("2.pt"), a, "--out", a),
            {"export", path, "--t", "0.5", "--out", path},
            {"predict", a, "--data", data, "--out", data},
            {"merge", a, folder.resolve("2.pt"), "--data", data, "--out", arrays},
            {"panel", "--endpoints", a + "," + a, "--data", data, "--out", tests.resolve("run")},
        }) {
            Cli.Outcome outcome = Cli.run(arguments);

            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains("--out is ", " which the command reads; name another place. See 'thalweg ");
        }
        for (Map.Entry<Path, String> file : before.entrySet()) {
            assertThat(NetworkFile.hash(file.getKey())).isEqualTo(file.getValue());
        }
    }

    @Test
    void aCardTakesNoOtherTextsPlace() throws IOException {
        Path notes = java.nio.file.Files.writeString(folder.resolve("notes.md"), "# My notes\n");

        Cli.Outcome outcome = Cli.run(
                small("merge", folder.resolve("1.pt"), folder.resolve("2.pt"), "--out", folder.resolve("notes.pt")));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("notes.md is there and is no card of a merge");
        assertThat(notes).hasContent("# My notes\n");
        assertThat(folder.resolve("notes.pt")).doesNotExist();
    }

    @Test
    void pathsAreNotGivenTheSuffixOfAnotherFormat() {
        Cli.Outcome outcome = Cli.run(
                small("connect", folder.resolve("1.pt"), folder.resolve("2.pt"), "--out", folder.resolve("path.pt")));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("path.pt: a path is written as safetensors, not as PyTorch; choose a name");
        assertThat(folder.resolve("path.pt")).doesNotExist();
    }

    @Test
    void checkSaysFromHeadersWhichMethodsCanJoin() {
        Cli.Outcome outcome = run("check", folder.resolve("1.pt"), folder.resolve("2.pt"), "--threads", "2");

        assertThat(outcome.out())
                .contains(
                        "A  " + folder.resolve("1.pt") + ", PyTorch",
                        "   linear(784,4) relu linear(4,10), 3,190 weights",
                        "about, to connect, with 50000 training examples on 2 threads",
                        "linear                 under 1 s        1 MB")
                .doesNotContain("no: ", "differ");
    }

    @Test
    void networksOfOtherWidthsAreJoinedByTransport() throws IOException {
        Path wider = network("wider.safetensors", Architecture.named("mlp-5", 784, 10));
        Path path = folder.resolve("widths.safetensors");

        Cli.Outcome check = run("check", folder.resolve("1.pt"), wider);
        run(small("connect", folder.resolve("1.pt"), wider, "--method", "ot+wa", "--out", path, "--quiet"));
        Cli.Outcome linear = Cli.run(small("connect", folder.resolve("1.pt"), wider, "--method", "linear", "--quiet"));
        run("export", path, "--t", "0.5", "--out", folder.resolve("middle.pt"), "--quiet");

        assertThat(check.out())
                .contains(
                        "linear              no: the widths differ; only transport (ot) joins such",
                        "ot+wa                  under 1 s");
        assertThat(linear.code()).isEqualTo(3);
        assertThat(linear.err()).contains("differ in width", "such as ot or ot+wa");
        Network middle = NetworkFile.read(folder.resolve("middle.pt"));
        assertThat(middle.architecture().hiddenUnits().get(0).size()).isBetween(5, 8);
        assertThat(Checkpoint.open(folder.resolve("middle.pt")).entries().keySet())
                .contains("net.hidden.weight");
    }

    @Test
    void networksOfOtherWidthsHaveAPanelAndAMerge() throws IOException {
        Path one = folder.resolve("1.pt");
        Path wider = network("panel-wider.safetensors", Architecture.named("mlp-7", 784, 10));
        Path narrower = network("panel-narrower.safetensors", Architecture.named("mlp-3", 784, 10));
        Path panel = folder.resolve("widths-panel");
        Path merged = folder.resolve("widths-merged.pt");
        String ends = one + "," + wider;

        run(small("panel", "--endpoints", ends, "--methods", "ot,ot+wa", "--knots", "2", "--out", panel, "--quiet"));
        Cli.Outcome merge = run(small("merge", one, wider, narrower, "--out", merged));
        Cli.Outcome everyMethod = Cli.run(small("panel", "--endpoints", ends, "--out", folder.resolve("widths-all")));
        Cli.Outcome plane = Cli.run(
                "plane", one, folder.resolve("2.pt"), wider, "--grid", "3", "--out", folder.resolve("widths-plane"));

        assertThat(java.nio.file.Files.readString(panel.resolve("results.csv"))).contains("\not,1,", "\not+wa,1,");
        assertThat(panel.resolve("report.html")).isNotEmptyFile();
        assertThat(NetworkFile.read(merged).architecture().hiddenUnits().get(0).size())
                .isBetween(7, 4 + 7 - 1 + 3 - 1);
        assertThat(merge.out()).contains("Widths differed, so the merged network has layers of its own: linear(784,");
        assertThat(folder.resolve("widths-merged.md")).content().contains("has layers of its own: linear\\(784,");
        assertThat(everyMethod.code()).isEqualTo(3);
        assertThat(everyMethod.err()).contains("such as ot or ot+wa, join such, so leave out linear, arc, linear+wa");
        assertThat(folder.resolve("widths-all")).doesNotExist();
        assertThat(plane.code()).isEqualTo(3);
        assertThat(plane.err()).contains("the networks of a plane must be alike");
    }

    private Path network(String file, Architecture architecture) throws IOException {
        Weights weights =
                new Trainer(architecture, Recipe.DEFAULTS, new Seed(1)).start().weights();
        NetworkFile.write(folder.resolve(file), new Network(architecture, weights, Provenance.UNKNOWN));
        return folder.resolve(file);
    }

    @Test
    void checkShowsTheTensorsThatDiffer() throws IOException {
        Path other = network("other.safetensors", Architecture.named("mlp-4", 783, 9));

        Cli.Outcome outcome = Cli.run("check", folder.resolve("1.pt"), other);

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out())
                .contains(
                        "No method can connect them: they differ in architecture",
                        "0.weight                          F32 [4, 784]          F32 [4, 783]",
                        "2.weight                          F32 [10, 4]           F32 [9, 4]")
                .doesNotContain("0.bias");
    }
}
