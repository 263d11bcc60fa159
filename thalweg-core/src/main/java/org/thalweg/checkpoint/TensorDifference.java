package org.thalweg.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.checkpoint.format.Entry;

/**
 * A tensor that two files do not have alike.
 *
 * @param name its name
 * @param a what the first file says of it, if it is there
 * @param b what the second file says of it, if it is there
 */
public record TensorDifference(String name, Optional<Entry> a, Optional<Entry> b) {
    /**
     * Returns the tensors that differ in presence, shape or dtype, in the first file's order and then the second's. Where both
     * files' networks are recognised, tensors are compared by their place in the network, whatever the files call them.
     *
     * @param namesOfA the file's name by name in the network; empty if the network is not recognised
     * @param namesOfB likewise
     */
    public static List<TensorDifference> between(
            Checkpoint a, Map<String, String> namesOfA, Checkpoint b, Map<String, String> namesOfB) {
        boolean recognised = !namesOfA.isEmpty() && !namesOfB.isEmpty();
        Map<String, Entry> ofA = recognised ? byPlace(a, namesOfA) : byName(a);
        Map<String, Entry> ofB = recognised ? byPlace(b, namesOfB) : byName(b);
        Set<String> all = new LinkedHashSet<>(ofA.keySet());
        all.addAll(ofB.keySet());
        List<TensorDifference> differences = new ArrayList<>();
        for (String name : all) {
            Optional<Entry> one = Optional.ofNullable(ofA.get(name));
            Optional<Entry> other = Optional.ofNullable(ofB.get(name));
            if (!one.map(TensorDifference::kind).equals(other.map(TensorDifference::kind))) {
                differences.add(new TensorDifference(name, one, other));
            }
        }
        return differences;
    }

    private static Map<String, Entry> byPlace(Checkpoint checkpoint, Map<String, String> names) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        names.forEach((ours, theirs) -> entries.put(ours, checkpoint.entry(theirs)));
        return entries;
    }

    private static Map<String, Entry> byName(Checkpoint checkpoint) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        TensorNames.relevant(checkpoint).forEach(entry -> entries.put(entry.name(), entry));
        return entries;
    }

    private static String kind(Entry entry) {
        return entry.dtype() + " " + entry.shapeText();
    }
}
