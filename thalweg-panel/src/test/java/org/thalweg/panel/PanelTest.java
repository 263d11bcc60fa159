package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.data.ImageShape;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.run.OtherConfigurationException;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;

class PanelTest {
    private static final List<String> METHODS = List.of("linear", "ot+wa");

    @TempDir
    private Path folder = Path.of("unset");

    private final CountingListener listener = new CountingListener();

    /** Hears what is planned and done. */
    private static final class CountingListener implements PanelListener {
        private int planned = -1;
        private final List<CellFailure> failures = new ArrayList<>();

        @Override
        public synchronized void onPlan(int epochs, int cells) {
            planned = cells;
        }

        @Override
        public synchronized void onFailure(CellFailure failure) {
            failures.add(failure);
        }
    }

    private Path run = Path.of("unset");

    @BeforeEach
    void nameRun() {
        run = folder.resolve("run");
    }

    private static Dataset data(int features) {
        SplittableRandom random = new SplittableRandom(3);
        return new Dataset(
                "random",
                new ImageShape(1, 1, features),
                examples(40, features, random),
                examples(20, features, random));
    }

    private static Examples examples(int count, int features, SplittableRandom random) {
        return Examples.of(
                random.doubles((long) count * features, -1, 1).toArray(),
                random.ints(count, 0, 3).toArray(),
                features,
                3);
    }

    /** Returns a network whose weights are uniform within ±scale. */
    private static Endpoint endpoint(String name, String layers, Precision precision, double scale) {
        SplittableRandom random = new SplittableRandom(new Seed(1).child(name).value());
        Architecture architecture = Architecture.parse(layers);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        architecture
                .parameters()
                .forEach((tensor, shape) -> tensors.put(
                        tensor,
                        Tensor.rounded(
                                shape,
                                random.doubles(shape.elements(), -scale, scale).toArray(),
                                precision)));
        return new Endpoint(name, new Network(architecture, Weights.of(tensors), Provenance.UNKNOWN));
    }

    private static Endpoint endpoint(String name) {
        return endpoint(name, "linear(4,5) relu linear(5,3)", Precision.FLOAT32, 1);
    }

    private static List<Endpoint> three() {
        return List.of(endpoint("n1"), endpoint("n2"), endpoint("n3"));
    }

    private static PanelSettings settings(int points, List<String> methods) {
        return new PanelSettings(methods, points, ConnectSettings.DEFAULTS, Pairs.ALL, new Seed(0));
    }

    private PanelResult panel(Path out, int threads, PanelSettings settings, List<Endpoint> endpoints)
            throws IOException {
        try (Engine engine = Engine.start(threads)) {
            return new Panel(engine, data(4), settings, new RunFolder(out)).run(endpoints, Map.of(), listener);
        }
    }

    private PanelResult panel(Path out, int threads) throws IOException {
        return panel(out, threads, settings(3, METHODS), three());
    }

