package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.run.RunFolder;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/** That a long panel needs no more memory than a short one. */
class PanelMemoryTest {
    private static final List<String> METHODS = List.of("linear", "arc", "ot", "ot+wa");

    @TempDir
    Path folder;

    private static Dataset data() throws IOException {
        return Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(40), OptionalInt.of(20)));
    }

    /** Untrained networks: what they compute does not matter here. */
    private static List<Endpoint> endpoints(Dataset data, int count) {
        Architecture architecture = Architecture.named("mlp-6", data.features(), data.outputs());
        return LongStream.range(0, count)
                .mapToObj(seed -> new Endpoint(
                        "n" + seed,
                        new Network(
                                architecture,
                                new Trainer(architecture, Recipe.DEFAULTS, new Seed(seed))
                                        .start()
                                        .weights(),
                                Provenance.UNKNOWN)))
                .toList();
    }

    private static PanelSettings settings() {
        return new PanelSettings(METHODS, 3, ConnectSettings.DEFAULTS, Pairs.ALL, new Seed(0));
    }

    /** Notes how much native memory is open when a cell ends, and how much was at most until then. */
    private static final class Watch implements PanelListener {
        private final Map<String, Set<Long>> live = new HashMap<>();
        private final List<Long> peaks = new ArrayList<>();

        @Override
        public void onCell(Cell cell) {
            live.computeIfAbsent(cell.method(), method -> new HashSet<>()).add(Engine.liveBytes());
            peaks.add(Engine.peakBytes());
        }
    }

    @Test
    void manyCellsNeedNoMoreMemoryThanFew() throws IOException {
        Dataset data = data();
        int networks = 8;
        int pairs = networks * (networks - 1) / 2;
        Watch watch = new Watch();
        try (Engine engine = Engine.start(1)) {
            new Panel(engine, data, settings(), new RunFolder(folder)).run(endpoints(data, networks), Map.of(), watch);
        }

        assertThat(watch.peaks).hasSize(METHODS.size() * pairs);
        // cells go method by method, so the first pair of the last method has seen the peak of each
        assertThat(watch.peaks.get(watch.peaks.size() - 1)).isEqualTo(watch.peaks.get((METHODS.size() - 1) * pairs));
        assertThat(watch.live)
                .hasSize(METHODS.size())
                .allSatisfy((method, bytes) -> assertThat(bytes).hasSize(1));
        assertThat(Engine.liveBytes()).isZero();
    }
}
