package org.thalweg.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain feed-forward network as a list of layers.
 *
 * <p>Parameters have the names that PyTorch gives to {@code nn.Sequential} of the same layers: {@code <position>.weight}
 * and {@code <position>.bias}, activations counted too, so that 784-2000-10 has {@code 0.weight}, {@code 0.bias},
 * {@code 2.weight}, {@code 2.bias}. Layers may be divided into named stages, each an {@code nn.Sequential} of its own, as in
 * torchvision: {@code features.0.weight}, …, {@code classifier.1.weight}.
 *
 * @param input shape of one example: [features], or [channels, height, width] of images
 * @param layers the layers from input to output
 * @param stages where named stages begin, ascending; empty for an {@code nn.Sequential} without a name
 */
public record Architecture(Shape input, List<Layer> layers, List<Stage> stages) implements Serializable {
    /**
     * A named part of the network; its layers' positions are counted from 0 in their names.
     *
     * @param name such as {@code features}
     * @param first position of its first layer in the architecture
     */
    public record Stage(String name, int first) implements Serializable {}

    /**
     * Checks that neighbouring layers fit.
     *
     * @throws IllegalArgumentException if the first layer has no weights (a flatten may stand before it), the last layer is
     *     not dense, or sizes do not meet
     */
    public Architecture {
        layers = List.copyOf(layers);
        stages = List.copyOf(stages);
        String text = ArchitectureText.print(input, layers, stages);
        requireEnds(layers, text);
        Shape shape = input;
        for (Layer layer : layers) {
            try {
                shape = layer.output(shape);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(withPlace(String.valueOf(e.getMessage()), text), e);
            }
        }
    }

    /** Creates a network of vectors, whose first layer says how long they are. */
    public Architecture(List<Layer> layers) {
        this(inputOf(layers), layers, List.of());
    }

    private static Shape inputOf(List<Layer> layers) {
        return !layers.isEmpty() && layers.get(0) instanceof Layer.Linear linear
                ? Shape.of(linear.inputs())
                : Shape.of(1); // refused: a network of vectors begins with a linear layer
    }

    private static void requireEnds(List<Layer> layers, String text) {
        int first = !layers.isEmpty() && layers.get(0) instanceof Layer.Flatten ? 1 : 0;
        if (layers.size() <= first
                || !(layers.get(first) instanceof Layer.Affine)
                || !(layers.get(layers.size() - 1) instanceof Layer.Linear)) {
            throw new IllegalArgumentException(
                    "an architecture must begin with a linear or conv layer and end with a linear layer: " + text);
        }
    }

    private static String withPlace(String message, String text) {
        return message.endsWith(".")
                ? message.substring(0, message.length() - 1) + " in " + text + "."
                : message + " in " + text + ".";
    }

    /**
     * Returns the architecture of this name in the {@link Catalogue} for vectors.
     *
     * @param name such as {@code mlp-2000} or {@code mlp-512-256}
     * @param inputs number of inputs of the data
     * @param classes number of classes of the data
     * @throws IllegalArgumentException if the name is not in the catalogue or needs images
     */
    public static Architecture named(String name, int inputs, int classes) {
        return Catalogue.named(name, Shape.of(inputs), classes);
    }

    /**
     * Returns the architecture that {@link #text()} prints as {@code text}.
     *
     * @throws IllegalArgumentException if a layer is not understood or the layers do not fit
     */
    public static Architecture parse(String text) {
        return ArchitectureText.parse(text);
    }

    /**
     * Returns the layers as text, such as {@code linear(784,2000) relu linear(2000,10)}; before it {@code input(3,32,32)}
     * where examples are images, and {@code name:} where a stage begins. {@link #parse} reads it.
     */
    public String text() {
        return ArchitectureText.print(input, layers, stages);
    }

    /** Returns the number of values of one example. */
    public int inputs() {
        return input.elements();
    }

    /** Returns the number of outputs: one per class, or per target of a regression. */
    public int outputs() {
        List<Affine> affine = affine();
        return affine.get(affine.size() - 1).layer().outputs();
    }

    /** Returns the shape of one example's values before layer {@code position}; after the last layer for its number. */
    public Shape shapeBefore(int position) {
        Shape shape = input;
        for (Layer layer : layers.subList(0, position)) {
            shape = layer.output(shape);
        }
        return shape;
    }

