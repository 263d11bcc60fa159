package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.panel.Cell;
import org.thalweg.panel.CellFailure;
import org.thalweg.panel.CellOutcome;
import org.thalweg.panel.CellWork;
import org.thalweg.panel.Cluster;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.Pairs;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelInputs;
import org.thalweg.panel.PanelListener;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.PanelSettings;
import org.thalweg.panel.PanelSource;
import org.thalweg.panel.WorkerException;
import org.thalweg.run.RunFolder;

/** Tasks on Spark inside the test's process. */
class SparkClusterTest {
    private static final List<String> NAMES = List.of("n1", "n2", "huge");
    private static final PanelSettings SETTINGS =
            new PanelSettings(List.of("linear", "ot+wa"), 3, ConnectSettings.DEFAULTS, Pairs.ALL, new Seed(0));

    /** The same with the training examples in three parts. */
    private static final PanelSettings DIVIDED = new PanelSettings(
            SETTINGS.methods(),
            SETTINGS.evaluation(),
            SETTINGS.connect(),
            SETTINGS.pairs(),
            SETTINGS.seed(),
            SETTINGS.shard(),
            3);

    @TempDir
    private Path folder = Path.of("unset");

    private Path run = Path.of("unset");

    @SuppressWarnings("NullAway.Init") // connect() sets it
    private Cluster cluster;

