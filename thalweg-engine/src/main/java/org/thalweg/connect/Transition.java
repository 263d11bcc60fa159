package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Permutation;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

/**
 * One hidden layer and what reads it, seen as a two-layer network: the units of layer k with everything that lists them, and
 * layer k+1.
 *
 * <p>A unit's joint vector is its row of layer k, its bias, its norms, and its columns of layer k+1, statistics of norms left
 * out. The bias of layer k+1 belongs to no unit.
 *
 * @param architecture the layers
 * @param number k, from 1 to L−1
 * @param layer layer k
 * @param next layer k+1
 * @param units what lists the units of layer k
 */
record Transition(Architecture architecture, int number, Affine layer, Affine next, UnitGroup units) {
    /** Returns the transitions of a network, from input to output. */
    static List<Transition> of(Architecture architecture) {
        List<Affine> affine = architecture.affine();
        List<UnitGroup> hidden = architecture.hiddenUnits();
        List<Transition> transitions = new ArrayList<>();
        for (int k = 0; k < hidden.size(); k++) {
            transitions.add(new Transition(architecture, k + 1, affine.get(k), affine.get(k + 1), hidden.get(k)));
        }
        return transitions;
    }

    /** Returns whether layer k+1 is the output layer. */
    boolean isLast() {
        return next.position() == architecture.layers().size() - 1;
    }

    /** Returns whether the network has two layers, so that this is its only transition. */
    boolean isWhole() {
        return number == 1 && isLast();
    }

    /** Returns what a leg of this transition is called: {@code curve}, of deep networks {@code 2.curve}. */
    String legName(String name) {
        return isWhole() ? name : number + "." + name;
    }

    /** Returns whether re-listing the units leaves the function as it is: not if a group norm ties some of them. */
    boolean isInterchangeable() {
        return architecture.unitGroups().contains(units);
    }

    /** Returns n. */
    int size() {
        return units.size();
    }

    /** Returns the names of what belongs to layer k alone: weight, bias, and the norms behind it with their statistics. */
    List<String> own() {
        return units.slices().stream()
                .map(UnitGroup.Slice::tensor)
                .filter(name -> !name.equals(next.weight()))
                .toList();
    }

    /** Returns the names of the tensors of layer k+1. */
    List<String> nextNames() {
        return next.layer().bias() ? List.of(next.weight(), next.bias()) : List.of(next.weight());
    }

    /** Returns {@code weights} with the tensors {@code names} taken from {@code other}. */
    static Weights replaced(Weights weights, List<String> names, Weights other) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        names.forEach(name -> tensors.put(name, other.get(name)));
        return Weights.of(tensors);
    }

    /** Returns {@code weights} with the columns of layer k+1 alone re-listed: slot i holds those of unit {@code order.get(i)}. */
    Weights relistedColumns(Weights weights, Permutation order) {
        List<UnitGroup.Slice> columns = units.slices().stream()
                .filter(slice -> slice.tensor().equals(next.weight()))
                .toList();
        return new UnitGroup(units.layer(), size(), columns).relist(weights, order);
    }

    /** Returns the slices that make up a unit's joint vector. */
    private List<UnitGroup.Slice> coordinates() {
        return units.slices().stream()
                .filter(slice -> !architecture.buffers().containsKey(slice.tensor()))
                .toList();
    }

    /** Returns D, the length of a joint vector. */
    int length() {
        Map<String, Shape> shapes = architecture.parameters();
        return coordinates().stream()
                        .map(slice -> Optional.ofNullable(shapes.get(slice.tensor())))
                        .mapToInt(shape -> shape.orElseThrow().elements())
                        .sum()
                / size();
    }

    /** Returns how many of a joint vector's coordinates are columns of layer k+1; they stand last. */
    int outgoing() {
        return next.layer().weight().elements() / size();
    }

    /** Returns the joint vectors as rows, [n, D]. */
    double[] joint(Weights weights) {
        int length = length();
        double[] joint = new double[size() * length];
        int offset = 0;
        for (UnitGroup.Slice slice : coordinates()) {
            Tensor tensor = weights.get(slice.tensor());
            int inner = tensor.shape().stride(slice.dimension()) * slice.block(); // neighbours of one unit
            int outer = tensor.shape().elements() / (size() * inner);
            for (int o = 0; o < outer; o++) {
                for (int unit = 0; unit < size(); unit++) {
                    for (int i = 0; i < inner; i++) {
                        joint[unit * length + offset + o * inner + i] = tensor.get((o * size() + unit) * inner + i);
                    }
                }
            }
            offset += outer * inner;
        }
        return joint;
    }
}
