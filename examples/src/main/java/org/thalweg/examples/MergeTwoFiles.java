package org.thalweg.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.Thalweg;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.network.Network;
import org.thalweg.result.Measures;

/** Reads two networks of other programs, makes one of them, measures it, and writes it back under the names of the first. */
public final class MergeTwoFiles {
    private MergeTwoFiles() {}

    /**
     * Returns what the merged network measures.
     *
     * @param out such as {@code merged.pt}; its suffix says the format
     */
    public static Measures run(Path a, Path b, Dataset data, Path out) throws IOException {
        List<Network> networks = List.of(NetworkFile.read(a), NetworkFile.read(b));
        try (Thalweg thalweg = Thalweg.start()) {
            Network merged = thalweg.merge("ot+ca", networks, data);
            NetworkFile.export(out, merged);
            return thalweg.measure(merged, data);
        }
    }

    /** Merges two files; the third argument is a data set or the file that describes one, the fourth the file to write. */
    public static void main(String[] arguments) throws IOException {
        Dataset data = Datasets.open(arguments[2], DataOptions.DEFAULTS);
        System.out.println(run(Path.of(arguments[0]), Path.of(arguments[1]), data, Path.of(arguments[3])));
    }
}
