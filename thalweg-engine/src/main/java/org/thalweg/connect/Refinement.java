package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.assign.CostMatrix;
import org.thalweg.assign.TransportPlan;
import org.thalweg.assign.TransportPlan.Piece;
import org.thalweg.assign.TransportSolver;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.result.AssignmentQuality;

/**
 * Two networks of one architecture that compute what two networks of different widths compute, slot k of the one to move to slot
 * k of the other.
 *
 * <p>A hidden layer of n units is a measure in which each has mass 1/n; the m units of the other network share the same mass. The
 * exact {@link TransportSolver transport} between both cuts units into pieces, at most n + m − 1, which become the slots: a piece
 * has its unit's bias, incoming row and norms, and of its outgoing column the piece's part. So what the next layer sums up
 * stays, to rounding. Carrying unit (b, l, c) of A to unit (b', l', c') of B costs
 *
 * <pre>
 * C = |b − b'|² + |l − l'|² + |√(n/m) c − √(m/n) c'|²
 * </pre>
 *
 * the squared distance of {@link OtConnector} where n = m; for others, outgoing weights count as densities, which do not depend
 * on how many share the work. Likewise, where rows read slots of masses p_k, those of n' and m' units, the term of slot k is
 * divided by p_k √(n'm').
 *
 * <p>Layers are cut one after the other from the input; outgoing weights count in the last hidden layer only, as those of others
 * lead to units that have no counterparts yet (Singh and Jaggi 2020, arXiv:1910.05653, do so throughout). Cost: n m D multiply-adds and one
 * transport per hidden layer.
 *
 * @param a computes what A computes
 * @param b computes what B computes
 * @param quality cost, √(nm) Σ p C, and gap of the transport where there is one hidden layer, for which it is the best there is
 */
record Refinement(Network a, Network b, Optional<AssignmentQuality> quality) {
    /**
     * Returns the refinement of two networks.
     *
     * @param b differs from {@code a} in widths only
     * @throws IllegalArgumentException if a layer's units cannot be matched, or costs are balanced in a deep network
     */
    static Refinement of(Network a, Network b, ConnectContext context) {
        Alike.requireOnePrecision(a, b);
        int hidden = Transition.of(a.architecture()).size();
        if (hidden > 1 && context.settings().groundCost() == GroundCost.BALANCED) {
            throw new IllegalArgumentException(
                    "ground cost 'balanced' is for networks of different widths with one hidden layer; "
                            + "use weights or activations.");
        }
        Refinement refinement = new Refinement(a, b, Optional.empty());
        double[] readFrom = new double[0]; // what terms of slots are divided by
        for (int layer = 0; layer < hidden; layer++) {
            Pair pair = new Pair(refinement.a(), refinement.b(), layer);
            TransportPlan plan = TransportSolver.solve(pair.costs(readFrom, context));
            double scale = Math.sqrt((double) pair.ofA.size() * pair.ofB.size());
            readFrom = plan.pieces().stream()
                    .mapToDouble(piece -> piece.mass() * scale)
                    .toArray();
            Optional<AssignmentQuality> quality = hidden > 1
                    ? Optional.empty()
                    : Optional.of(new AssignmentQuality(scale * plan.cost(), scale * plan.dualityGap()));
            refinement = new Refinement(
                    cut(
                            pair.a,
                            pair.ofA,
                            plan.pieces().stream().mapToInt(Piece::row).toArray(),
                            plan),
                    cut(
                            pair.b,
                            pair.ofB,
                            plan.pieces().stream().mapToInt(Piece::column).toArray(),
                            plan),
                    quality);
        }
        return refinement;
    }

    /** Returns the architecture of refinements, each layer with as many slots as it can get. */
    static Architecture largest(Architecture a, Architecture b) {
        List<Integer> slots = new ArrayList<>();
        for (int layer = 0; layer < a.hiddenUnits().size(); layer++) {
            int n = a.hiddenUnits().get(layer).size();
            int m = b.hiddenUnits().get(layer).size();
            slots.add(n == m ? n : n + m - 1);
        }
        return a.withWidths(slots);
    }

