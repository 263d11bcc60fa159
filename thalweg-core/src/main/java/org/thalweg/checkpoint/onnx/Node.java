package org.thalweg.checkpoint.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.format.FormatException;

/**
 * One operation of a graph (NodeProto).
 *
 * @param operator such as {@code Gemm}, after its domain if that is not ONNX's own
 * @param inputs names of the values that it takes
 * @param outputs names of those that it makes
 * @param integers integer attributes by name; a single integer is a list of one
 * @param reals real attributes by name
 * @param texts text attributes by name
 * @param value the tensor of a Constant, under the name of its output
 */
record Node(
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, List<Long>> integers,
        Map<String, Float> reals,
        Map<String, String> texts,
        Optional<Initializer> value) {
    /** Reads a node's message. */
    static Node read(Wire wire) throws FormatException {
        Node fields = new Node(
                "",
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                Optional.empty());
        List<Wire> tensors = new ArrayList<>();
        String operator = "";
        String domain = "";
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> fields.inputs.add(wire.text());
                case 2 -> fields.outputs.add(wire.text());
                case 4 -> operator = wire.text();
                case 5 -> fields.attribute(wire.message(), tensors);
                case 7 -> domain = wire.text();
                default -> wire.skip();
            }
        }
        boolean constant = operator.equals("Constant") && fields.outputs.size() == 1 && tensors.size() == 1;
        return new Node(
                domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator,
                fields.inputs,
                fields.outputs,
                fields.integers,
                fields.reals,
                fields.texts,
                constant
                        ? Optional.of(Initializer.read(tensors.get(0)).named(fields.outputs.get(0)))
                        : Optional.empty());
    }

    private void attribute(Wire wire, List<Wire> tensors) throws FormatException {
        String name = "";
        List<Long> list = new ArrayList<>();
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> name = wire.text();
                case 2 -> reals.put(name, wire.real());
                case 3, 8 -> wire.integers(list);
                case 4 -> texts.put(name, wire.text());
                case 5 -> tensors.add(wire.message());
                default -> wire.skip();
            }
        }
        integers.put(name, list);
    }

    /** Returns an integer attribute, or what it is where it is not given. */
    long integer(String name, long usual) {
        List<Long> values = integers.getOrDefault(name, List.of());
        return values.isEmpty() ? usual : values.get(0);
    }

    /** Returns whether all integers of an attribute are equal to {@code value}, or none is given. */
    boolean all(String name, long value) {
        return integers.getOrDefault(name, List.of()).stream().allMatch(v -> v == value);
    }

    /** Returns a real attribute, or what it is where it is not given. */
    float real(String name, float usual) {
        return reals.getOrDefault(name, usual);
    }
}
