package org.thalweg.checkpoint.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.InFolder;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * An ONNX model. Its graph, where it is a plain chain of layers, says the architecture and which tensor is which; matrices that
 * the model keeps as [inputs, outputs] are given as [outputs, inputs], as everywhere else. Opening maps the file and looks at
 * the messages only, so it costs no memory for weights.
 */
public final class OnnxArchive implements TensorArchive {
    private final Path file;
    private final Map<String, Initializer> initializers;
    private final Set<String> transposed;
    private final Map<String, String> metadata;
    private final List<String> remarks;
    private final Optional<String> obstacle;
    private final Map<String, Entry> entries;

    private OnnxArchive(Path file, Model model, Optional<Chain> chain, Optional<String> obstacle) {
        this.file = file;
        this.initializers = new LinkedHashMap<>(model.initializers());
        chain.ifPresent(used -> used.names()
                .values()
                .forEach(name -> model.tensor(name).ifPresent(tensor -> initializers.put(name, tensor))));
        this.obstacle = obstacle;
        this.transposed = chain.map(Chain::transposed).orElse(Set.of());
        this.metadata = chain.map(OnnxArchive::facts).orElse(Map.of());
        this.remarks = chain.map(OnnxArchive::remarks).orElse(List.of());
        Map<String, Entry> entries = new LinkedHashMap<>();
        initializers.forEach((name, tensor) -> entries.put(name, facing(tensor.entry())));
        this.entries = Collections.unmodifiableMap(entries);
    }

    private static Map<String, String> facts(Chain chain) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("architecture", chain.architecture());
        facts.put(
                "names",
                chain.names().entrySet().stream()
                        .map(name -> Json.quoted(name.getKey()) + ":" + Json.quoted(name.getValue()))
                        .collect(Collectors.joining(",", "{", "}")));
        return Collections.unmodifiableMap(facts);
    }

    private static List<String> remarks(Chain chain) {
        List<String> remarks = new ArrayList<>();
        if (chain.endsWithSoftmax()) {
            remarks.add("The softmax at its end is left out: losses take logits.");
        }
        if (!chain.transposed().isEmpty()) {
            remarks.add("Kept as [inputs, outputs] in the file and turned: "
                    + chain.transposed().stream().sorted().map(Quote::of).collect(Collectors.joining(", ")) + ".");
        }
        return List.copyOf(remarks);
    }

    private Entry facing(Entry entry) {
        return transposed.contains(entry.name())
                ? new Entry(
                        entry.name(),
                        entry.dtype(),
                        List.of(entry.shape().get(1), entry.shape().get(0)))
                : entry;
    }

    /**
     * Opens a file.
     *
     * @throws FormatException if it is no proper model, larger than the 2 GiB of a protobuf message, or names files that leave
     *     its folder or are too short
     */
    public static OnnxArchive open(Path file) throws IOException {
        Model model = model(file);
        for (Initializer tensor : model.initializers().values()) {
            if (tensor.file().isPresent()) {
                requireHolds(file, tensor);
            }
        }
        try {
            return new OnnxArchive(file, model, Optional.of(Chain.of(model)), Optional.empty());
        } catch (Chain.NotPlainException e) {
            String obstacle = "its graph is no plain chain of known layers: " + e.getMessage() + ".";
            return new OnnxArchive(file, model, Optional.empty(), Optional.of(obstacle));
        }
    }

    private static Model model(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new FormatException(
                        "is larger than the 2 GiB of a protobuf message; keep its tensors in other files.");
            }
            return Model.read(new Wire(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())));
        }
    }

    private static void requireHolds(Path model, Initializer tensor) throws IOException {
        Path file = holder(model, tensor);
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        if (tensor.entry().bytes() > size - tensor.position()) {
            throw new FormatException("tensor " + Quote.of(tensor.entry().name()) + " should lie in "
                    + Quote.of(tensor.file().orElse("")) + ", which is missing or too short.");
        }
    }

    private static Path holder(Path model, Initializer tensor) throws FormatException {
        return tensor.file().isEmpty()
                ? model
                : InFolder.of(model, tensor.file().get());
    }

    @Override
    public Map<String, Entry> entries() {
        return entries;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public Weights read(Collection<String> names) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            Entry entry = entry(name);
            Initializer tensor = Optional.ofNullable(initializers.get(name)).orElseThrow();
            Shape shape = entry.heapShape();
            try (FileChannel channel = FileChannel.open(holder(file, tensor), StandardOpenOption.READ)) {
                InputStream in =
                        new BufferedInputStream(Channels.newInputStream(channel.position(tensor.position())), 1 << 16);
                Elements elements = Elements.read(in, entry.dtype(), ByteOrder.LITTLE_ENDIAN, shape.elements());
                tensors.put(name, elements.view(shape, 0, strides(entry)));
            }
        }
        return Weights.of(tensors);
    }

    private List<Long> strides(Entry entry) {
        if (transposed.contains(entry.name())) {
            return List.of(1L, entry.shape().get(0)); // element [i, j] is [j, i] of the file
        }
        List<Long> strides = new ArrayList<>();
        Shape shape = Shape.of(entry.shape().stream().mapToInt(Long::intValue).toArray());
        for (int d = 0; d < shape.rank(); d++) {
            strides.add((long) shape.stride(d));
        }
        return strides;
    }
}