    /** Returns what the transports take: n m D for the distances, and some n + m searches of n m steps at worst. */
    static Work cost(Architecture a, Architecture b) {
        List<Transition> ofA = Transition.of(a);
        List<Transition> ofB = Transition.of(b);
        Work sum = Work.NOTHING;
        for (int layer = 0; layer < ofA.size(); layer++) {
            double n = ofA.get(layer).size();
            double m = ofB.get(layer).size();
            double length = Math.max(ofA.get(layer).length(), ofB.get(layer).length());
            sum = sum.plus(new Work(0, n * m * (length + n + m), 3 * 8 * n * m, false));
        }
        return sum;
    }

    /** A hidden layer of both networks, those below it cut. */
    private static final class Pair {
        private final Network a;
        private final Network b;
        private final Transition ofA;
        private final Transition ofB;

        Pair(Network a, Network b, int layer) {
            this.a = a;
            this.b = b;
            this.ofA = Transition.of(a.architecture()).get(layer);
            this.ofB = Transition.of(b.architecture()).get(layer);
            OtConnector.requireInterchangeable(ofA);
        }

        CostMatrix costs(double[] readFrom, ConnectContext context) {
            if (context.settings().groundCost() == GroundCost.ACTIVATIONS) {
                return MatchingCosts.decorrelations(
                        ofA, a.weights(), ofB, b.weights(), context.trainFor("ground cost 'activations'"));
            }
            boolean balanced = context.settings().groundCost() == GroundCost.BALANCED;
            return MatchingCosts.squaredDistances(
                    neurons(ofA, a.weights(), ofB.size(), readFrom, balanced),
                    ofA.size(),
                    neurons(ofB, b.weights(), ofA.size(), readFrom, balanced),
                    ofB.size());
        }
    }

    /** Returns what is compared of a layer's units, a row each. */
    private static double[] neurons(
            Transition layer, Weights weights, int others, double[] readFrom, boolean balanced) {
        int n = layer.size();
        int length = layer.length();
        int incoming = length - layer.outgoing();
        int compared = layer.isLast() ? length : incoming;
        int perSlot = layer.layer().layer().weight().elements() / n / Math.max(1, readFrom.length);
        double density = Math.sqrt((double) n / others);
        double[] joint = layer.joint(weights);
        double[] neurons = new double[n * compared];
        for (int unit = 0; unit < n; unit++) {
            for (int i = 0; i < compared; i++) {
                boolean ofSlot = i < perSlot * readFrom.length; // a row stands first, slot by slot
                double factor = ofSlot ? 1 / Math.sqrt(readFrom[i / perSlot]) : i < incoming ? 1 : density;
                neurons[unit * compared + i] = factor * joint[unit * length + i];
            }
        }
        return balanced ? MatchingCosts.balanced(layer, neurons) : neurons;
    }

    /** Returns a network whose slot k is a piece of unit {@code units[k]}. */
    private static Network cut(Network network, Transition layer, int[] units, TransportPlan plan) {
        double[] parts = new double[units.length];
        Arrays.setAll(parts, k -> plan.pieces().get(k).mass() * layer.size());
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        for (UnitGroup.Slice slice : layer.units().slices()) {
            Tensor pieces = network.weights().get(slice.tensor()).gather(slice.dimension(), slice.block(), units);
            boolean outgoing = slice.tensor().equals(layer.next().weight());
            tensors.put(slice.tensor(), outgoing ? scaled(pieces, slice, parts) : pieces);
        }
        Architecture architecture = network.architecture();
        List<Integer> widths = new ArrayList<>(
                architecture.hiddenUnits().stream().map(UnitGroup::size).toList());
        widths.set(layer.number() - 1, units.length);
        return new Network(architecture.withWidths(widths), Weights.of(tensors), network.provenance());
    }

    private static Tensor scaled(Tensor pieces, UnitGroup.Slice slice, double[] parts) {
        double[] values = pieces.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] *= parts[slice.unit(pieces.shape(), i)];
        }
        return Tensor.rounded(pieces.shape(), values, pieces.precision());
    }
}
