package org.thalweg.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How the settings of two runs differ, in words. */
final class SettingsDifference {
    private static final String NOTHING = "nothing";

    private SettingsDifference() {}

    /** Returns the first difference, the part of a sentence, if there is one. */
    static Optional<String> between(Map<String, String> now, Map<String, String> then) {
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(then.keySet());
        return names.stream()
                .filter(name -> !now.getOrDefault(name, NOTHING).equals(then.getOrDefault(name, NOTHING)))
                .findFirst()
                .map(name -> name.startsWith(RunFolder.NETWORK) ? ofNetworks(name, now, then) : of(name, now, then));
    }

    private static String of(String name, Map<String, String> now, Map<String, String> then) {
        return name + " is " + now.getOrDefault(name, NOTHING) + " now but was " + then.getOrDefault(name, NOTHING)
                + " there";
    }

    /** A hash tells nobody anything: the names differ, or a file is another. */
    private static String ofNetworks(String name, Map<String, String> now, Map<String, String> then) {
        return now.containsKey(name) && then.containsKey(name)
                ? "the file of its network '" + name.substring(RunFolder.NETWORK.length()) + "' is another now"
                : "its networks are " + networks(now) + " now but were " + networks(then) + " there";
    }

    private static String networks(Map<String, String> settings) {
        List<String> names = settings.keySet().stream()
                .filter(name -> name.startsWith(RunFolder.NETWORK))
                .map(name -> name.substring(RunFolder.NETWORK.length()))
                .toList();
        return names.isEmpty() ? "trained" : String.join(", ", names);
    }
}
