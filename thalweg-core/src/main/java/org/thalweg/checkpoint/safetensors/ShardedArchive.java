package org.thalweg.checkpoint.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.InFolder;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Tensors divided among several safetensors files, with an index {@code {"weight_map": {TENSOR: FILE, …}}} beside them
 * ({@code model.safetensors.index.json}), as Hugging Face's programs write them. Files that the index names must lie in its
 * folder; tensors that it does not name are left out.
 */
public final class ShardedArchive implements TensorArchive {
    private static final long LONGEST_INDEX = 64 << 20;

    private final Map<String, SafetensorsArchive> holders;
    private final Map<String, Entry> entries;
    private final List<String> remarks;

    private ShardedArchive(Map<String, SafetensorsArchive> holders, List<String> remarks) {
        this.holders = holders;
        this.remarks = List.copyOf(remarks);
        Map<String, Entry> entries = new LinkedHashMap<>();
        holders.forEach((name, shard) -> entries.put(name, shard.entry(name)));
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Opens an index and all files that it names.
     *
     * @throws FormatException if the index is malformed or names a file that is not there, lies elsewhere, is malformed, or
     *     lacks a tensor
     */
    public static ShardedArchive open(Path index) throws IOException {
        Map<String, String> map = weightMap(index);
        Map<String, SafetensorsArchive> shards = new TreeMap<>();
        Map<String, SafetensorsArchive> holders = new LinkedHashMap<>();
        for (Map.Entry<String, String> tensor : map.entrySet()) {
            String shard = tensor.getValue();
            if (!shards.containsKey(shard)) {
                shards.put(shard, opened(index, shard));
            }
            SafetensorsArchive archive = Optional.ofNullable(shards.get(shard)).orElseThrow();
            if (!archive.entries().containsKey(tensor.getKey())) {
                throw new FormatException("says that tensor " + Quote.of(tensor.getKey()) + " is in " + Quote.of(shard)
                        + ", which does not hold it.");
            }
            holders.put(tensor.getKey(), archive);
        }
        return new ShardedArchive(holders, remarks(shards, map));
    }

    private static Map<String, String> weightMap(Path index) throws IOException {
        if (Files.size(index) > LONGEST_INDEX) {
            throw new FormatException(
                    "is an index of " + Files.size(index) + " bytes; at most " + LONGEST_INDEX + " are read.");
        }
        try {
            if (Json.parse(Files.readAllBytes(index)) instanceof Map<?, ?> root
                    && root.get("weight_map") instanceof Map<?, ?> map) {
                return checked(map);
            }
        } catch (Json.JsonException e) {
            throw new FormatException("is not proper JSON: " + e.getMessage() + ".");
        }
        throw new FormatException("is JSON without a weight_map, so no index of safetensors files.");
    }

    private static Map<String, String> checked(Map<?, ?> map) throws FormatException {
        if (map.size() > MOST_TENSORS) {
            throw TensorArchive.tooMany(map.size());
        }
        Map<String, String> checked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> tensor : map.entrySet()) {
            if (!(tensor.getValue() instanceof String shard)) {
                throw new FormatException("tensor " + Quote.of(String.valueOf(tensor.getKey())) + " is in no file.");
            }
            checked.put(String.valueOf(tensor.getKey()), shard);
        }
        return checked;
    }

    private static SafetensorsArchive opened(Path index, String shard) throws IOException {
        Path file = InFolder.of(index, shard);
        if (!Files.isRegularFile(file)) {
            throw new FormatException("names the file " + Quote.of(shard) + ", which is not beside it.");
        }
        try {
            return SafetensorsArchive.open(file);
        } catch (FormatException e) {
            throw new FormatException("names the file " + Quote.of(shard) + ", of which: " + e.getMessage());
        }
    }

    private static List<String> remarks(Map<String, SafetensorsArchive> shards, Map<String, String> map) {
        List<String> extra = new ArrayList<>();
        shards.values()
                .forEach(shard -> shard.entries().keySet().stream()
                        .filter(name -> !map.containsKey(name))
                        .forEach(extra::add));
        return extra.isEmpty()
                ? List.of()
                : List.of(extra.size() + " tensors, such as " + Quote.of(extra.get(0))
                        + ", are not in the index, and were left out.");
    }

    @Override
    public Map<String, Entry> entries() {
        return entries;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public Weights read(Collection<String> names) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            entry(name);
            SafetensorsArchive holder = Optional.ofNullable(holders.get(name)).orElseThrow();
            tensors.put(name, holder.read(List.of(name)).get(name));
        }
        return Weights.of(tensors);
    }
}