    /** Returns the bytes of every file but those that hold times. */
    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("timings.json")) {
                    contents.put(
                            root.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    @Test
    void everyPairIsJoinedByEveryMethod() throws IOException {
        PanelResult result = panel(run, 2);

        assertThat(listener.planned).isEqualTo(6);
        assertThat(result.failures()).isEmpty();
        assertThat(result.results())
                .extracting(r -> r.pair() + "/" + r.method())
                .containsExactly(
                        "n1_n2/linear", "n1_n3/linear", "n2_n3/linear", "n1_n2/ot+wa", "n1_n3/ot+wa", "n2_n3/ot+wa");
        assertThat(contents(run).keySet())
                .contains(
                        "run.json",
                        "results.csv",
                        "results.json",
                        "summary.md",
                        "cells/n1_n3/ot+wa.json",
                        "paths/n2_n3/linear.safetensors");
        assertThat(Engine.liveBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void bytesDoNotDependOnTheNumberOfThreads(int threads) throws IOException {
        panel(folder.resolve("one"), 1);
        panel(folder.resolve("more"), threads);

        assertThat(contents(folder.resolve("more"))).isEqualTo(contents(folder.resolve("one")));
    }

    @Test
    void finishedCellsAreNotRunAgainAndLostOnesAre() throws IOException {
        panel(run, 1);
        Map<String, String> whole = contents(run);
        Path lost = run.resolve("cells/n1_n2/ot+wa.json");
        Files.delete(lost);

        PanelResult result = panel(run, 2);

        assertThat(listener.planned).isEqualTo(1);
        assertThat(contents(run)).isEqualTo(whole);
        assertThat(result.results()).hasSize(6);
    }

    @Test
    void pathsThatAreLostOrDamagedAreMadeAgain() throws IOException {
        panel(run, 1);
        Map<String, String> whole = contents(run);
        Files.delete(run.resolve("paths/n1_n2/ot+wa.safetensors"));
        Files.write(run.resolve("paths/n1_n3/linear.safetensors"), new byte[] {1});
        Path cut = run.resolve("paths/n2_n3/linear.safetensors");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) Files.size(cut) - 1));

        panel(run, 2);

        assertThat(listener.planned).isEqualTo(3);
        assertThat(contents(run)).isEqualTo(whole);
    }

    @Test
    void methodsMayBeAddedToAFinishedRun() throws IOException {
        panel(run, 1, settings(3, List.of("linear")), three());

        panel(run, 1);

        assertThat(listener.planned).isEqualTo(3);
        panel(folder.resolve("atOnce"), 1);
        assertThat(contents(run)).isEqualTo(contents(folder.resolve("atOnce")));
    }

    @Test
    void folderOfAnotherConfigurationIsRefusedByWhatDiffers() throws IOException {
        panel(run, 1);

        assertThatThrownBy(() -> panel(run, 1, settings(5, METHODS), three()))
                .isInstanceOf(OtherConfigurationException.class)
                .hasMessageContaining("points is 5 now but was 3 there");
    }

    @Test
    void claimTellsBeforeAnythingIsRun() throws IOException {
        try (Engine engine = Engine.start(1)) {
            new Panel(engine, data(4), settings(3, METHODS), new RunFolder(run)).claim(Map.of("network", "mlp-5"));
            Panel other = new Panel(engine, data(4), settings(3, METHODS), new RunFolder(run));

            assertThatThrownBy(() -> other.claim(Map.of("network", "mlp-6")))
                    .isInstanceOf(OtherConfigurationException.class)
                    .hasMessageContaining("network is mlp-6 now but was mlp-5 there");
        }
    }

    /** A network whose values overflow spoils its own pairs only. */
    @Test
    void failedCellIsRecordedAndTheOthersGoOn() throws IOException {
        Endpoint huge = endpoint("huge", "linear(4,5) relu linear(5,3)", Precision.FLOAT32, 3e38);
        List<Endpoint> endpoints = List.of(endpoint("n1"), endpoint("n2"), huge);

        PanelResult result = panel(run, 2, settings(3, List.of("linear")), endpoints);

        assertThat(result.results()).hasSize(1);
        assertThat(result.failures()).extracting(CellFailure::pair).containsExactly("n1_huge", "n2_huge");
        assertThat(listener.failures).containsExactlyInAnyOrderElementsOf(result.failures());
        assertThat(result.failures().get(0).reason()).contains("the loss at t = ");
        assertThat(Files.readString(run.resolve("results.json"))).contains("\"pair\" : \"n1_huge\"");
        assertThat(Files.readString(run.resolve("summary.md"))).contains("Failed: n2_huge by linear: the loss at t = ");
        assertThat(run.resolve("cells/n1_huge/linear.json")).doesNotExist();
    }

    @Test
    void networksThatDifferAreRefusedBeforeAnyCell() {
        Endpoint wide = endpoint("wide", "linear(4,6) relu linear(6,3)", Precision.FLOAT32, 1);
        Endpoint deep = endpoint("deep", "linear(4,5) relu linear(5,5) relu linear(5,3)", Precision.FLOAT32, 1);
        Endpoint exact = endpoint("exact", "linear(4,5) relu linear(5,3)", Precision.FLOAT64, 1);

        assertThatThrownBy(() -> panel(run, 1, settings(3, METHODS), List.of(endpoint("n1"), wide)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(
                        "networks 'n1' and 'wide' differ in width: linear(4,5) relu linear(5,3) and",
                        "such as ot or ot+wa, join such, so leave out linear");
        assertThatThrownBy(() -> panel(run, 1, settings(3, METHODS), List.of(endpoint("n1"), deep)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(
                        "networks 'n1' and 'deep' differ in architecture: linear(4,5) relu linear(5,3) and");
        assertThatThrownBy(() -> panel(run, 1, settings(3, METHODS), List.of(endpoint("n1"), exact)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("networks 'n1' and 'exact' differ in precision: FLOAT32 and FLOAT64");
        assertThat(run).doesNotExist();
    }

    @Test
    void networksOfOtherWidthsAreJoinedByTransport() throws IOException {
        Endpoint wide = endpoint("wide", "linear(4,8) relu linear(8,3)", Precision.FLOAT32, 1);
        List<Endpoint> endpoints = List.of(endpoint("n1"), wide, endpoint("n2"));

        PanelResult result = panel(run, 2, settings(3, List.of("ot", "ot+wa")), endpoints);

        assertThat(result.failures()).isEmpty();
        assertThat(result.results()).extracting(PathResult::pair).contains("n1_wide", "n1_n2", "wide_n2");
        assertThat(result.table().networks()).isEqualTo(3);
        assertThat(result.architecture()).isEmpty();
        for (PathResult path : result.results()) { // the ends' losses are the networks', whatever units were cut
            double loss = path.a().equals("n1") ? loss(result, "n1_n2") : loss(result, "wide_n2");
            assertThat(path.profile().start().trainLoss()).isCloseTo(loss, within(1e-5));
        }
    }

    private static double loss(PanelResult result, String pair) {
        return result.results().stream()
                .filter(path -> path.pair().equals(pair))
                .findFirst()
                .orElseThrow()
                .profile()
                .start()
                .trainLoss();
    }

    @Test
    void networksThatDoNotFitTheDataAreRefusedBeforeAnyCell() {
        List<Endpoint> endpoints = IntStream.range(0, 2)
                .mapToObj(i -> endpoint("n" + i, "linear(7,5) relu linear(5,3)", Precision.FLOAT32, 1))
                .toList();

        assertThatThrownBy(() -> panel(run, 1, settings(3, METHODS), endpoints))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data set 'random', which has 4 features and 3 classes");
        assertThat(run).doesNotExist();
    }

    @Test
    void settingsNameEachMethodOnce() {
        assertThatThrownBy(() -> settings(3, List.of())).hasMessageContaining("no method was named");
        assertThatThrownBy(() -> settings(3, List.of("arc", "arc"))).hasMessageContaining("named twice in arc,arc");
        assertThatThrownBy(() -> settings(3, List.of("arcc"))).hasMessageContaining("did you mean 'arc'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a, b           | 1-2,1-2 | a_b
            a, b_c, a_b, c | all     | a_b_c
            """)
    void cellsOfOneNameAreRefusedBeforeAnythingIsDone(String names, String pairs, String shared) {
        List<Endpoint> endpoints =
                Stream.of(names.split(", ", -1)).map(PanelTest::endpoint).toList();
        PanelSettings settings = new PanelSettings(METHODS, 3, ConnectSettings.DEFAULTS, new Pairs(pairs), new Seed(0));

        assertThatThrownBy(() -> panel(run, 1, settings, endpoints))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two pairs would be kept under the name '" + shared + "'");

        assertThat(run).doesNotExist();
    }

    private static PanelSettings shard(List<String> methods, String shard) {
        return new PanelSettings(
                methods,
                new EvaluationSettings(3),
                ConnectSettings.DEFAULTS,
                Pairs.ALL,
                new Seed(0),
                Shard.parse(shard),
                1);
    }

    /** Returns the folders of the parts of a panel, each run on its own. */
    private List<RunFolder> parts(int count, List<String> methods, List<Endpoint> endpoints) throws IOException {
        List<RunFolder> parts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Path part = folder.resolve("part-" + i);
            panel(part, 1, shard(methods, i + "/" + count), endpoints);
            parts.add(new RunFolder(part));
        }
        return parts;
    }

    private static PanelResult together(List<RunFolder> runs) throws IOException {
        Map<String, PanelResult> stored = new LinkedHashMap<>();
        for (RunFolder run : runs) {
            stored.put(run.root().toString(), StoredPanel.read(run));
        }
        return StoredPanel.together(stored);
    }

    /** Eleven networks, since n10 comes before n2 by name but not in the panel; one of them fails. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void partsJoinedHaveTheTableOfTheWhole(int count) throws IOException {
        List<String> methods = List.of("ot", "linear"); // not the catalogue's order
        List<Endpoint> endpoints = new ArrayList<>();
        IntStream.rangeClosed(1, 11).forEach(i -> endpoints.add(endpoint("n" + i)));
        endpoints.set(4, endpoint("huge", "linear(4,5) relu linear(5,3)", Precision.FLOAT32, 3e38));
        PanelResult whole = panel(run, 2, settings(3, methods), endpoints);

        List<RunFolder> parts = parts(count, methods, endpoints);
        Collections.reverse(parts);
        PanelResult joined = together(parts);
        Path out = folder.resolve("joined");
        joined.writeTable(new RunFolder(out));

        assertThat(whole.failures()).hasSize(20);
        assertThat(joined.failures()).isEqualTo(whole.failures());
        assertThat(joined.anatomies().keySet()).isEqualTo(whole.anatomies().keySet());
        for (String file : List.of("results.csv", "results.json", "summary.md")) {
            assertThat(out.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
        }
    }

    @Test
    void runsThatShareACellStandSideBySide() throws IOException {
        parts(2, METHODS, three());
        panel(folder.resolve("part-2"), 1, shard(METHODS, "1/3"), three()); // cells 1 and 4, of which part-1 has one

        PanelResult together =
                together(List.of(new RunFolder(folder.resolve("part-1")), new RunFolder(folder.resolve("part-2"))));

        assertThat(together.table().rows().get(0).method()).endsWith("part-1");
    }

    @Test
    void shardsMayFollowEachOtherInOneFolder() throws IOException {
        panel(folder.resolve("whole"), 1);
        panel(run, 1, shard(METHODS, "2/2"), three());
        panel(run, 1, shard(METHODS, "1/2"), three());

        assertThat(listener.planned).isEqualTo(3);
        assertThat(contents(run)).isEqualTo(contents(folder.resolve("whole")));
    }

    private static Endpoint trained(String name, String losses) {
        Endpoint end = endpoint(name);
        Network network = end.network();
        Provenance told = network.provenance().with("training.losses", losses);
        return new Endpoint(name, new Network(network.architecture(), network.weights(), told));
    }

    @Test
    void storedPanelHasTheLearningCurvesOfNetworksThatLieElsewhere() throws IOException {
        List<Endpoint> ends = List.of(trained("n1", "2.5 0.125"), endpoint("n2"), trained("n3", "2.25 1.0E-8"));

        PanelResult now = panel(run, 1, settings(3, METHODS), ends);

        PanelResult then = StoredPanel.read(new RunFolder(run));
        assertThat(then.learning())
                .containsExactly(
                        Map.entry("n1", new LearningCurve(List.of(2.5, 0.125))),
                        Map.entry("n3", new LearningCurve(List.of(2.25, 1e-8))));
        assertThat(then.learning()).isEqualTo(now.learning());
    }

    @Test
    void runWithoutLearningCurvesHasNoFileOfThem() throws IOException {
        panel(run, 1, settings(3, METHODS), List.of(endpoint("n1"), trained("n2", "NaN"), trained("n3", "fast")));

        assertThat(run.resolve("learning.json")).doesNotExist();
        assertThat(StoredPanel.read(new RunFolder(run)).learning()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n1\": [2, \"x\"]}", "{\"n1\": []}", "{\"n1\": 3}"})
    void learningCurvesThatAreNoneAreNamed(String json) throws IOException {
        panel(run, 1);
        Path file = Files.writeString(run.resolve("learning.json"), json);

        assertThatThrownBy(() -> StoredPanel.read(new RunFolder(run)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("for network 'n1' but must have its losses");
    }
}