    /** Returns the name of layer {@code position}, such as {@code 2} or {@code features.2}. */
    public String name(int position) {
        String name = Integer.toString(position);
        for (Stage stage : stages) {
            if (stage.first() <= position) {
                name = stage.name() + "." + (position - stage.first());
            }
        }
        return name;
    }

    /** A layer W x + b: its position in the list of layers and its name. */
    public record Affine(int position, String name, Layer.Affine layer) implements Serializable {
        /** Returns the name of W, [units, inputs, …]. */
        public String weight() {
            return name + ".weight";
        }

        /** Returns the name of b, [units]; there is one only if {@code layer().bias()}. */
        public String bias() {
            return name + ".bias";
        }
    }

    /** Returns the layers W x + b, dense and convolutions, from input to output: the network's layers 1 … L. */
    public List<Affine> affine() {
        List<Affine> affine = new ArrayList<>();
        for (int position = 0; position < layers.size(); position++) {
            if (layers.get(position) instanceof Layer.Affine layer) {
                affine.add(new Affine(position, name(position), layer));
            }
        }
        return affine;
    }

    /** A dense layer, its position in the list of layers and its name. */
    public record Dense(int position, String name, Layer.Linear layer) {
        /** Returns the name of its weight matrix, [outputs, inputs]. */
        public String weight() {
            return name + ".weight";
        }

        /** Returns the name of its bias, [outputs]; there is one only if {@code layer().bias()}. */
        public String bias() {
            return name + ".bias";
        }
    }

    /** Returns the dense layers, from input to output. */
    public List<Dense> dense() {
        List<Dense> dense = new ArrayList<>();
        for (Affine affine : affine()) {
            if (affine.layer() instanceof Layer.Linear linear) {
                dense.add(new Dense(affine.position(), affine.name(), linear));
            }
        }
        return dense;
    }

    /** Returns name and shape of everything that training changes, in PyTorch's order. */
    public Map<String, Shape> parameters() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int position = 0; position < layers.size(); position++) {
            String prefix = name(position) + ".";
            layers.get(position).parameters().forEach((name, shape) -> shapes.put(prefix + name, shape));
        }
        return shapes;
    }

    /** Returns name and shape of everything that training measures (batch norm's statistics), in PyTorch's order. */
    public Map<String, Shape> buffers() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int position = 0; position < layers.size(); position++) {
            String prefix = name(position) + ".";
            layers.get(position).buffers().forEach((name, shape) -> shapes.put(prefix + name, shape));
        }
        return shapes;
    }

    /** Returns name and shape of parameters and buffers, layer by layer, in the order of PyTorch's {@code state_dict}. */
    public Map<String, Shape> tensors() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int position = 0; position < layers.size(); position++) {
            shapes.putAll(tensors(position));
        }
        return shapes;
    }

    /** Returns name and shape of the parameters and buffers of layer {@code position}. */
    public Map<String, Shape> tensors(int position) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        String prefix = name(position) + ".";
        layers.get(position).parameters().forEach((name, shape) -> shapes.put(prefix + name, shape));
        layers.get(position).buffers().forEach((name, shape) -> shapes.put(prefix + name, shape));
        return shapes;
    }

    /**
     * Returns what lists the units of each hidden layer, from input to output: rows, biases, norms, columns of the next layer;
     * one less than there are layers W x + b.
     */
    public List<UnitGroup> hiddenUnits() {
        return UnitGroups.hidden(this);
    }

    /**
     * Returns those of {@link #hiddenUnits} that are interchangeable. Units that a group norm divides into several groups are
     * not.
     */
    public List<UnitGroup> unitGroups() {
        return UnitGroups.interchangeable(this);
    }

    /** Returns whether {@code other} differs from this, and in nothing but how many hidden units its layers have. */
    public boolean differsInWidthsOnly(Architecture other) {
        return Widths.areAllThatDiffers(this, other);
    }

    /**
     * Returns the same layers with {@code units.get(k)} units in the k-th hidden layer.
     *
     * @param units one number per hidden layer, from input to output
     * @throws IllegalArgumentException if there are not as many numbers, one is not positive, or a group norm joins channels
     *     whose number changes
     */
    public Architecture withWidths(List<Integer> units) {
        int hidden = affine().size() - 1;
        if (units.size() != hidden) {
            throw new IllegalArgumentException(
                    units.size() + " widths for " + hidden + " hidden layers of " + text() + ".");
        }
        return Widths.changed(this, units);
    }
}
