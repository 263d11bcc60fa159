package org.thalweg.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.npz.NpzWriter;
import org.thalweg.checkpoint.pytorch.PyTorchWriter;
import org.thalweg.network.ArchitectureFile;
import org.thalweg.network.Layer;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Networks in weight files of any format; written as safetensors, with PyTorch's names and layout, and architecture and
 * provenance as metadata.
 */
public final class NetworkFile {
    /** Says what a file of ours holds. */
    static final String KIND = "thalweg";

    private static final String FORMAT = "format"; // "pt": other readers then know that layouts are PyTorch's

    private NetworkFile() {}

    /** Writes a network as safetensors, replacing a file of this name; equal networks give equal bytes. */
    public static void write(Path file, Network network) throws WriteException {
        Safetensors.write(file, network.weights().asMap(), metadata(network));
    }

    /**
     * Writes a network for other programs, in the format that the file's suffix names, under the names of the file that it
     * came from, where those were not ours. Equal networks give equal bytes.
     *
     * @throws IllegalArgumentException if the suffix is none of {@link CheckpointFormat#suffixes()} that are written
     * @throws WriteException if the file cannot be written
     */
    public static void export(Path file, Network network) throws WriteException {
        Map<String, Tensor> tensors = ForeignNames.of(network.provenance())
                .map(names -> names.applied(network.weights()))
                .orElse(network.weights().asMap());
        switch (CheckpointFormat.bySuffix(file)) {
            case SAFETENSORS -> Safetensors.write(file, tensors, metadata(network));
            case PYTORCH -> AtomicFile.write(file, out -> PyTorchWriter.write(tensors, out));
            case NPZ -> AtomicFile.write(file, out -> NpzWriter.write(tensors, out));
            case SHARDS, ONNX -> throw new IllegalStateException("no suffix asks for these");
        }
    }

    /**
     * Checks that {@link #export} could write this file now; leaves nothing.
     *
     * @throws IllegalArgumentException if the suffix is none of {@link CheckpointFormat#suffixes()} that are written
     * @throws WriteException if it could not
     */
    public static void requireExportable(Path file) throws WriteException {
        CheckpointFormat.bySuffix(file);
        AtomicFile.requireWritable(file);
    }

    private static Map<String, String> metadata(Network network) {
        Map<String, String> metadata = new HashMap<>(network.provenance().facts());
        metadata.put(KIND, "network");
        metadata.put(FORMAT, "pt");
        metadata.put(Recognition.ARCHITECTURE, network.architecture().text());
        return metadata;
    }

    /**
     * Returns the network of a file in any format of {@link CheckpointFormat}. A file that does not state its architecture
     * must hold a stack of linear layers, see {@link Recognition}.
     *
     * @throws MissingFileException if there is no such file
     * @throws CheckpointException if it is malformed, holds a path or an ensemble, does not fit its architecture or is not finite
     * @throws IOException if it cannot be read
     */
    public static Network read(Path file) throws IOException {
        return read(file, remark -> {});
    }

    /**
     * Returns the network of a file as {@link #read(Path)} does, and tells {@code listener} what was left out, chosen or
     * assumed, one sentence each.
     */
    public static Network read(Path file, Consumer<String> listener) throws IOException {
        return read(file, List.of(), listener);
    }

    /**
     * Returns the network of a file as {@link #read(Path, Consumer)} does, taken for what the first of {@code descriptions} that
     * fits says, if there are any.
     */
    public static Network read(Path file, List<ArchitectureFile> descriptions, Consumer<String> listener)
            throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        if (PathFile.isPath(checkpoint)) {
            throw new CheckpointException(file, "holds a path, not a network; evaluate reads paths.");
        }
        if (EnsembleFile.isEnsemble(checkpoint)) {
            throw new CheckpointException(
                    file, "holds an ensemble, not a network; predict reads ensembles, export takes a member out.");
        }
        checkpoint.remarks().forEach(listener);
        Recognition recognition = Recognition.of(checkpoint, descriptions);
        recognition.assumptions().forEach(listener);
        return read(checkpoint, recognition);
    }

    private static Network read(Checkpoint checkpoint, Recognition recognition) throws IOException {
        requireReal(checkpoint, recognition);
        Weights weights = checkpoint.readFinite(recognition.names().values());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        recognition.names().forEach((ours, theirs) -> tensors.put(ours, weights.get(theirs)));
        requireVariances(checkpoint, recognition, weights);
        try {
            return new Network(
                    recognition.architecture(),
                    Weights.of(tensors),
                    new ForeignNames(recognition.names()).in(provenance(checkpoint)));
        } catch (IllegalArgumentException e) { // precisions that differ
            throw new CheckpointException(checkpoint.file(), String.valueOf(e.getMessage()));
        }
    }

    private static void requireReal(Checkpoint checkpoint, Recognition recognition) throws CheckpointException {
        for (String name : recognition.names().values()) {
            Entry entry = checkpoint.entry(name);
            if (!entry.dtype().isReal()) {
                throw new CheckpointException(
                        checkpoint.file(),
                        "tensor " + Quote.of(name) + " has the dtype " + entry.dtype()
                                + " but weights must be F32, F64, F16 or BF16.");
            }
        }
    }

    /** The root of a negative one would be no number, which would be told of much later and as something else. */
    private static void requireVariances(Checkpoint checkpoint, Recognition recognition, Weights weights)
            throws CheckpointException {
        for (Map.Entry<String, String> name : recognition.names().entrySet()) {
            if (name.getKey().endsWith("." + Layer.BatchNorm.VARIANCE)) {
                double[] variances = weights.get(name.getValue()).toDoubles();
                for (int i = 0; i < variances.length; i++) {
                    if (variances[i] < 0) {
                        throw new CheckpointException(
                                checkpoint.file(),
                                "tensor " + Quote.of(name.getValue()) + " holds " + variances[i] + " at index " + i
                                        + "; a variance cannot be negative.");
                    }
                }
            }
        }
    }

    private static Provenance provenance(Checkpoint checkpoint) {
        Map<String, String> facts = new TreeMap<>(checkpoint.metadata());
        List.of(KIND, FORMAT, Recognition.ARCHITECTURE).forEach(facts::remove);
        return new Provenance(facts);
    }

    /** Returns the SHA-256 of a file's bytes, in hexadecimal. */
    public static String hash(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
