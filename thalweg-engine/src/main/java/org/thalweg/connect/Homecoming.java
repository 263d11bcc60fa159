package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Scope;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;

/**
 * Brings matched units home once a path has reached B, a layer at a time, from input to output.
 *
 * <p>Below the last hidden layer by a relay through one slot ({@link ReorderLeg}), for in a narrow layer a swap of two units
 * costs more than anything else on the path: {@code spare} moves layer k+1 straight to the one that does best without one
 * unit of layer k, by least squares on B's own pre-activations; {@code reorder} then changes nothing that the network says;
 * {@code restore} moves layer k+1 straight back. Units of the last hidden layer swap, and all do where there are no examples
 * to fit to. Cost: one fit per relay.
 *
 * @param context how to fit
 * @param train what to fit to; none: by swaps
 * @param b the network that is reached
 */
record Homecoming(ConnectContext context, Optional<Examples> train, Network b) {

    /**
     * Returns the legs home.
     *
     * @param end B, at which the path has arrived
     * @param held which unit of a transition's layer each slot holds, from input to output
     */
    List<Leg> legs(Weights end, Map<Transition, Permutation> held) {
        List<Leg> legs = new ArrayList<>();
        Map<Transition, Permutation> away = new LinkedHashMap<>(held);
        for (Map.Entry<Transition, Permutation> entry : held.entrySet()) {
            Transition transition = entry.getKey();
            Permutation order = entry.getValue();
            Weights here = listed(end, away);
            boolean relays = train.isPresent() && !transition.isLast() && !isHome(order);
            if (relays) {
                Weights spared = listed(without(transition, end), away);
                CurveLeg spare = straight(transition.legName("spare"), here, spared);
                ReorderLeg reorder = new ReorderLeg(
                        transition.legName("reorder"),
                        spared,
                        transition.units(),
                        order,
                        Optional.of(transition.next().weight()));
                away.remove(transition);
                legs.addAll(List.of(
                        spare, reorder, straight(transition.legName("restore"), reorder.end(), listed(end, away))));
            } else {
                legs.add(new ReorderLeg(transition.legName("reorder"), here, transition.units(), order));
                away.remove(transition);
            }
        }
        return legs;
    }

    private static boolean isHome(Permutation order) {
        return order.equals(Permutation.identity(order.size()));
    }

    private static Weights listed(Weights weights, Map<Transition, Permutation> away) {
        Weights listed = weights;
        for (Map.Entry<Transition, Permutation> entry : away.entrySet()) {
            listed = entry.getKey().units().relist(listed, entry.getValue());
        }
        return listed;
    }

    private static CurveLeg straight(String name, Weights from, Weights to) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        from.asMap().forEach((tensor, value) -> {
            Tensor other = to.get(tensor);
            tracks.put(tensor, value.equals(other) ? Track.resting(value) : Track.linear(value, other));
        });
        return new CurveLeg(name, tracks);
    }

    /** Returns B with layer k+1 fitted anew so that it reads one unit less; that unit still computes what it did. */
    private Weights without(Transition transition, Weights end) {
        int unit = least(transition, end);
        String reader = transition.next().weight();
        Weights mute = end;
        for (UnitGroup.Slice slice : transition.units().slices()) {
            mute = emptied(mute, slice, unit); // a row and a bias of zeros: the unit's feature is 0 everywhere
        }
        Weights prior = Transition.replaced(end, List.of(reader), mute);
        try (Scope scope = Scope.open()) {
            LayerFit fit = new LayerFit(context, train.orElseThrow(), transition.next(), transition.layer(), end, b);
            Weights fitted = Transition.replaced(end, transition.nextNames(), fit.solve(mute, prior));
            return transition.units().slices().stream()
                    .filter(slice -> slice.tensor().equals(reader))
                    .reduce(fitted, (weights, slice) -> emptied(weights, slice, unit), (one, other) -> other);
        }
    }

    /** Returns the unit whose row and column have the least product of norms: rectified, it says least. */
    private static int least(Transition transition, Weights weights) {
        int size = transition.size();
        double[] joint = transition.joint(weights);
        int length = joint.length / size;
        int incoming = length - transition.outgoing();
        return IntStream.range(0, size)
                .boxed()
                .min(Comparator.comparingDouble(unit -> squares(joint, unit * length, incoming)
                        * squares(joint, unit * length + incoming, length - incoming)))
                .orElseThrow();
    }

    private static double squares(double[] values, int from, int count) {
        return Arrays.stream(values, from, from + count).map(x -> x * x).sum();
    }

    private static Weights emptied(Weights weights, UnitGroup.Slice slice, int unit) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        Tensor tensor = weights.get(slice.tensor());
        double[] values = tensor.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = slice.unit(tensor.shape(), i) == unit ? 0 : values[i];
        }
        tensors.put(slice.tensor(), Tensor.rounded(tensor.shape(), values, tensor.precision()));
        return Weights.of(tensors);
    }
}
