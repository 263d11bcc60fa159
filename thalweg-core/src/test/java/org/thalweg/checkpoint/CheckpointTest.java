package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.npz.NpzWriter;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

class CheckpointTest {
    @TempDir
    Path folder = Path.of("unset");

    @Test
    void aFolderIsToldWithTheFileThatIsMeant() throws IOException {
        Path index = Files.createFile(folder.resolve("model.safetensors.index.json"));

        assertThatExceptionOfType(MissingFileException.class)
                .isThrownBy(() -> Checkpoint.open(folder))
                .withMessage(folder + ": is a folder; name the file with the weights in it: " + index + ".");
    }

    @Test
    void tellsFormatsByContentWhateverTheName() throws IOException {
        Path safetensors = folder.resolve("network.pt");
        Safetensors.write(safetensors, Map.of("w", Tensor.owning(Shape.of(1), new float[] {1})), Map.of());
        Path zip = Files.copy(Fixtures.file("mlp.zip.pt"), folder.resolve("zip.safetensors"));
        Path legacy = Files.copy(Fixtures.file("mlp.legacy.pt"), folder.resolve("legacy"));

        Path npz = folder.resolve("arrays.pt");
        AtomicFile.write(npz, out -> NpzWriter.write(Map.of("w", Tensor.owning(Shape.of(1), new float[1])), out));
        Path index = Files.writeString(folder.resolve("index"), " \n{\"weight_map\": {\"w\": \"network.pt\"}}");

        assertThat(Checkpoint.open(npz).format()).isEqualTo(CheckpointFormat.NPZ);
        assertThat(Checkpoint.open(index).format()).isEqualTo(CheckpointFormat.SHARDS);
        assertThat(Checkpoint.open(safetensors).format()).isEqualTo(CheckpointFormat.SAFETENSORS);
        assertThat(Checkpoint.open(zip).format()).isEqualTo(CheckpointFormat.PYTORCH);
        assertThat(Checkpoint.open(legacy).format()).isEqualTo(CheckpointFormat.PYTORCH);
    }

    /** A header of 128 bytes makes a file begin with 0x80, as pickles do. */
    @Test
    void aSafetensorsFileMayBeginLikeAPickle() throws IOException {
        Path file = folder.resolve("file");
        String pad = "x".repeat(128 - "{\"__metadata__\":{\"a\":\"\"}}".length());
        Safetensors.write(file, Map.of(), Map.of("a", pad));

        assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 0x80);
        assertThat(Checkpoint.open(file).format()).isEqualTo(CheckpointFormat.SAFETENSORS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello world           | is no weight file of a format that is read
            GGUF                  | is a GGUF file
            \u0093NUMPY           | is a single array
            \u0089HDF\\r\\n       | is an HDF5 file
            \u0080\u0004\u0095    | is a pickle of a protocol that torch.save does not use
            """)
    void saysWhatAFileSeemsToBe(String content, String part) throws IOException {
        Path file = Files.write(folder.resolve("f"), content.getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(part);
    }

    @Test
    void saysThatAFileIsEmptyATarOrNotThere() throws IOException {
        byte[] tar = new byte[512];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path oldest = Files.write(folder.resolve("tar"), tar);
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(oldest))
                .withMessageContaining("is a tar, the oldest layout of PyTorch");
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(empty))
                .withMessage(empty + ": is empty.");
        assertThatExceptionOfType(MissingFileException.class)
                .isThrownBy(() -> Checkpoint.open(folder.resolve("none")))
                .withMessageContaining("none: no such file");
    }

    @Test
    void namesTheFirstValueThatIsNotFinite() throws IOException {
        Path file = folder.resolve("nan.safetensors");
        Tensor tensor = Tensor.owning(Shape.of(2, 2), new float[] {1, 2, Float.NEGATIVE_INFINITY, Float.NaN});
        Safetensors.write(file, Map.of("w", tensor), Map.of());
        Checkpoint checkpoint = Checkpoint.open(file);

        assertThat(checkpoint.read(checkpoint.entries().keySet()).get("w")).isEqualTo(tensor);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> checkpoint.readFinite(checkpoint.entries().keySet()))
                .withMessage(file + ": tensor \"w\" holds -Infinity at index 2; only finite weights can be used.");
    }

    @Test
    void aFileThatIsCutOffAfterOpeningIsRefused() throws IOException {
        Path file = folder.resolve("cut.safetensors");
        Safetensors.write(file, Map.of("w", Tensor.owning(Shape.of(9), new float[9])), Map.of());
        Checkpoint checkpoint = Checkpoint.open(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> checkpoint.read(checkpoint.entries().keySet()))
                .withMessage(file + ": ends before its tensors do; it was cut off.");
    }
}
