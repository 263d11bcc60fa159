package org.thalweg.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plain feed-forward network as a list of layers.
 *
 * <p>Parameters have the names that PyTorch gives to {@code nn.Sequential} of the same layers: {@code <position>.weight}
 * and {@code <position>.bias}, activations counted too, so that 784-2000-10 has {@code 0.weight}, {@code 0.bias},
 * {@code 2.weight}, {@code 2.bias}.
 *
 * @param layers the layers from input to output
 */
public record Architecture(List<Layer> layers) {
    private static final Pattern LINEAR = Pattern.compile("linear\\((\\d{1,9}),(\\d{1,9})(,nobias)?\\)");
    private static final Pattern MLP = Pattern.compile("mlp((?:-[1-9]\\d{0,8})+)(-nobias)?");

    /**
     * Checks that neighbouring layers fit.
     *
     * @throws IllegalArgumentException if there is no dense layer, the last layer is not dense or sizes do not meet
     */
    public Architecture {
        layers = List.copyOf(layers);
        if (layers.isEmpty()
                || !(layers.get(0) instanceof Layer.Linear)
                || !(layers.get(layers.size() - 1) instanceof Layer.Linear)) {
            throw new IllegalArgumentException(
                    "an architecture must begin and end with a linear layer: " + text(layers));
        }
        int width = -1;
        for (Layer layer : layers) {
            if (layer instanceof Layer.Linear linear) {
                if (width >= 0 && linear.inputs() != width) {
                    throw new IllegalArgumentException("layer " + linear.text() + " follows a layer of " + width
                            + " outputs in " + text(layers) + ".");
                }
                width = linear.outputs();
            }
        }
    }

    /**
     * Returns the architecture of this name in the catalogue: {@code mlp-N} and {@code mlp-N-M-…}, hidden widths from
     * input to output with ReLU between, with biases unless the name ends in {@code -nobias}.
     *
     * @param name such as {@code mlp-2000} or {@code mlp-512-256}
     * @param inputs number of inputs of the data
     * @param classes number of classes of the data
     * @throws IllegalArgumentException if the name is not in the catalogue
     */
    public static Architecture named(String name, int inputs, int classes) {
        Matcher matcher = MLP.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown network '" + name
                    + "'; use mlp-N, such as mlp-2000, or a list of widths, such as mlp-512-256.");
        }
        boolean bias = matcher.group(2) == null;
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (String hidden : matcher.group(1).substring(1).split("-", -1)) {
            int units = Integer.parseInt(hidden);
            layers.add(new Layer.Linear(width, units, bias));
            layers.add(new Layer.Relu());
            width = units;
        }
        layers.add(new Layer.Linear(width, classes, bias));
        return new Architecture(layers);
    }

    /**
     * Returns the architecture that {@link #text()} prints as {@code text}.
     *
     * @throws IllegalArgumentException if a layer is not understood or the layers do not fit
     */
    public static Architecture parse(String text) {
        return new Architecture(Arrays.stream(text.strip().split("\\s+", -1))
                .map(Architecture::parseLayer)
                .toList());
    }

    private static Layer parseLayer(String text) {
        if (text.equals("relu")) {
            return new Layer.Relu();
        }
        Matcher matcher = LINEAR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("layer '" + text + "' is not understood; known are linear(in,out), "
                    + "linear(in,out,nobias) and relu.");
        }
        return new Layer.Linear(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3) == null);
    }

    /** Returns the layers as text, such as {@code linear(784,2000) relu linear(2000,10)}; {@link #parse} reads it. */
    public String text() {
        return text(layers);
    }

    private static String text(List<Layer> layers) {
        return layers.stream().map(Layer::text).collect(Collectors.joining(" "));
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return dense().get(0).layer().inputs();
    }

    /** Returns the number of outputs, one per class. */
    public int classes() {
        return dense().get(dense().size() - 1).layer().outputs();
    }

    /** A dense layer and its position in the list of layers. */
    public record Dense(int position, Layer.Linear layer) {
        /** Returns the name of its weight matrix, [outputs, inputs]. */
        public String weight() {
            return position + ".weight";
        }

        /** Returns the name of its bias, [outputs]; there is one only if {@code layer().bias()}. */
        public String bias() {
            return position + ".bias";
        }
    }

    /** Returns the layers that have weights, from input to output. */
    public List<Dense> dense() {
        List<Dense> dense = new ArrayList<>();
        for (int position = 0; position < layers.size(); position++) {
            if (layers.get(position) instanceof Layer.Linear linear) {
                dense.add(new Dense(position, linear));
            }
        }
        return dense;
    }

    /** Returns name and shape of every parameter, in PyTorch's order. */
    public Map<String, Shape> parameters() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Dense dense : dense()) {
            shapes.put(
                    dense.weight(),
                    Shape.of(dense.layer().outputs(), dense.layer().inputs()));
            if (dense.layer().bias()) {
                shapes.put(dense.bias(), Shape.of(dense.layer().outputs()));
            }
        }
        return shapes;
    }

    /** Returns one group per hidden layer, from input to output: rows, biases, columns of the next layer. */
    public List<UnitGroup> unitGroups() {
        List<Dense> dense = dense();
        List<UnitGroup> groups = new ArrayList<>();
        for (int k = 0; k + 1 < dense.size(); k++) {
            Dense layer = dense.get(k);
            List<UnitGroup.Slice> slices = new ArrayList<>();
            slices.add(new UnitGroup.Slice(layer.weight(), 0));
            if (layer.layer().bias()) {
                slices.add(new UnitGroup.Slice(layer.bias(), 0));
            }
            slices.add(new UnitGroup.Slice(dense.get(k + 1).weight(), 1));
            groups.add(new UnitGroup(layer.position(), layer.layer().outputs(), slices));
        }
        return groups;
    }
}
