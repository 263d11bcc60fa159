package org.thalweg.checkpoint.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.checkpoint.format.Quote;

/**
 * The layers of a graph that is a plain chain from its one input to its one output, as an architecture's text, and the tensors
 * that they use.
 *
 * <p>Gemm and MatMul with Add are dense layers, Conv, MaxPool, AveragePool, BatchNormalization, Relu, Flatten are
 * themselves, Identity is nothing; a Softmax at the end is left out, for losses here take logits. One thread.
 */
final class Chain {
    private final Model model;
    private final List<String> layers = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>(); // ours to the model's
    private final Set<String> transposed = new HashSet<>();
    private boolean softmax;
    private int biasable = -1; // position of a dense layer that an Add may still give its bias

    /** A graph that is no such chain; the message says why. */
    static final class NotPlainException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPlainException(String message) {
            super(message);
        }
    }

    private Chain(Model model) {
        this.model = model;
    }

    /**
     * Follows a model's graph.
     *
     * @throws NotPlainException if it is no chain of layers that are known
     */
    static Chain of(Model model) throws NotPlainException {
        Chain chain = new Chain(model);
        chain.follow();
        return chain;
    }

    /** Returns the text of the architecture. */
    String architecture() {
        return String.join(" ", layers);
    }

    /** Returns the model's name of each tensor of the architecture. */
    Map<String, String> names() {
        return names;
    }

    /** Returns the matrices that the model keeps as [inputs, outputs]. */
    Set<String> transposed() {
        return transposed;
    }

    /** Returns whether a Softmax at the end was left out. */
    boolean endsWithSoftmax() {
        return softmax;
    }

    private void follow() throws NotPlainException {
        List<String> inputs = model.inputs().keySet().stream()
                .filter(name -> model.tensor(name).isEmpty())
                .toList();
        if (inputs.size() != 1 || model.outputs().size() != 1) {
            throw new NotPlainException(
                    "it has " + inputs.size() + " inputs and " + model.outputs().size() + " outputs");
        }
        Map<String, List<Node>> takers = takers();
        String value = inputs.get(0);
        int steps = 0;
        beginWith(model.inputs().getOrDefault(value, List.of()));
        while (!value.equals(model.outputs().get(0))) {
            List<Node> next = takers.getOrDefault(value, List.of());
            if (next.size() != 1
                    || next.get(0).outputs().isEmpty()
                    || ++steps > model.nodes().size()) {
                throw new NotPlainException("value " + Quote.of(value) + " goes to " + next.size() + " operations");
            }
            layer(next.get(0), value);
            value = next.get(0).outputs().get(0);
        }
        if (steps != model.nodes().size()) {
            throw new NotPlainException("it has operations beside the chain from input to output");
        }
    }

    private Map<String, List<Node>> takers() {
        Map<String, List<Node>> takers = new HashMap<>();
        for (Node node : model.nodes()) {
            node.inputs().stream()
                    .filter(name -> model.tensor(name).isEmpty())
                    .forEach(name ->
                            takers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
        }
        return takers;
    }

    /** Images need their extents said; vectors are as long as the first layer's rows. */
    private void beginWith(List<Long> shape) throws NotPlainException {
        if (shape.size() != 4) {
            return;
        }
        List<Long> image = shape.subList(1, 4);
        if (image.stream().anyMatch(extent -> extent < 1 || extent > 1_000_000)) {
            throw new NotPlainException("its input does not say the images' size");
        }
        layers.add("input(" + image.get(0) + "," + image.get(1) + "," + image.get(2) + ")");
    }

    private int position() {
        boolean input = !layers.isEmpty() && layers.get(0).startsWith("input(");
        return layers.size() - (input ? 1 : 0);
    }

    private void layer(Node node, String value) throws NotPlainException {
        if (softmax) {
            throw new NotPlainException("operations follow its Softmax");
        }
        if (!node.operator().equals("Add") && !node.operator().equals("Identity")) {
            biasable = -1;
        }
        switch (node.operator()) {
            case "Gemm" -> gemm(node, value);
            case "MatMul" -> matMul(node, value);
            case "Add" -> add(node, value);
            case "Conv" -> convolution(node, value);
            case "BatchNormalization" -> batchNorm(node, value);
            case "MaxPool", "AveragePool" -> pool(node);
            case "Relu" -> layers.add("relu");
            case "Flatten" -> flatten(node.integer("axis", 1) == 1);
            case "Reshape" -> flatten(tensor(node, 1, 1).entry().elements() == 2); // to [batch, features]
            case "Identity", "Dropout" -> {} // which acts in training alone
            case "Softmax", "LogSoftmax" -> softmax = true;
            default -> throw new NotPlainException("operation " + Quote.of(node.operator()) + " is not known");
        }
    }

    private Initializer tensor(Node node, int input, int rank) throws NotPlainException {
        String name = input < node.inputs().size() ? node.inputs().get(input) : "";
        return model.tensor(name)
                .filter(tensor -> tensor.entry().shape().size() == rank)
                .orElseThrow(() -> new NotPlainException(
                        node.operator() + " does not take a stored tensor of rank " + rank + " as input " + input));
    }

    private void use(String ours, Initializer tensor) throws NotPlainException {
        if (names.containsValue(tensor.entry().name())) {
            throw new NotPlainException("tensor " + Quote.of(tensor.entry().name()) + " is used twice");
        }
        names.put(ours, tensor.entry().name());
    }

    private void requireFirst(Node node, String value) throws NotPlainException {
        if (!node.inputs().get(0).equals(value)) {
            throw new NotPlainException(node.operator() + " multiplies from the other side");
        }
    }

    private void gemm(Node node, String value) throws NotPlainException {
        requireFirst(node, value);
        if (node.real("alpha", 1) != 1 || node.real("beta", 1) != 1 || node.integer("transA", 0) != 0) {
            throw new NotPlainException("a Gemm is scaled or transposed");
        }
        dense(tensor(node, 1, 2), node.integer("transB", 0) == 1, optional(node, 2));
    }

    private Optional<Initializer> optional(Node node, int input) throws NotPlainException {
        boolean given =
                input < node.inputs().size() && !node.inputs().get(input).isEmpty();
        return given ? Optional.of(tensor(node, input, 1)) : Optional.empty();
    }

    private void matMul(Node node, String value) throws NotPlainException {
        requireFirst(node, value);
        dense(tensor(node, 1, 2), false, Optional.empty());
        biasable = position() - 1;
    }

    private void dense(Initializer weight, boolean byRows, Optional<Initializer> bias) throws NotPlainException {
        long rows = weight.entry().shape().get(byRows ? 0 : 1);
        long columns = weight.entry().shape().get(byRows ? 1 : 0);
        if (!byRows) {
            transposed.add(weight.entry().name());
        }
        use(position() + ".weight", weight);
        if (bias.isPresent()) {
            use(position() + ".bias", bias.get());
        }
        layers.add("linear(" + columns + "," + rows + (bias.isPresent() ? ")" : ",nobias)"));
    }

    private void add(Node node, String value) throws NotPlainException {
        if (biasable < 0 || node.inputs().size() != 2) {
            throw new NotPlainException("an Add is no bias of the layer before it");
        }
        Initializer bias = tensor(node, node.inputs().get(0).equals(value) ? 1 : 0, 1);
        use(biasable + ".bias", bias);
        int last = layers.size() - 1;
        layers.set(last, layers.get(last).replace(",nobias)", ")"));
        biasable = -1;
    }

    private void convolution(Node node, String value) throws NotPlainException {
        requireFirst(node, value);
        Initializer weight = tensor(node, 1, 4);
        List<Long> shape = weight.entry().shape();
        if (!shape.get(2).equals(shape.get(3)) || node.integer("group", 1) != 1) {
            throw new NotPlainException("a Conv is grouped or not square");
        }
        Optional<Initializer> bias = optional(node, 2);
        use(position() + ".weight", weight);
        if (bias.isPresent()) {
            use(position() + ".bias", bias.get());
        }
        layers.add("conv(" + shape.get(1) + "," + shape.get(0) + "," + window(node, shape.get(2))
                + (bias.isPresent() ? ")" : ",nobias)"));
    }

    private void pool(Node node) throws NotPlainException {
        boolean average = node.operator().equals("AveragePool");
        boolean padded = !node.all("pads", 0);
        if (node.integer("ceil_mode", 0) != 0 || (average && padded && node.integer("count_include_pad", 0) == 0)) {
            throw new NotPlainException(node.operator() + " counts its borders in a way that is not known");
        }
        long size = node.integer("kernel_shape", 0);
        if (!node.all("kernel_shape", size)) {
            throw new NotPlainException(node.operator() + " is not square");
        }
        layers.add((average ? "avgpool(" : "maxpool(") + window(node, size) + ")");
    }

    /** Returns a window as it stands in an architecture's text. */
    private static String window(Node node, long size) throws NotPlainException {
        long stride = node.integer("strides", 1);
        long padding = node.integer("pads", 0);
        boolean plain = node.all("strides", stride) && node.all("pads", padding) && node.all("dilations", 1);
        if (!plain || !node.texts().getOrDefault("auto_pad", "NOTSET").equals("NOTSET")) {
            throw new NotPlainException(node.operator() + " is dilated, or its strides or pads differ by direction");
        }
        return size + ",stride=" + stride + ",pad=" + padding;
    }

    private void batchNorm(Node node, String value) throws NotPlainException {
        requireFirst(node, value);
        float epsilon = node.real("epsilon", 1e-5f);
        if (Math.abs(epsilon - 1e-5f) > 1e-10f) {
            throw new NotPlainException("a BatchNormalization has epsilon " + epsilon + " but 1e-5 is meant here");
        }
        String[] ours = {".weight", ".bias", ".running_mean", ".running_var"};
        Initializer weight = tensor(node, 1, 1);
        for (int i = 0; i < ours.length; i++) {
            use(position() + ours[i], tensor(node, i + 1, 1));
        }
        layers.add("batchnorm(" + weight.entry().shape().get(0) + ")");
    }

    private void flatten(boolean toVectors) throws NotPlainException {
        if (!toVectors) {
            throw new NotPlainException("a Flatten or Reshape does not make one vector of each example");
        }
        if (position() == 0) { // a dense network of images, which are vectors here
            layers.clear();
        } else if (layers.get(0).startsWith("input(")) { // else they are flat already
            layers.add("flatten");
        }
    }
}
