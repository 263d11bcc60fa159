package org.thalweg.path;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.network.Permutation;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.ReorderLeg.Step;
import org.thalweg.path.ReorderLeg.Step.Kind;

/** How units come home through one idle slot, cycle by cycle. */
final class Relay {
    private Relay() {}

    /**
     * Returns the first slot whose unit {@code reader} does not read. O(elements).
     *
     * @throws IllegalArgumentException if it reads all of them
     */
    static int idle(Weights weights, UnitGroup group, String reader) {
        UnitGroup.Slice slice = group.slices().stream()
                .filter(candidate -> candidate.tensor().equals(reader))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + reader + "' reads no units of layer "
                        + group.layer() + "; name the tensor of the next layer."));
        Tensor tensor = weights.get(reader);
        boolean[] read = new boolean[group.size()];
        for (int i = 0; i < tensor.shape().elements(); i++) {
            read[slice.unit(tensor.shape(), i)] |= tensor.get(i) != 0;
        }
        return IntStream.range(0, read.length)
                .filter(slot -> !read[slot])
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + reader + "' reads every unit of layer "
                        + group.layer() + ", so none of its slots is idle."));
    }

    /**
     * Returns the steps: a unit whose home is the idle slot moves there; when the idle slot is the idle unit's own, the first
     * unit that is not at home makes way.
     */
    static List<Step> steps(Permutation held, int idle) {
        int[] unit = held.toArray();
        int[] slot = held.inverse().toArray();
        int rests = unit[idle];
        List<Step> steps = new ArrayList<>();
        int free = idle;
        for (int next = 0; next < unit.length || free != rests; ) {
            if (free == rests && (next == rests || unit[next] == next)) {
                next++;
                continue;
            }
            int from = free == rests ? next : slot[free];
            steps.add(new Step(Kind.ROW, free, from));
            steps.add(new Step(Kind.COLUMN, free, from));
            unit[free] = unit[from];
            slot[unit[free]] = free;
            free = from;
        }
        steps.add(new Step(Kind.SETTLE, rests, idle));
        return steps;
    }
}
