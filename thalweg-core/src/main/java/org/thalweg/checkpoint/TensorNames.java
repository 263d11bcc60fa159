package org.thalweg.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Shape;

/** Finds out which of a file's names stands for which of ours, for programs name the same layers in many ways. */
final class TensorNames {
    /** Names in the order of people: runs of digits count as numbers, so that {@code fc2} stands before {@code fc10}. */
    static final Comparator<String> NATURAL = Comparator.comparing(TensorNames::withPaddedNumbers);

    private TensorNames() {}

    /** Returns the tensors that are weights or statistics: batch norm's counters are neither. */
    static List<Entry> relevant(Checkpoint checkpoint) {
        return checkpoint.entries().values().stream()
                .filter(entry -> !entry.name().equals("num_batches_tracked")
                        && !entry.name().endsWith(".num_batches_tracked"))
                .toList();
    }

    /**
     * Returns the file's name for each of {@code wanted}: the same name, the same behind one prefix ({@code module.}), or the
     * one at the same place among as many tensors of the same shapes and last parts.
     *
     * @throws IllegalArgumentException naming the first tensor that is missing, unknown or of another shape
     */
    static Map<String, String> match(Map<String, Shape> wanted, Checkpoint checkpoint) {
        List<Entry> found = relevant(checkpoint);
        return byPrefix(wanted, found)
                .or(() -> byPlace(wanted, found))
                .or(() -> byPlace(wanted, sorted(found)))
                .orElseThrow(() -> new IllegalArgumentException(difference(wanted, found)));
    }

    static List<Entry> sorted(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::name, NATURAL))
                .toList();
    }

    private static String withPaddedNumbers(String name) {
        StringBuilder key = new StringBuilder();
        for (int at = 0; at < name.length(); ) {
            int end = at;
            while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
                end++;
            }
            if (end == at) {
                key.append(name.charAt(at++));
            } else {
                key.append("0".repeat(Math.max(0, 20 - (end - at)))).append(name, at, end);
                at = end;
            }
        }
        return key.toString();
    }

    private static Optional<Map<String, String>> byPrefix(Map<String, Shape> wanted, List<Entry> found) {
        if (wanted.size() != found.size()) {
            return Optional.empty();
        }
        Map<String, Entry> byName = new LinkedHashMap<>();
        found.forEach(entry -> byName.put(entry.name(), entry));
        String first = wanted.keySet().iterator().next();
        return found.stream()
                .map(Entry::name)
                .filter(name -> name.equals(first) || name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length()))
                .map(prefix -> behind(prefix, wanted, byName))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Map<String, String>> behind(
            String prefix, Map<String, Shape> wanted, Map<String, Entry> byName) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> tensor : wanted.entrySet()) {
            Entry entry = byName.get(prefix + tensor.getKey());
            if (entry == null || !hasShape(entry, tensor.getValue())) {
                return Optional.empty();
            }
            names.put(tensor.getKey(), entry.name());
        }
        return Optional.of(names);
    }

    private static Optional<Map<String, String>> byPlace(Map<String, Shape> wanted, List<Entry> found) {
        if (wanted.size() != found.size()) {
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        List<String> ours = new ArrayList<>(wanted.keySet());
        for (int i = 0; i < ours.size(); i++) {
            Entry entry = found.get(i);
            if (!lastPart(entry.name()).equals(lastPart(ours.get(i)))
                    || !hasShape(entry, wanted.getOrDefault(ours.get(i), Shape.of()))) {
                return Optional.empty();
            }
            names.put(ours.get(i), entry.name());
        }
        return Optional.of(names);
    }

    /** Returns what follows the last dot. */
    static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static boolean hasShape(Entry entry, Shape shape) {
        List<Long> extents = new ArrayList<>();
        for (int extent : shape.toArray()) {
            extents.add((long) extent);
        }
        return entry.shape().equals(extents);
    }

    private static String difference(Map<String, Shape> wanted, List<Entry> found) {
        Set<String> ours = wanted.keySet();
        for (Entry entry : found) {
            if (!ours.contains(entry.name())) {
                return "tensor " + Quote.of(entry.name()) + " is not part of its architecture, whose tensors are "
                        + ours + ".";
            }
            if (!hasShape(entry, wanted.getOrDefault(entry.name(), Shape.of()))) {
                return "tensor " + Quote.of(entry.name()) + " has the shape " + entry.shapeText()
                        + " but its architecture needs " + wanted.get(entry.name()) + ".";
            }
        }
        List<String> present = found.stream().map(Entry::name).toList();
        String missing = ours.stream()
                .filter(name -> !present.contains(name))
                .findFirst()
                .orElse("?");
        return "tensor " + Quote.of(missing) + " of its architecture is missing.";
    }
}
