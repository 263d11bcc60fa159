package org.thalweg.network;

import java.util.ArrayList;
import java.util.List;

/** The same layers with other numbers of hidden units. */
final class Widths {
    private Widths() {}

    /** Returns the architecture with {@code units.get(k)} units in its k-th hidden layer, norms and readers following. */
    static Architecture changed(Architecture architecture, List<Integer> units) {
        List<Layer> layers = new ArrayList<>();
        Shape shape = architecture.input();
        int hidden = 0;
        for (Layer layer : architecture.layers()) {
            boolean last = hidden == units.size();
            int outputs = last ? architecture.outputs() : units.get(hidden);
            Layer resized = resized(layer, shape.extent(0), outputs);
            hidden += layer instanceof Layer.Affine && !last ? 1 : 0;
            layers.add(resized);
            shape = resized.output(shape);
        }
        return new Architecture(architecture.input(), layers, architecture.stages());
    }

    /** Returns whether two architectures differ, and in nothing but how many hidden units there are. */
    static boolean areAllThatDiffers(Architecture a, Architecture b) {
        boolean alike = a.input().equals(b.input())
                && a.stages().equals(b.stages())
                && a.outputs() == b.outputs()
                && a.layers().size() == b.layers().size();
        for (int position = 0; alike && position < a.layers().size(); position++) {
            Layer other = b.layers().get(position);
            alike = resizedLike(a.layers().get(position), other).equals(other);
        }
        return alike && !a.equals(b);
    }

    private static Layer resizedLike(Layer layer, Layer other) {
        if (other instanceof Layer.Affine affine) {
            return resized(layer, affine.inputs(), affine.outputs());
        }
        return other instanceof Layer.Norm norm ? resized(layer, norm.channels(), norm.channels()) : layer;
    }

    /** A group norm that joins channels stays: what it makes of a unit depends on how many others there are. */
    private static Layer resized(Layer layer, int inputs, int outputs) {
        if (layer instanceof Layer.Linear linear) {
            return new Layer.Linear(inputs, outputs, linear.bias());
        }
        if (layer instanceof Layer.Convolution convolution) {
            return new Layer.Convolution(inputs, outputs, convolution.window(), convolution.bias());
        }
        if (layer instanceof Layer.BatchNorm) {
            return new Layer.BatchNorm(inputs);
        }
        boolean separate = layer instanceof Layer.GroupNorm norm && norm.groups() == norm.channels();
        return separate ? new Layer.GroupNorm(inputs, inputs) : layer;
    }
}
