package org.thalweg.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One set of interchangeable units and everything that carries their order: rows of their layer, their biases, the norms
 * behind them, columns of the next layer. A unit of a convolution is a filter. Derived from the architecture, never written
 * by hand.
 *
 * @param layer position of the layer that computes the units, such as 0 in {@code 0.weight}
 * @param size number of units
 * @param slices which dimension of which tensor lists the units
 */
public record UnitGroup(int layer, int size, List<Slice> slices) {
    /**
     * A tensor that lists the units.
     *
     * @param tensor its name
     * @param dimension which dimension lists them
     * @param block how many neighbouring positions of that dimension belong to one unit: 1, or height·width where a flatten
     *     turned a channel into that many features
     */
    public record Slice(String tensor, int dimension, int block) {
        /** Creates a slice with one position per unit. */
        public Slice(String tensor, int dimension) {
            this(tensor, dimension, 1);
        }

        /** Returns which unit's the element at {@code index} of a tensor of this shape is, row-major. */
        public int unit(Shape shape, int index) {
            int inner = shape.stride(dimension) * block; // neighbours of one unit
            return index / inner % (shape.extent(dimension) / block);
        }
    }

    public UnitGroup {
        slices = List.copyOf(slices);
    }

    /**
     * Returns the weights with slot i holding unit {@code order.get(i)}; the network computes the same function.
     *
     * @throws IllegalArgumentException if {@code order} is not of this group's size
     */
    public Weights relist(Weights weights, Permutation order) {
        Map<String, Tensor> changed = new LinkedHashMap<>(weights.asMap());
        slices.forEach(
                slice -> changed.put(slice.tensor(), relist(slice.tensor(), weights.get(slice.tensor()), order)));
        return Weights.of(changed);
    }

    /**
     * Returns one tensor of {@code relist}ed weights. Where it has extent 1 in place of the units, all units share what it
     * holds, and it stays as it is.
     *
     * @param name the tensor's name; what lists no units of this group stays as it is
     * @throws IllegalArgumentException if {@code order} is not of this group's size
     */
    public Tensor relist(String name, Tensor tensor, Permutation order) {
        if (order.size() != size) {
            throw new IllegalArgumentException(
                    "a permutation of " + order.size() + " does not fit " + size + " units.");
        }
        Tensor relisted = tensor;
        for (Slice slice : slices) {
            if (slice.tensor().equals(name) && !isShared(slice, tensor)) {
                relisted = relisted.select(slice.dimension(), slice.block(), order);
            }
        }
        return relisted;
    }

    private boolean isShared(Slice slice, Tensor tensor) {
        return tensor.shape().extent(slice.dimension()) == 1 && size * slice.block() > 1;
    }

    /** Returns the squared Euclidean distance of two units' vectors, everything that carries their order counted. */
    public double squaredDistance(Weights weights, int unit, int other) {
        double sum = 0;
        for (Slice slice : slices) {
            Tensor tensor = weights.get(slice.tensor());
            int inner = tensor.shape().stride(slice.dimension()) * slice.block();
            int extent = tensor.shape().extent(slice.dimension()) / slice.block();
            for (int block = 0; block < tensor.shape().elements(); block += extent * inner) {
                for (int i = 0; i < inner; i++) {
                    double difference = tensor.get(block + unit * inner + i) - tensor.get(block + other * inner + i);
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }
}
