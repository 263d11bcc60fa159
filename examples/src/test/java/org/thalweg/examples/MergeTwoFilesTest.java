package org.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.Thalweg;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.network.Network;
import org.thalweg.result.Measures;
import org.thalweg.train.Recipe;

class MergeTwoFilesTest {
    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void theFileHoldsTheNetworkThatWasMeasured() throws IOException {
        Dataset data =
                Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(300), OptionalInt.of(100)));
        try (Thalweg thalweg = Thalweg.start()) {
            for (int seed = 1; seed <= 2; seed++) {
                Network network = thalweg.train("mlp-16", data, new Recipe(3, 0.05, 0.9, 1e-4, 50), new Seed(seed));
                NetworkFile.export(folder.resolve(seed + ".pt"), network);
            }

            Path merged = folder.resolve("merged.pt");
            Measures measures = MergeTwoFiles.run(folder.resolve("1.pt"), folder.resolve("2.pt"), data, merged);

            Network read = NetworkFile.read(merged);
            assertThat(thalweg.measure(read, data)).isEqualTo(measures);
            assertThat(measures.trainLoss())
                    .isLessThan(thalweg.measure(NetworkFile.read(folder.resolve("1.pt")), data)
                            .trainLoss());
        }
    }
}
