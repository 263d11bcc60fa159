package org.thalweg.connect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

/**
 * An order of the units of some or all hidden layers, and the proof on a real batch that it changes nothing.
 *
 * @param architecture the layers
 * @param orders by the layer's position: slot i holds unit {@code get(i)}; layers without an entry stay as they are
 */
record Alignment(Architecture architecture, Map<Integer, Permutation> orders) {
    /**
     * Examples of the batch. A wrong order changes values by as much as units differ, which few examples show; summing in
     * another order changes them by about √n · 2^-24 per layer in float32, less than 2^-13 for 5000 inputs and 16 layers.
     */
    private static final int PROBE = 32;

    Alignment {
        orders = Map.copyOf(orders);
    }

    /**
     * Returns the weights in this order.
     *
     * @param context whose training examples are the batch; without any, the batch is standard normal
     * @throws IllegalArgumentException if a layer's units are not interchangeable, or the examples do not fit
     * @throws IllegalStateException if outputs on the batch are not the same as before, naming the first layer that differs
     */
    Weights applied(Weights weights, ConnectContext context) {
        Map<Integer, UnitGroup> groups = new HashMap<>();
        architecture.unitGroups().forEach(group -> groups.put(group.layer(), group));
        Weights relisted = weights;
        for (UnitGroup layer : architecture.hiddenUnits()) {
            Permutation order = orders.get(layer.layer());
            if (order != null) {
                if (!groups.containsKey(layer.layer())) {
                    throw new IllegalArgumentException("the units of layer " + architecture.name(layer.layer())
                            + " are tied to each other by a group norm and cannot be re-listed.");
                }
                relisted = layer.relist(relisted, order);
            }
        }
        requireSame(weights, relisted, context);
        return relisted;
    }

    /** Runs both networks side by side, layer by layer, and compares each unit with itself. */
    void requireSame(Weights before, Weights after, ConnectContext context) {
        context.engine().alone(() -> {
            DeviceNetwork one = DeviceNetwork.load(architecture, before);
            DeviceNetwork other = DeviceNetwork.load(architecture, after);
            DeviceTensor x = probe(context, before.precision());
            DeviceTensor y = x;
            Permutation order = Permutation.identity(architecture.input().extent(0));
            for (int position = 0; position < architecture.layers().size(); position++) {
                x = one.run(position, position + 1, x);
                y = other.run(position, position + 1, y);
                if (architecture.layers().get(position) instanceof Layer.Affine layer) {
                    order = orders.getOrDefault(position, Permutation.identity(layer.outputs()));
                }
                requireSame(position, relisted(x.toTensor(), order), y.toTensor());
            }
            return orders.size();
        });
    }

    private DeviceTensor probe(ConnectContext context, Precision precision) {
        if (context.train().isPresent()) {
            Examples train = context.train().get();
            Alike.requireFits(architecture, train);
            return Blocks.inputs(train, 0, Math.min(PROBE, train.count()), precision);
        }
        SplittableRandom random = context.seed().child("alignment").random();
        double[] values = new double[architecture.inputs() * PROBE];
        Arrays.setAll(values, i -> random.nextGaussian());
        return DeviceTensor.of(values, architecture.inputs(), PROBE).to(precision);
    }

    /** Returns columns [d, N], where a unit may own neighbouring features, or images [N, c, h, w] in another order. */
    private static Tensor relisted(Tensor values, Permutation order) {
        int units = values.shape().rank() == 2 ? 0 : 1;
        return values.select(units, values.shape().extent(units) / order.size(), order);
    }

    private void requireSame(int position, Tensor expected, Tensor actual) {
        double greatest = 0;
        double difference = 0;
        for (int i = 0; i < expected.shape().elements(); i++) {
            greatest = Math.max(greatest, Math.abs(expected.get(i)));
            difference = Math.max(difference, Math.abs(expected.get(i) - actual.get(i)));
        }
        double rounding = expected.precision() == Precision.FLOAT32 ? 0x1p-10 : 0x1p-36;
        if (!(difference <= rounding * greatest)) {
            throw new IllegalStateException("re-listing units changed what layer " + architecture.name(position) + " ("
                    + architecture.layers().get(position).text() + ") makes of a batch: values up to " + greatest
                    + " differ by up to " + difference + "; this is a fault of the program, please report it.");
        }
    }
}
