package org.thalweg.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.network.Network;

/** What the benchmarks work on, from the folders that the environment names. */
final class Fixtures {
    private Fixtures() {}

    /** Returns MNIST from the folder {@code THALWEG_DATA}. */
    static Dataset mnist() throws IOException {
        return dataset("mnist", 0);
    }

    /** Returns a data set from the folder {@code THALWEG_DATA}, its first {@code examples} training examples, or all for 0. */
    static Dataset dataset(String name, int examples) throws IOException {
        OptionalInt first = examples == 0 ? OptionalInt.empty() : OptionalInt.of(examples);
        return Datasets.open(name, new DataOptions(Optional.of(folder("THALWEG_DATA")), first, OptionalInt.empty()));
    }

    /** Returns a network that {@code thalweg train} left in the folder {@code THALWEG_NETWORKS}. */
    static Network network(int seed) throws IOException {
        return NetworkFile.read(folder("THALWEG_NETWORKS").resolve("seed-" + seed + ".safetensors"));
    }

    private static Path folder(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException(variable + " is not set; it names a folder, see docs/performance.md.");
        }
        return Path.of(value);
    }
}
