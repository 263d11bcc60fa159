package org.thalweg.path;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

/**
 * Stage 2 of optimal transport: brings re-listed units home, step by step; s is divided evenly among the steps.
 *
 * <p>By <b>swaps</b>: two slots exchange their neurons on a straight line while all others rest ({@link Permutation#swaps}).
 *
 * <p>By a <b>relay</b>, where one slot is idle, for nothing reads it: a unit's row is copied into that slot, which nobody
 * notices; then the reader's weights move over from the unit's old slot to the new one, and both slots say the same; now the
 * old slot is idle. So the function never changes, and n units take about 2n steps.
 *
 * @param name the leg's name
 * @param start the weights, slot i holding unit {@code held.get(i)}
 * @param group the units that move
 * @param held which unit each slot holds at the start; at the end slot i holds unit i
 * @param reader the tensor that reads the units, if they move by a relay: its weights for one slot are all zero; else by swaps
 */
public record ReorderLeg(String name, Weights start, UnitGroup group, Permutation held, Optional<String> reader)
        implements Leg {
    public ReorderLeg {
        if (held.size() != group.size()) {
            throw new IllegalArgumentException(
                    "a permutation of " + held.size() + " does not fit " + group.size() + " units.");
        }
        group.slices().forEach(slice -> requireFits(start.get(slice.tensor()).shape(), slice, held.size()));
        reader.ifPresent(tensor -> Relay.idle(start, group, tensor)); // complains if there is none
    }

    private static void requireFits(Shape shape, UnitGroup.Slice slice, int units) {
        int dimension = slice.dimension();
        if (dimension >= shape.rank() || shape.extent(dimension) != units * (long) slice.block()) {
            throw new IllegalArgumentException("'" + slice.tensor() + "' of shape " + shape + " does not list " + units
                    + " units along dimension " + dimension + ".");
        }
    }

    /** Creates a leg of swaps. */
    public ReorderLeg(String name, Weights start, UnitGroup group, Permutation held) {
        this(name, start, group, held, Optional.empty());
    }

    /** Returns a leg that takes the same steps from other weights. */
    public ReorderLeg from(Weights other) {
        return new ReorderLeg(name, other, group, held, reader);
    }

    /** Returns the weights with every unit in its own slot: a re-listing of the start, so no value is rounded. */
    public Weights end() {
        return group.relist(start, held.inverse());
    }

    /** Returns the swaps that bring the units home, in order, whether they move by them or not. */
    public List<Swap> swaps() {
        return held.swaps();
    }

    /** Returns the steps in order. */
    public List<Step> steps() {
        return reader.map(tensor -> Relay.steps(held, Relay.idle(start, group, tensor)))
                .orElseGet(() -> swaps().stream()
                        .map(swap -> new Step(Step.Kind.SWAP, swap.first(), swap.second()))
                        .toList());
    }

    @Override
    public Weights at(double s) {
        Curve.requireUnit(s);
        List<Step> steps = steps();
        int done = (int) (s * steps.size());
        double within = s * steps.size() - done;
        Slots slots = new Slots(group.size());
        steps.subList(0, done).forEach(slots::take);
        Weights before = slots.listed(this);
        if (within == 0) {
            return before;
        }
        slots.take(steps.get(done));
        Weights after = slots.listed(this);
        Map<String, Tensor> tensors = new LinkedHashMap<>(before.asMap());
        for (UnitGroup.Slice slice : group.slices()) {
            String tensor = slice.tensor();
            tensors.put(
                    tensor, Track.linear(before.get(tensor), after.get(tensor)).at(within));
        }
        return Weights.of(tensors);
    }

    /**
     * One step.
     *
     * @param kind what moves
     * @param to a slot
     * @param from another slot
     */
    public record Step(Kind kind, int to, int from) {
        /** What a step moves. */
        public enum Kind {
            /** Two slots exchange their units. */
            SWAP,
            /** What a unit computes is copied into the idle slot. */
            ROW,
            /** The reader's weights of a unit move over to the slot that has its copy. */
            COLUMN,
            /** The unit that nobody reads gets back what it computed: {@code from} is the slot that it had at the start. */
            SETTLE
        }
    }

    /** Which unit each slot computes and which it is read as, both by their slots at the start. Changes as steps are taken. */
    public static final class Slots {
        private final int[] rows;
        private final int[] columns;

        /** Creates the slots of {@code size} units before any step. */
        public Slots(int size) {
            rows = Permutation.identity(size).toArray();
            columns = Permutation.identity(size).toArray();
        }

        /** Returns whose row a slot has. */
        public int row(int slot) {
            return rows[slot];
        }

        /** Returns whose column a slot has. */
        public int column(int slot) {
            return columns[slot];
        }

        /** Takes a step. */
        public void take(Step step) {
            switch (step.kind()) {
                case SWAP -> {
                    swap(rows, step);
                    swap(columns, step);
                }
                case ROW -> rows[step.to()] = rows[step.from()];
                case COLUMN -> swap(columns, step);
                default -> rows[step.to()] = step.from();
            }
        }

        private static void swap(int[] slots, Step step) {
            int moved = slots[step.to()];
            slots[step.to()] = slots[step.from()];
            slots[step.from()] = moved;
        }

        private Weights listed(ReorderLeg leg) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(leg.start.asMap());
            for (UnitGroup.Slice slice : leg.group.slices()) {
                String name = slice.tensor();
                int[] units = leg.reader.equals(Optional.of(name)) ? columns : rows;
                tensors.put(name, leg.start.get(name).gather(slice.dimension(), slice.block(), units));
            }
            return Weights.of(tensors);
        }
    }
}
