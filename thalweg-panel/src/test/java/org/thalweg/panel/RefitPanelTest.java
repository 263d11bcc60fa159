package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.connect.GroundCost;
import org.thalweg.connect.Lambda;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.panel.Table.Row;
import org.thalweg.run.RunFolder;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/** Convex adjustment as cells of a panel: baseline, resuming, failures. */
class RefitPanelTest {
    private static final List<String> METHODS = List.of("linear", "linear+ca", "ot+ca");
    private static final ConvexSettings USUAL = ConvexSettings.DEFAULTS;

    @TempDir
    private Path folder = Path.of("unset");

    private static Dataset data() throws IOException {
        return Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(200), OptionalInt.of(50)));
    }

    private static Endpoint endpoint(long seed) {
        Architecture architecture = Architecture.named("mlp-6", 784, 10);
        Trainer trainer = new Trainer(architecture, Recipe.DEFAULTS, new Seed(seed));
        return new Endpoint(
                "seed-" + seed, new Network(architecture, trainer.start().weights(), Provenance.UNKNOWN));
    }

    private static PanelResult run(Path root, int threads, ConvexSettings convex) throws IOException {
        ConnectSettings connect = new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS, CurveSettings.DEFAULTS, convex);
        PanelSettings settings = new PanelSettings(METHODS, 3, connect, Pairs.ALL, new Seed(1));
        try (Engine engine = Engine.start(threads)) {
            return new Panel(engine, data(), settings, new RunFolder(root))
                    .run(List.of(endpoint(1), endpoint(2), endpoint(3)), Map.of(), new PanelListener() {});
        }
    }

    @Test
    void refittedEndsStandBesideTheEnds() throws IOException {
        Table table = run(folder, 2, USUAL).table();

        assertThat(table.failures()).isEmpty();
        assertThat(table.rows())
                .extracting(Row::method)
                .containsExactly("linear", "linear+ca", "ot+ca", "ends+ca", "ends");
        assertThat(table.rows().get(3).count()).isEqualTo(3);
    }

    @Test
    void runThatGoesOnEndsWithTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        Path resumed = folder.resolve("resumed");
        run(whole, 1, USUAL);
        run(resumed, 3, USUAL);
        RunFolder files = new RunFolder(resumed);
        Files.delete(files.cell("seed-1_seed-2", "ot+ca"));
        Files.delete(files.path("seed-1_seed-2", "ot+ca"));

        run(resumed, 2, USUAL);

        for (String file : List.of("results.csv", "results.json", "summary.md")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        for (String method : METHODS) {
            assertThat(files.cell("seed-1_seed-2", method))
                    .hasSameBinaryContentAs(new RunFolder(whole).cell("seed-1_seed-2", method));
            assertThat(files.path("seed-1_seed-2", method))
                    .hasSameBinaryContentAs(new RunFolder(whole).path("seed-1_seed-2", method));
        }
    }

    @Test
    void cellWhoseRefitDoesNotConvergeFailsAlone() throws IOException {
        ConvexSettings strict = new ConvexSettings(Lambda.OWN, 5, 1e-30, Optional.empty());

        PanelResult result = run(folder, 2, strict);

        assertThat(result.failures()).hasSize(6).allSatisfy(failure -> {
            assertThat(failure.method()).endsWith("+ca");
            assertThat(failure.reason()).startsWith("the refit of the output layer came within");
        });
        assertThat(result.table().rows()).extracting(Row::method).containsExactly("linear", "ends");
    }
}