    private static Dataset data(int examples) throws IOException {
        return Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(examples), OptionalInt.of(20)));
    }

    /** Returns a network of random weights; those of {@code huge} overflow. */
    private static Network network(String name) {
        SplittableRandom random = new SplittableRandom(new Seed(1).child(name).value());
        double scale = name.equals("huge") ? 3e38 : 1;
        Architecture architecture = Architecture.named("mlp-6", 28 * 28, 10);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        architecture
                .parameters()
                .forEach((tensor, shape) -> tensors.put(
                        tensor,
                        Tensor.rounded(
                                shape,
                                random.doubles(shape.elements(), -scale, scale).toArray(),
                                Precision.FLOAT32)));
        return new Network(architecture, Weights.of(tensors), Provenance.UNKNOWN);
    }

    private record Source(String run, int examples) implements PanelSource {
        private static final long serialVersionUID = 1L;

        @Override
        public PanelInputs open() throws IOException {
            CellWork work = new CellWork(data(examples), SETTINGS, new RunFolder(Path.of(run)));
            return new PanelInputs(work, Source::read, Optional.empty());
        }

        private static Network read(String name) {
            if (name.equals("lost")) {
                throw new IllegalStateException("the executor is gone");
            }
            return network(name);
        }
    }

    private static Cluster connect(String run, int examples) {
        try {
            return new SparkProvider().connect("local[2]", Map.of(), new Source(run, examples));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void connect() {
        run = folder.resolve("run");
        cluster = connect(run.toString(), 40);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static List<Endpoint> endpoints(List<String> names) {
        return names.stream().map(name -> new Endpoint(name, network(name))).toList();
    }

    private PanelResult panel(Path out, Optional<Cluster> where, List<String> names) throws IOException {
        return panel(out, where, SETTINGS, names);
    }

    private static PanelResult panel(Path out, Optional<Cluster> where, PanelSettings settings, List<String> names)
            throws IOException {
        try (Engine engine = Engine.start(1)) {
            Panel panel = new Panel(engine, data(40), settings, new RunFolder(out));
            return where.isPresent()
                    ? panel.runOn(where.get(), endpoints(names), Map.of(), PanelListener.SILENT)
                    : panel.run(endpoints(names), Map.of(), PanelListener.SILENT);
        }
    }

    private static byte[] bytes(Path run, String file) throws IOException {
        return Files.readAllBytes(run.resolve(file));
    }

    @Test
    void cellThatFailsForGoodIsARowWithItsReasonAsOnOneMachine() throws IOException {
        PanelResult here = panel(folder.resolve("here"), Optional.empty(), NAMES);
        PanelResult there = panel(run, Optional.of(cluster), NAMES);

        assertThat(there.failures()).isEqualTo(here.failures());
        assertThat(there.failures()).extracting(CellFailure::pair).contains("n1_huge", "n2_huge");
        for (String file : List.of("results.json", "results.csv", "cells/n1_n2/ot+wa.json")) {
            assertThat(bytes(run, file)).isEqualTo(bytes(folder.resolve("here"), file));
        }
    }

    /** As Spark's speculation has it: both at the same time, and once more when it is over. */
    @Test
    void cellThatIsRunTwiceIsTheSame() throws IOException {
        panel(folder.resolve("here"), Optional.empty(), List.of("n1", "n2"));
        try (Engine engine = Engine.start(1)) {
            new Panel(engine, data(40), SETTINGS, new RunFolder(run)).claim(Map.of());
        }
        Cell cell = new Cell("n1", "n2", "ot+wa");
        List<CellOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

        cluster.run(List.of(cell, cell), outcomes::add);
        cluster.run(List.of(cell), outcomes::add);

        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome.failure().isEmpty());
        assertThat(outcomes.get(2).seconds()).isEmpty(); // it was not computed again
        for (String file : List.of("cells/n1_n2/ot+wa.json", "paths/n1_n2/ot+wa.safetensors")) {
            assertThat(bytes(run, file)).isEqualTo(bytes(folder.resolve("here"), file));
        }
        try (Stream<Path> files = Files.list(run.resolve("cells/n1_n2"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void taskThatSparkGivesUpCostsItsOwnRowOnly() throws IOException {
        try (Engine engine = Engine.start(1)) {
            new Panel(engine, data(40), SETTINGS, new RunFolder(run)).claim(Map.of());
        }
        Map<Cell, CellOutcome> outcomes = new ConcurrentHashMap<>();
        Cell lost = new Cell("n1", "lost", "linear");
        Cell whole = new Cell("n1", "n2", "linear");

        cluster.run(List.of(lost, whole), outcome -> outcomes.put(outcome.cell(), outcome));

        assertThat(outcomes.get(lost))
                .extracting(CellOutcome::failure)
                .asString()
                .contains("the executor is gone");
        assertThat(outcomes.get(whole)).extracting(CellOutcome::failure).isEqualTo(Optional.empty());
    }

    @Test
    void workerWithOtherDataIsNamedAndEndsTheRun() throws IOException {
        cluster.close();
        cluster = connect(run.toString(), 30);

        assertThatThrownBy(() -> panel(run, Optional.of(cluster), List.of("n1", "n2")))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("trainExamples is 30 here but is 40 in " + run);
    }

    /** Sums in parts differ from those over all by rounding only, and not at all from run to run. */
    @Test
    void dividedTrainingExamplesGiveThePathOfTheWholeAndTheSameBytesEachTime() throws IOException {
        panel(folder.resolve("here"), Optional.empty(), List.of("n1", "n2"));
        panel(run, Optional.of(cluster), DIVIDED, List.of("n1", "n2"));
        panel(folder.resolve("again"), Optional.of(cluster), DIVIDED, List.of("n1", "n2"));

        String path = "paths/n1_n2/ot+wa.safetensors";
        assertThat(bytes(run, path)).isEqualTo(bytes(folder.resolve("again"), path));
        Weights whole = PathFile.read(folder.resolve("here").resolve(path)).at(0.5);
        Weights divided = PathFile.read(run.resolve(path)).at(0.5);
        for (String tensor : whole.asMap().keySet()) {
            assertThat(Math.sqrt(divided.get(tensor).squaredDistance(whole.get(tensor))))
                    .as(tensor)
                    .isLessThan(1e-5 * Math.sqrt(whole.get(tensor).shape().elements()));
        }
        assertThat(new RunFolder(run).settings()).containsEntry("parts", "3");
    }

    @Test
    void masterThatIsNoneIsRefused() {
        cluster.close(); // one at a time
        assertThatThrownBy(() -> new SparkProvider().connect("glyphs", Map.of(), new Source("unset", 40)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--spark is 'glyphs' but must be a master such as local[2]");
    }
}
