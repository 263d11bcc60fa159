package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.npz.NpzWriter;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.peers.Python;

/** Needs Python with NumPy, named by the system property {@code peers.python}. */
@Tag("peers")
class NumPyAgreementTest {
    @TempDir
    Path folder = Path.of("unset");

    @ParameterizedTest
    @ValueSource(strings = {"plain.npz", "compressed.npz"})
    void readsWhatNumPySaves(String name) throws IOException {
        Python.run(getClass(), "numpy_agreement.py", "", "save", folder);

        Checkpoint checkpoint = Checkpoint.open(folder.resolve(name));
        Weights read = checkpoint.read(checkpoint.entries().keySet());

        assertThat(checkpoint.format()).isEqualTo(CheckpointFormat.NPZ);
        Described.assertHolds(read.asMap(), Described.json(Files.readString(folder.resolve(name + ".json"))), name);
    }

    @Test
    void numPyLoadsWhatIsWritten() throws IOException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("ts", Tensor.owning(Shape.of(3), new double[] {0, 0.5, 1}));
        arrays.put("tr_loss_min", Tensor.owning(Shape.of(), new double[] {Math.PI}));
        arrays.put("grid", Tensor.owning(Shape.of(2, 2, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
        arrays.put("empty", Tensor.owning(Shape.of(0, 3), new double[0]));
        Path file = folder.resolve("curve.npz");

        AtomicFile.write(file, out -> NpzWriter.write(arrays, out));

        String loaded =
                Python.run(getClass(), "numpy_agreement.py", "", "load", file).get(0);
        Described.assertHolds(arrays, Described.json(loaded), "written");
    }
}
