package org.thalweg.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;

/**
 * Recognises dense networks from names and shapes: modules with a matrix {@code weight} [outputs, inputs] and perhaps a vector
 * {@code bias} [outputs], in an order in which outputs meet inputs. Names alone do not say what stands between them; ReLU is
 * assumed, and said.
 */
final class LinearStack {
    private static final String ADVICE = "; only stacks of linear layers, conv2fc1 and vgg16 are recognised.";

    private LinearStack() {}

    /** A linear layer under the file's names. */
    private record Module(String name, Entry weight, Optional<Entry> bias) {
        long inputs() {
            return weight.shape().get(1);
        }

        long outputs() {
            return weight.shape().get(0);
        }
    }

    /**
     * Recognises the network of a file.
     *
     * @throws IllegalArgumentException if it is none, or its layers meet in no order or in several, with a sentence
     */
    static Recognition in(Checkpoint checkpoint) {
        return in(TensorNames.relevant(checkpoint), checkpoint.format().keepsOrder());
    }

    /** Recognises the network of these tensors, as {@link #in(Checkpoint)} does. */
    static Recognition in(List<Entry> entries, boolean keepsOrder) {
        List<Module> modules = modules(entries);
        List<String> assumptions = new ArrayList<>();
        List<Module> ordered = ordered(modules, keepsOrder, assumptions);
        List<Integer> positions = positions(ordered);
        List<Layer> layers = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            Module module = ordered.get(i);
            if (i > 0 && positions.get(i) > positions.get(i - 1) + 1) {
                layers.add(new Layer.Relu());
            }
            names.put(layers.size() + ".weight", module.weight().name());
            String bias = layers.size() + ".bias";
            module.bias().ifPresent(entry -> names.put(bias, entry.name()));
            layers.add(new Layer.Linear(
                    Math.toIntExact(module.inputs()),
                    Math.toIntExact(module.outputs()),
                    module.bias().isPresent()));
        }
        if (layers.size() > ordered.size()) {
            assumptions.add("ReLU is assumed between the linear layers; names and shapes do not say.");
        }
        return new Recognition(new Architecture(layers), names, assumptions);
    }

    private static List<Module> modules(List<Entry> entries) {
        Map<String, Entry> weights = new LinkedHashMap<>();
        Map<String, Entry> biases = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String last = TensorNames.lastPart(entry.name());
            int rank = entry.shape().size();
            if (last.equals("weight") && rank == 2) {
                weights.put(moduleOf(entry.name()), entry);
            } else if (last.equals("bias") && rank == 1) {
                biases.put(moduleOf(entry.name()), entry);
            } else {
                throw new IllegalArgumentException("tensor " + Quote.of(entry.name()) + " of shape " + entry.shapeText()
                        + " is neither weight nor bias of a linear layer" + ADVICE);
            }
        }
        List<Module> modules = new ArrayList<>();
        weights.forEach(
                (name, weight) -> modules.add(new Module(name, weight, Optional.ofNullable(biases.remove(name)))));
        modules.forEach(LinearStack::requireFits);
        if (!biases.isEmpty()) {
            throw new IllegalArgumentException("tensor "
                    + Quote.of(biases.values().iterator().next().name()) + " has no weight beside it" + ADVICE);
        }
        if (modules.isEmpty()) {
            throw new IllegalArgumentException("holds no tensors.");
        }
        return modules;
    }

    private static void requireFits(Module module) {
        if (module.inputs() > Integer.MAX_VALUE || module.outputs() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "tensor " + Quote.of(module.weight().name()) + " has the shape "
                            + module.weight().shapeText() + ", more than any layer has.");
        }
        module.bias().ifPresent(bias -> {
            if (bias.shape().get(0) != module.outputs()) {
                throw new IllegalArgumentException("tensor " + Quote.of(bias.name()) + " has the shape "
                        + bias.shapeText() + " but its weight has " + module.outputs() + " rows" + ADVICE);
            }
        });
    }

    private static String moduleOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static List<Module> ordered(List<Module> modules, boolean keepsOrder, List<String> assumptions) {
        List<Module> natural = modules.stream()
                .sorted(Comparator.comparing(Module::name, TensorNames.NATURAL))
                .toList();
        List<Module> first = keepsOrder ? modules : natural;
        List<Module> second = keepsOrder ? natural : modules;
        if (meets(first)) {
            if (meets(second) && !first.equals(second)) {
                assumptions.add("The layers are taken in this order, though others would fit: " + listed(first) + ".");
            }
            return first;
        }
        if (meets(second)) {
            return second;
        }
        List<Module> found = new Chain(modules).onlyOrder();
        assumptions.add("The layers' order is the only one in which outputs meet inputs: " + listed(found) + ".");
        return found;
    }

    private static String listed(List<Module> modules) {
        return String.join(
                ", ", modules.stream().map(Module::name).map(Quote::of).toList());
    }

    private static boolean meets(List<Module> modules) {
        for (int i = 1; i < modules.size(); i++) {
            if (modules.get(i - 1).outputs() != modules.get(i).inputs()) {
                return false;
            }
        }
        return true;
    }

    /** Names such as {@code 0}, {@code 2} or {@code net.0}, {@code net.2} are positions in an nn.Sequential; others are not. */
    private static List<Integer> positions(List<Module> ordered) {
        List<Integer> stated = new ArrayList<>();
        List<Integer> counted = new ArrayList<>();
        String parent = moduleOf(ordered.get(0).name());
        for (Module module : ordered) {
            counted.add(2 * counted.size());
            String last = TensorNames.lastPart(module.name());
            if (moduleOf(module.name()).equals(parent) && last.matches("\\d{1,6}")) {
                stated.add(Integer.valueOf(last));
            }
        }
        boolean ascends = stated.size() == ordered.size();
        for (int i = 1; ascends && i < stated.size(); i++) {
            ascends = stated.get(i) > stated.get(i - 1);
        }
        return ascends ? stated : counted;
    }

    /** Searches orders in which outputs meet inputs. */
    private static final class Chain {
        private static final int MOST_STEPS = 10_000; // a real network needs one step per layer

        private final List<Module> modules;
        private final List<Module> chain = new ArrayList<>();
        private final List<List<Module>> found = new ArrayList<>();
        private int steps;

        Chain(List<Module> modules) {
            this.modules = modules;
        }

        List<Module> onlyOrder() {
            if (modules.size() <= 100) { // the search is as deep as the network
                extend();
            }
            if (found.size() == 1 && steps <= MOST_STEPS) {
                return found.get(0);
            }
            throw new IllegalArgumentException("its linear layers "
                    + (found.isEmpty()
                            ? "meet in no order, outputs to inputs"
                            : "meet in several orders, and their names do not tell which")
                    + ADVICE);
        }

        private void extend() {
            if (chain.size() == modules.size()) {
                found.add(List.copyOf(chain));
                return;
            }
            for (Module module : modules) {
                boolean meets = chain.isEmpty() || chain.get(chain.size() - 1).outputs() == module.inputs();
                if (meets && !chain.contains(module) && found.size() < 2 && ++steps <= MOST_STEPS) {
                    chain.add(module);
                    extend();
                    chain.remove(chain.size() - 1);
                }
            }
        }
    }
}
