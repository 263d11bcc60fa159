package org.thalweg.checkpoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;

/**
 * What a file says (ModelProto and its GraphProto).
 *
 * @param nodes the operations, in an order in which each comes after those whose outputs it takes
 * @param initializers the tensors by name, in the file's order
 * @param constants tensors that stand in the graph itself, which is where some programs put weights
 * @param inputs shapes of the graph's inputs by name, −1 for an extent that is not fixed; initialisers may be among them
 * @param outputs names of the graph's outputs
 */
record Model(
        List<Node> nodes,
        Map<String, Initializer> initializers,
        Map<String, Initializer> constants,
        Map<String, List<Long>> inputs,
        List<String> outputs) {
    private static final int MOST_NODES = 100_000;

    /**
     * Reads a model's message.
     *
     * @throws FormatException if it is malformed or too large
     */
    static Model read(Wire wire) throws FormatException {
        Model model = new Model(
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
        boolean graph = false;
        while (wire.next()) {
            if (wire.field() == 7) {
                graph = true;
                model.graph(wire.message());
            } else {
                wire.skip();
            }
        }
        if (!graph) {
            throw new FormatException("is no proper ONNX model: it has no graph.");
        }
        model.nodes.removeIf(model::isAlias);
        return model;
    }

    private void graph(Wire wire) throws FormatException {
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> node(Node.read(wire.message()));
                case 5 -> initializer(Initializer.read(wire.message()));
                case 11 -> input(wire.message());
                case 12 -> outputs.add(name(wire.message()));
                default -> wire.skip();
            }
        }
    }

    private void node(Node node) throws FormatException {
        if (nodes.size() + constants.size() == MOST_NODES) {
            throw new FormatException("has more than " + MOST_NODES + " operations.");
        }
        if (node.value().isPresent()) {
            constants.put(node.outputs().get(0), node.value().get());
        } else {
            nodes.add(node);
        }
    }

    /** Exporters keep equal tensors once, and give the others as Identity of it; returns whether a node is that. */
    private boolean isAlias(Node node) {
        if (!node.operator().equals("Identity")
                || node.inputs().size() != 1
                || node.outputs().size() != 1) {
            return false;
        }
        String name = node.outputs().get(0);
        Optional<Initializer> original = tensor(node.inputs().get(0));
        original.ifPresent(tensor -> constants.put(name, tensor.named(name)));
        return original.isPresent();
    }

    /** Returns the stored tensor of this name, if there is one. */
    Optional<Initializer> tensor(String name) {
        return Optional.ofNullable(initializers.get(name)).or(() -> Optional.ofNullable(constants.get(name)));
    }

    private void initializer(Initializer initializer) throws FormatException {
        String name = initializer.entry().name();
        if (initializers.put(name, initializer) != null) {
            throw new FormatException("holds tensor " + Quote.of(name) + " twice.");
        }
        if (initializers.size() > TensorArchive.MOST_TENSORS) {
            throw TensorArchive.tooMany(initializers.size());
        }
    }

    private static String name(Wire value) throws FormatException {
        String name = "";
        while (value.next()) {
            if (value.field() == 1) {
                name = value.text();
            } else {
                value.skip();
            }
        }
        return name;
    }

    // ValueInfoProto { name = 1, type = 2 { tensor_type = 1 { shape = 2 { dim = 1 { dim_value = 1 } } } } }
    private void input(Wire value) throws FormatException {
        String name = "";
        List<Long> shape = new ArrayList<>();
        while (value.next()) {
            switch (value.field()) {
                case 1 -> name = value.text();
                case 2 -> type(value.message(), shape);
                default -> value.skip();
            }
        }
        inputs.put(name, shape);
    }

    private static void type(Wire type, List<Long> shape) throws FormatException {
        while (type.next()) {
            if (type.field() == 1) {
                tensorType(type.message(), shape);
            } else {
                type.skip();
            }
        }
    }

    private static void tensorType(Wire type, List<Long> shape) throws FormatException {
        while (type.next()) {
            if (type.field() == 2) {
                Wire dims = type.message();
                while (dims.next()) {
                    shape.add(dims.field() == 1 ? extent(dims.message()) : -1);
                }
            } else {
                type.skip();
            }
        }
    }

    private static long extent(Wire dim) throws FormatException {
        long extent = -1;
        while (dim.next()) {
            if (dim.field() == 1) {
                extent = dim.integer();
            } else {
                dim.skip();
            }
        }
        return extent;
    }
}
