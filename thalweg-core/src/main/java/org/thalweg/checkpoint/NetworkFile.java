package org.thalweg.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** Networks as safetensors files: PyTorch's names and layout, architecture and provenance as metadata. */
public final class NetworkFile {
    /** The metadata that holds {@link Architecture#text()}. */
    static final String ARCHITECTURE = "architecture";

    /** Says what a file of ours holds. */
    static final String KIND = "thalweg";

    private static final String FORMAT = "format"; // "pt": other readers then know that layouts are PyTorch's

    private NetworkFile() {}

    /** Writes a network, replacing a file of this name; equal networks give equal bytes. */
    public static void write(Path file, Network network) throws IOException {
        Map<String, String> metadata = new HashMap<>(network.provenance().facts());
        metadata.put(KIND, "network");
        metadata.put(FORMAT, "pt");
        metadata.put(ARCHITECTURE, network.architecture().text());
        Safetensors.write(file, network.weights().asMap(), metadata);
    }

    /**
     * Returns the network of a file. A file without our metadata must hold an {@code nn.Sequential} of linear layers with
     * ReLU between, {@code <position>.weight} and {@code <position>.bias}.
     *
     * @throws MissingFileException if there is no such file
     * @throws CheckpointException if it is malformed, holds a path, does not fit its architecture or is not finite
     * @throws IOException if it cannot be read
     */
    public static Network read(Path file) throws IOException {
        Header header = Safetensors.existing(file);
        if (header.fact(KIND).filter("path"::equals).isPresent()) {
            throw new CheckpointException(file, "holds a path, not a network; evaluate reads paths.");
        }
        Map<String, Tensor> tensors = Safetensors.tensors(header);
        Safetensors.requireFinite(file, tensors);
        try {
            Optional<String> text = header.fact(ARCHITECTURE);
            Architecture architecture = text.isPresent() ? Architecture.parse(text.get()) : inferred(file, tensors);
            return new Network(architecture, ordered(architecture, tensors), provenance(header));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }

    private static Provenance provenance(Header header) {
        Map<String, String> facts = new TreeMap<>(header.metadata());
        facts.remove(KIND);
        facts.remove(FORMAT);
        facts.remove(ARCHITECTURE);
        return new Provenance(facts);
    }

    /** Returns the tensors in the architecture's order, unknown ones last, for the network's check to name. */
    static Weights ordered(Architecture architecture, Map<String, Tensor> tensors) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        for (String name : architecture.tensors().keySet()) {
            Tensor tensor = tensors.get(name);
            if (tensor != null) {
                ordered.put(name, tensor);
            }
        }
        tensors.forEach(ordered::putIfAbsent);
        return Weights.of(ordered);
    }

    private static Architecture inferred(Path file, Map<String, Tensor> tensors) throws CheckpointException {
        TreeMap<Integer, Shape> weights = new TreeMap<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            if (!entry.getKey().matches("\\d{1,4}\\.(weight|bias)")) {
                throw new CheckpointException(
                        file,
                        "has no architecture in its metadata, and tensor " + Json.quoted(entry.getKey())
                                + " is not named as in an nn.Sequential of linear layers (0.weight, 0.bias, 2.weight, …).");
            }
            if (entry.getKey().endsWith(".weight") && entry.getValue().shape().rank() == 2) {
                weights.put(
                        Integer.valueOf(entry.getKey().split("\\.", -1)[0]),
                        entry.getValue().shape());
            }
        }
        List<Layer> layers = new ArrayList<>();
        weights.forEach((position, shape) -> {
            while (layers.size() < position) {
                layers.add(new Layer.Relu());
            }
            layers.add(new Layer.Linear(shape.extent(1), shape.extent(0), tensors.containsKey(position + ".bias")));
        });
        return new Architecture(layers);
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
