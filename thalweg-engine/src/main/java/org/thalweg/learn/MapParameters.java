package org.thalweg.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thalweg.data.Seed;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Names, shapes, masks and first values of a map's parameters, layer by layer: {@code 0.input.weight}, {@code 0.input.bias},
 * {@code 0.output.weight}, {@code 0.output.bias}, {@code 1.input.weight}, …
 *
 * @param shape the map
 */
record MapParameters(MapShape shape) {
    /** Returns name and shape of every parameter, in order. */
    Map<String, Shape> shapes() {
        boolean coupling = shape.kind() == MapKind.REALNVP;
        int inputs = coupling ? Coupling.kept(shape.dimension()) : shape.dimension();
        int outputs = coupling ? shape.dimension() - inputs : shape.dimension();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            shapes.put(layer + Conditioner.INPUT_WEIGHT, Shape.of(shape.hidden(), inputs));
            shapes.put(layer + Conditioner.INPUT_BIAS, Shape.of(shape.hidden(), 1));
            shapes.put(layer + Conditioner.OUTPUT_WEIGHT, Shape.of(2 * outputs, shape.hidden()));
            shapes.put(layer + Conditioner.OUTPUT_BIAS, Shape.of(2 * outputs, 1));
        }
        return shapes;
    }

    /**
     * Returns where a parameter may differ from 0, 1 or 0 each; empty shapes of ones for a RealNVP map. Hidden unit k of an
     * autoregressive layer has degree 1 … D−1, evenly spread; it reads coordinates below its degree, and output i reads units
     * of degree at most i (Germain et al. 2015).
     */
    Map<String, Tensor> masks() {
        Map<String, Tensor> masks = new LinkedHashMap<>();
        if (shape.kind() == MapKind.IAF) {
            Tensor input = mask(shape.hidden(), shape.dimension(), (k, i) -> i < degree(k));
            Tensor output = mask(2 * shape.dimension(), shape.hidden(), (i, k) -> degree(k) <= i % shape.dimension());
            for (int layer = 0; layer < shape.layers(); layer++) {
                masks.put(layer + Conditioner.INPUT_WEIGHT, input);
                masks.put(layer + Conditioner.OUTPUT_WEIGHT, output);
            }
        }
        return masks;
    }

    private interface Reads {
        boolean test(int row, int column);
    }

    private static Tensor mask(int rows, int columns, Reads reads) {
        float[] ones = new float[rows * columns];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = reads.test(i / columns, i % columns) ? 1 : 0;
        }
        return Tensor.owning(Shape.of(rows, columns), ones);
    }

    private int degree(int unit) {
        return 1 + (int) ((long) unit * (shape.dimension() - 1) / shape.hidden());
    }

    /**
     * Returns the first values: conditioners that answer 0, so that the map only re-lists coordinates and a path begins as the
     * arc; their hidden units are random, uniform within 1/√inputs.
     */
    Weights start(Seed seed) {
        Map<String, Tensor> masks = masks();
        Map<String, Tensor> start = new LinkedHashMap<>();
        shapes().forEach((name, extents) -> {
            boolean random = name.endsWith(Conditioner.INPUT_WEIGHT);
            Tensor values = random
                    ? uniform(extents, seed.child(name).random())
                    : Tensor.owning(extents, new float[extents.elements()]);
            start.put(name, masks.containsKey(name) ? product(values, masks.getOrDefault(name, values)) : values);
        });
        return Weights.of(start);
    }

    private static Tensor uniform(Shape extents, SplittableRandom random) {
        double limit = 1 / Math.sqrt(extents.extent(1));
        float[] values = new float[extents.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (limit * (2 * random.nextDouble() - 1));
        }
        return Tensor.owning(extents, values);
    }

    private static Tensor product(Tensor values, Tensor mask) {
        double[] masked = values.toDoubles();
        for (int i = 0; i < masked.length; i++) {
            masked[i] *= mask.get(i);
        }
        return Tensor.rounded(values.shape(), masked, Precision.FLOAT32);
    }

    /**
     * Checks parameters that come from a file.
     *
     * @throws IllegalArgumentException naming the first that is missing, unknown, of another shape, or not 0 where the mask is
     */
    void requireFits(Weights parameters) {
        Map<String, Shape> shapes = shapes();
        shapes.forEach((name, extents) -> {
            if (!parameters.get(name).shape().equals(extents)) {
                throw new IllegalArgumentException("tensor '" + name + "' has shape "
                        + parameters.get(name).shape() + " but the map needs " + extents + ".");
            }
        });
        masks().forEach((name, mask) -> {
            Tensor values = parameters.get(name);
            if (!IntStream.range(0, mask.shape().elements()).allMatch(i -> mask.get(i) != 0 || values.get(i) == 0)) {
                throw new IllegalArgumentException("tensor '" + name + "' is not autoregressive.");
            }
        });
    }

    /** Returns the order in which each layer lists the coordinates that the layer before it hands on. */
    List<Permutation> orders(Seed seed) {
        int d = shape.dimension();
        List<Permutation> orders = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            int[] order = shape.kind() == MapKind.IAF
                    ? IntStream.range(0, d).map(i -> d - 1 - i).toArray()
                    : halves(seed, layer, d);
            orders.add(Permutation.of(order));
        }
        return orders;
    }

    /** Random halves; every second layer moves what the layer before it kept. */
    private static int[] halves(Seed seed, int layer, int d) {
        int kept = Coupling.kept(d);
        return layer % 2 == 0
                ? seed.child("halves/" + layer).shuffled(d)
                : IntStream.range(0, d).map(i -> (i + kept) % d).toArray();
    }
}
