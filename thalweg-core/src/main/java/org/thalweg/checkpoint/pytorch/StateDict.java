package org.thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.checkpoint.pytorch.Pickled.Call;
import org.thalweg.checkpoint.pytorch.Pickled.Constant;
import org.thalweg.checkpoint.pytorch.Pickled.Dict;
import org.thalweg.checkpoint.pytorch.Pickled.Global;
import org.thalweg.checkpoint.pytorch.Pickled.Int;
import org.thalweg.checkpoint.pytorch.Pickled.Real;
import org.thalweg.checkpoint.pytorch.Pickled.Text;

/**
 * The weights in what a file holds: a state dict, or a training checkpoint that has one under a key.
 *
 * @param tensors views by name, in the file's order
 * @param remarks what was chosen and what was left out
 */
record StateDict(Map<String, View> tensors, List<String> remarks) {
    /** Keys under which training programs keep weights, the more telling first. */
    private static final List<String> KEYS = List.of("model_state", "state_dict", "model_state_dict", "model");

    private static final int DEEPEST = 4;

    private static final String ADVICE =
            "; in Python, save its weights: torch.save(model.state_dict(), \"weights.pt\").";

    /**
     * Finds the weights.
     *
     * @throws FormatException if there are none, it is not clear which, or one of them is not a tensor that is read
     */
    static StateDict in(Pickled root) throws FormatException {
        Found found = find(root, new ArrayList<>());
        int count = found.weights().items().size();
        if (count > TensorArchive.MOST_TENSORS) {
            throw TensorArchive.tooMany(count);
        }
        List<String> remarks = new ArrayList<>();
        if (!found.keys().isEmpty()) {
            remarks.add("The weights are those under "
                    + found.keys().stream().map(Quote::of).collect(Collectors.joining(", "))
                    + leftOut(root, found.keys()) + ".");
        }
        Map<String, View> tensors = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        for (Map.Entry<Pickled, Pickled> item : found.weights().items().entrySet()) {
            String name = name(item.getKey());
            Optional<View> view = view(name, item.getValue());
            view.ifPresentOrElse(v -> tensors.put(name, v), () -> skipped.add(Quote.of(name)));
        }
        if (!skipped.isEmpty()) {
            remarks.add("Not tensors, and left out: " + listed(skipped) + ".");
        }
        return new StateDict(tensors, remarks);
    }

    /** A dictionary of weights, and the keys that lead to it. */
    private record Found(Dict weights, List<String> keys) {}

    private static Found find(Pickled value, List<String> keys) throws FormatException {
        if (value instanceof Call call) {
            throw new FormatException(
                    Rebuild.isTensor(call)
                            ? "holds a single tensor, not the weights of a network" + ADVICE
                            : "holds a whole module, an object of class " + call.function()
                                    + ", which only running its code could rebuild" + ADVICE);
        }
        if (!(value instanceof Dict dict)) {
            throw new FormatException("holds no dictionary of weights" + ADVICE);
        }
        for (String key : KEYS) {
            Pickled inner = dict.at(key);
            boolean module = inner instanceof Call && !Rebuild.isTensor(inner);
            if ((inner instanceof Dict || module) && keys.size() < DEEPEST) {
                keys.add(key);
                return find(inner, keys);
            }
        }
        if (dict.items().values().stream().anyMatch(Rebuild::isTensor)) {
            return new Found(dict, keys);
        }
        return findUnderOtherKey(dict, keys);
    }

    private static Found findUnderOtherKey(Dict dict, List<String> keys) throws FormatException {
        List<String> holders = new ArrayList<>();
        for (Map.Entry<Pickled, Pickled> item : dict.items().entrySet()) {
            if (item.getKey() instanceof Text key
                    && item.getValue() instanceof Dict inner
                    && inner.items().values().stream().anyMatch(Rebuild::isTensor)) {
                holders.add(key.value());
            }
        }
        if (holders.size() > 1) {
            throw new FormatException("holds several sets of weights, "
                    + listed(holders.stream().map(Quote::of).toList())
                    + "; save the one that you mean alone: torch.save(checkpoint[" + Quote.of(holders.get(0))
                    + "], \"weights.pt\").");
        }
        if (holders.size() == 1) {
            keys.add(holders.get(0));
            return new Found((Dict) dict.at(holders.get(0)), keys);
        }
        throw new FormatException("holds no dictionary of weights" + ADVICE);
    }

    private static String name(Pickled key) throws FormatException {
        if (key instanceof Text text) {
            return text.value();
        }
        throw new FormatException("among its weights one has a name that is not text.");
    }

    private static Optional<View> view(String name, Pickled value) throws FormatException {
        if (Rebuild.isTensor(value)) {
            return Optional.of(Rebuild.view(name, (Call) value));
        }
        boolean plain = value instanceof Constant
                || value instanceof Int
                || value instanceof Real
                || value instanceof Text
                || value instanceof Pickled.Bytes;
        if (plain || name.endsWith("_extra_state")) { // what modules add by get_extra_state() is no weight
            return Optional.empty();
        }
        throw new FormatException("among its weights, " + Quote.of(name) + " is "
                + (value instanceof Call call ? "an object of class " + call.function() : "no tensor")
                + "; only tensors can be read.");
    }

    private static String leftOut(Pickled root, List<String> keys) {
        List<String> others = new ArrayList<>();
        TreeSet<String> classes = new TreeSet<>();
        if (root instanceof Dict dict) {
            dict.items().forEach((key, value) -> {
                if (!(key instanceof Text text)) {
                    others.add("a key that is not text");
                } else if (!text.value().equals(keys.get(0))) {
                    others.add(Quote.of(text.value()));
                    classes.addAll(foreignClasses(value));
                }
            });
        }
        return (others.isEmpty() ? "" : "; left out: " + listed(others))
                + (classes.isEmpty() ? "" : "; not rebuilt: objects of " + listed(List.copyOf(classes)));
    }

    /** Classes that a plain checkpoint does not need: everything but tensors, storages, types and Python's containers. */
    private static List<String> foreignClasses(Pickled value) {
        return value.all().stream()
                .filter(part -> part instanceof Call && !Rebuild.isTensor(part))
                .map(part -> ((Call) part).function())
                .filter(function -> !isPlain(function))
                .map(Global::toString)
                .toList();
    }

    private static boolean isPlain(Global function) {
        return function.module().equals("builtins")
                || function.module().equals("collections")
                || function.module().equals("_codecs")
                || (function.module().equals("torch")
                        && (function.name().equals("Size") || function.name().equals("device")));
    }

    private static String listed(List<String> names) {
        int shown = 8; // a line's worth
        String text = names.stream().limit(shown).collect(Collectors.joining(", "));
        return names.size() <= shown ? text : text + " and " + (names.size() - shown) + " more";
    }
}
