package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.connect.GroundCost;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.result.TrainingCost;
import org.thalweg.run.RunFolder;
import org.thalweg.train.CurveEpoch;
import org.thalweg.train.CurvePositions;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/** Trained curves as cells of a panel: their cost, interruptions, failures. */
class TrainedCurvePanelTest {
    private static final List<String> METHODS = List.of("linear", "garipov-3", "ot:bezier-4", "garipov-3:bezier-4");
    private static final int EPOCHS = 4;

    @TempDir
    private Path folder = Path.of("unset");

    private static Dataset data() throws IOException {
        return Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(300), OptionalInt.of(50)));
    }

    private static Endpoint endpoint(long seed) {
        Architecture architecture = Architecture.named("mlp-6", 784, 10);
        Trainer trainer = new Trainer(architecture, Recipe.DEFAULTS, new Seed(seed));
        return new Endpoint(
                "seed-" + seed, new Network(architecture, trainer.start().weights(), Provenance.UNKNOWN));
    }

    private static PanelResult run(Path root, int threads, double rate, PanelListener listener) throws IOException {
        CurveSettings curve = new CurveSettings(new Recipe(EPOCHS, rate, 0.9, 1e-4, 64), CurvePositions.UNIFORM);
        PanelSettings settings = new PanelSettings(
                METHODS,
                3,
                new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS, curve, ConvexSettings.DEFAULTS),
                Pairs.ALL,
                new Seed(1));
        try (Engine engine = Engine.start(threads)) {
            return new Panel(engine, data(), settings, new RunFolder(root))
                    .run(List.of(endpoint(1), endpoint(2)), Map.of(), listener);
        }
    }

    private static Map<String, List<Byte>> files(Path root) throws IOException {
        Map<String, List<Byte>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("timings.json"))
                    .forEach(file -> files.put(root.relativize(file).toString(), bytes(file)));
        }
        return files;
    }

    private static List<Byte> bytes(Path file) {
        try {
            List<Byte> bytes = new ArrayList<>();
            for (byte one : Files.readAllBytes(file)) {
                bytes.add(one);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers every epoch, and breaks off every training after its second. */
    private static final class PowerCut implements PanelListener {
        private final List<String> heard = new ArrayList<>();
        private final boolean cut;

        PowerCut(boolean cut) {
            this.cut = cut;
        }

        @Override
        public synchronized void onCurveEpoch(String pair, String method, CurveEpoch epoch) {
            heard.add(method + " " + epoch.state().epoch());
            if (cut && epoch.state().epoch() == 2) {
                throw new IllegalStateException("power cut");
            }
        }
    }

    @Test
    void costStandsInResultTableAndSummary() throws IOException {
        PanelResult result = run(folder, 1, 0.05, PanelListener.SILENT);

        assertThat(result.results())
                .extracting(r -> r.training().orElse(TrainingCost.NONE))
                .containsExactly(
                        TrainingCost.NONE, new TrainingCost(4, 20), new TrainingCost(4, 20), new TrainingCost(8, 40));
        assertThat(TableText.heads(result.table())).contains("training");
        assertThat(TableText.cells(result.table()).get(1)).contains("4 epochs, 20 steps");
        assertThat(Files.readString(folder.resolve("summary.md")))
                .contains("| 4 epochs, 20 steps |")
                .doesNotContain("s/pair");
        assertThat(Files.readString(folder.resolve("cells/seed-1_seed-2/garipov-3.json")))
                .contains("\"training\" : {", "\"epochs\" : 4", "\"steps\" : 20");
        assertThat(folder.resolve("paths/seed-1_seed-2/ot~bezier-4.safetensors"))
                .exists();
        assertThat(folder.resolve("training")).doesNotExist();
    }

    @Test
    void interruptedTrainingsEndWithTheBytesOfUninterruptedOnes() throws IOException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        run(whole, 2, 0.05, PanelListener.SILENT);

        PanelResult first = run(broken, 1, 0.05, new PowerCut(true));
        assertThat(first.failures())
                .extracting(CellFailure::reason)
                .containsOnly("power cut")
                .hasSize(3);
        assertThat(broken.resolve("training/seed-1_seed-2.garipov-3/garipov-3.safetensors"))
                .exists();
        PowerCut rest = new PowerCut(false);
        run(broken, 1, 0.05, rest);

        assertThat(rest.heard)
                .containsExactly(
                        "garipov-3 3",
                        "garipov-3 4",
                        "ot:bezier-4 3",
                        "ot:bezier-4 4",
                        "garipov-3 3",
                        "garipov-3 4",
                        "garipov-3:bezier-4 1",
                        "garipov-3:bezier-4 2",
                        "garipov-3:bezier-4 3",
                        "garipov-3:bezier-4 4");
        assertThat(files(broken)).isEqualTo(files(whole));
    }

    @Test
    void divergedCurvesFailWithASentenceAndTheOthersGoOn() throws IOException {
        PanelResult result = run(folder, 1, 1e25, PanelListener.SILENT);

        assertThat(result.results()).extracting(r -> r.method()).containsExactly("linear");
        assertThat(result.failures())
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure.reason())
                        .contains("curve training diverged", "learning rate 1.0E25", "--curve-learning-rate"));
    }
}
