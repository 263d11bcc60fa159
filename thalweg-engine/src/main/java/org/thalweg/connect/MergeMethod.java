package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.data.Suggestion;

/**
 * How networks are merged: a base ({@code linear} averages what bears the same number, {@code ot} what bears the same role)
 * with the repairs that follow.
 *
 * @param matches whether units are brought into one order first
 * @param adjusts {@code +wa}: whether layers after the first are fitted by least squares to the mean of the networks'
 *     pre-activations
 * @param refits {@code +ca}: whether the output layer is refitted to the labels in the end
 */
public record MergeMethod(boolean matches, boolean adjusts, boolean refits) {
    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = names();

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String base : List.of("linear", "ot")) {
            for (String repairs : List.of("", "+wa", "+ca", "+wa+ca")) {
                names.add(base + repairs);
            }
        }
        return List.copyOf(names);
    }

    /**
     * Returns the method of this name, such as {@code ot+ca}.
     *
     * @throws IllegalArgumentException if there is none, proposing the nearest
     */
    public static MergeMethod named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown way to merge '" + name + "'; " + Suggestion.sentence(name, NAMES));
        }
        return new MergeMethod(name.startsWith("ot"), name.contains("+wa"), name.endsWith("+ca"));
    }

    /** Returns the method's name. */
    public String text() {
        return (matches ? "ot" : "linear") + (adjusts ? "+wa" : "") + (refits ? "+ca" : "");
    }
}
