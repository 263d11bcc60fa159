package org.thalweg.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** Small maps with random parameters in float64. */
final class SmallMap {
    static final Seed HALVES = new Seed(3);

    private SmallMap() {}

    static MapShape shape(MapKind kind) {
        return new MapShape(kind, 7, 3, 9, 1.5);
    }

    /** Returns parameters that keep the masks and are far from the first ones. */
    static Weights parameters(MapShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> masks = new MapParameters(shape).masks();
        Map<String, Tensor> values = new LinkedHashMap<>();
        new MapParameters(shape).shapes().forEach((name, extents) -> {
            double[] numbers = new double[extents.elements()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = 0.5 * random.nextGaussian();
            }
            if (masks.containsKey(name)) {
                Tensor mask = masks.getOrDefault(name, Tensor.owning(extents, numbers));
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] *= mask.get(i);
                }
            }
            values.put(name, Tensor.owning(extents, numbers));
        });
        return Weights.of(values);
    }

    static DeviceValues values(MapShape shape, long seed) {
        return DeviceValues.of(parameters(shape, seed), Precision.FLOAT64);
    }

    static DeviceTensor columns(int rows, int columns, long seed) {
        return DeviceTensor.of(normal(rows * columns, seed), rows, columns);
    }

    static double[] normal(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    /** Returns the states of a trace, with which an inverse begins at its answer. */
    static List<DeviceTensor> zeros(MapShape shape, int columns) {
        List<DeviceTensor> guesses = new ArrayList<>();
        for (int i = 0; i < shape.layers(); i++) {
            guesses.add(DeviceTensor.zeros(Precision.FLOAT64, shape.dimension(), columns));
        }
        return guesses;
    }
}
