package org.thalweg.path;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

/**
 * Stage 2 of optimal transport: brings re-listed units home, one swap at a time. In a swap two slots exchange their
 * neurons on a straight line while all others rest; s is divided evenly among the swaps ({@link Permutation#swaps}).
 *
 * @param name the leg's name
 * @param start the weights, slot i holding unit {@code held.get(i)}
 * @param group the units that move
 * @param held which unit each slot holds at the start; at the end slot i holds unit i
 */
public record ReorderLeg(String name, Weights start, UnitGroup group, Permutation held) implements Leg {
    public ReorderLeg {
        if (held.size() != group.size()) {
            throw new IllegalArgumentException(
                    "a permutation of " + held.size() + " does not fit " + group.size() + " units.");
        }
    }

    /** Returns the weights with every unit in its own slot: a re-listing of the start, so no value is rounded. */
    public Weights end() {
        return group.relist(start, held.inverse());
    }

    /** Returns the swaps in order. */
    public List<Swap> swaps() {
        return held.swaps();
    }

    @Override
    public Weights at(double s) {
        Curve.requireUnit(s);
        List<Swap> swaps = swaps();
        int done = (int) (s * swaps.size());
        double within = s * swaps.size() - done;
        Weights before = group.relist(start, orderAfter(swaps.subList(0, done)));
        return within == 0 ? before : midSwap(before, swaps.get(done), within);
    }

    private Permutation orderAfter(List<Swap> swaps) {
        int[] order = Permutation.identity(held.size()).toArray();
        for (Swap swap : swaps) {
            int moved = order[swap.first()];
            order[swap.first()] = order[swap.second()];
            order[swap.second()] = moved;
        }
        return Permutation.of(order);
    }

    private Weights midSwap(Weights before, Swap swap, double s) {
        int[] exchanged = Permutation.identity(held.size()).toArray();
        exchanged[swap.first()] = swap.second();
        exchanged[swap.second()] = swap.first();
        Weights after = group.relist(before, Permutation.of(exchanged));
        Map<String, Tensor> tensors = new LinkedHashMap<>(before.asMap());
        for (UnitGroup.Slice slice : group.slices()) {
            String name = slice.tensor();
            tensors.put(name, Track.linear(before.get(name), after.get(name)).at(s));
        }
        return Weights.of(tensors);
    }
}
