package org.thalweg.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.checkpoint.npz.NpzArchive;
import org.thalweg.checkpoint.onnx.OnnxArchive;
import org.thalweg.checkpoint.pytorch.PyTorchArchive;
import org.thalweg.checkpoint.safetensors.SafetensorsArchive;
import org.thalweg.checkpoint.safetensors.ShardedArchive;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** A weight file of any format that is read; what is wrong with it is said in one sentence that names the file. Immutable. */
public final class Checkpoint implements TensorArchive {
    private final Path file;
    private final CheckpointFormat format;
    private final TensorArchive archive;

    private Checkpoint(Path file, CheckpointFormat format, TensorArchive archive) {
        this.file = file;
        this.format = format;
        this.archive = archive;
    }

    /**
     * Opens a file and reads what it says of its tensors, not their values. The format is told from its content.
     *
     * @throws MissingFileException if there is no such file
     * @throws CheckpointException if it is of no format that is read, or malformed
     * @throws IOException if it cannot be read
     */
    public static Checkpoint open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MissingFileException(
                    file + ": is a folder; name the file with the weights in it" + example(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(file + ": no such file; check the path.");
        }
        try {
            CheckpointFormat format = CheckpointFormat.of(file);
            TensorArchive archive = switch (format) {
                case SAFETENSORS -> SafetensorsArchive.open(file);
                case PYTORCH -> PyTorchArchive.open(file);
                case NPZ -> NpzArchive.open(file);
                case SHARDS -> ShardedArchive.open(file);
                case ONNX -> OnnxArchive.open(file);
            };
            return new Checkpoint(file, format, archive);
        } catch (FormatException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }

    /** Returns how the sentence on a folder ends: with the file that is meant, if the folder is one of Hugging Face's. */
    private static String example(Path folder) {
        return Stream.of("model.safetensors.index.json", "model.safetensors")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> ": " + file + ".")
                .orElse(".");
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /** Returns its format. */
    public CheckpointFormat format() {
        return format;
    }

    @Override
    public Map<String, Entry> entries() {
        return archive.entries();
    }

    @Override
    public Map<String, String> metadata() {
        return archive.metadata();
    }

    /** Returns the metadata's text of this name, if there is one. */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(metadata().get(name));
    }

    @Override
    public List<String> remarks() {
        return archive.remarks();
    }

    @Override
    public Optional<String> obstacle() {
        return archive.obstacle();
    }

    /**
     * {@inheritDoc}
     *
     * @throws CheckpointException if a tensor's bytes are not those that the file promised, or its type is not read
     */
    @Override
    public Weights read(Collection<String> names) throws IOException {
        try {
            return archive.read(names);
        } catch (EOFException e) {
            throw new CheckpointException(file, "ends before its tensors do; it was cut off.");
        } catch (FormatException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads the named tensors, in the order of {@code names}, which must be finite.
     *
     * @throws CheckpointException as {@link #read}, and if a value is NaN or infinite, naming the first
     */
    public Weights readFinite(Collection<String> names) throws IOException {
        Weights weights = read(names);
        for (Map.Entry<String, Tensor> entry : weights.asMap().entrySet()) {
            Optional<Integer> bad = entry.getValue().firstNonFinite();
            if (bad.isPresent()) {
                throw new CheckpointException(
                        file,
                        "tensor " + Quote.of(entry.getKey()) + " holds "
                                + entry.getValue().get(bad.get()) + " at index " + bad.get()
                                + "; only finite weights can be used.");
            }
        }
        return weights;
    }
}
