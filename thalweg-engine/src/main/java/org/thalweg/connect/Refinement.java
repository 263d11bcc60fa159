package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.assign.CostMatrix;
import org.thalweg.assign.GluedPlan;
import org.thalweg.assign.TransportPlan;
import org.thalweg.assign.TransportSolver;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.result.AssignmentQuality;

/**
 * Networks of one architecture that compute what networks of different widths compute, slot k of each to go with slot k of the
 * others.
 *
 * <p>A hidden layer of n units is a measure in which each has mass 1/n; the m units of another network share the same mass. The
 * exact {@link TransportSolver transport} from the first network to each other one cuts units into pieces, at most n + m − 1 of two
 * networks; those of more are {@link GluedPlan glued} along the units of the first. The pieces become the slots: a piece
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
 * transport per hidden layer and network after the first.
 *
 * @param networks each computes what the one that it was made of computes
 * @param quality cost, √(nm) Σ p C, and gap of the transport where there are two networks of one hidden layer, for which it is the
 *     best there is
 */
record Refinement(List<Network> networks, Optional<AssignmentQuality> quality) {
    Refinement {
        networks = List.copyOf(networks);
    }

    /**
     * Returns the refinement of networks.
     *
     * @param networks at least two, which differ in widths only
     * @throws IllegalArgumentException if a layer's units cannot be matched, or costs are balanced in a deep network
     * @throws org.thalweg.network.MismatchException if they differ in precision
     */
    static Refinement of(List<Network> networks, ConnectContext context) {
        Network first = networks.get(0);
        networks.forEach(other -> Alike.requireOnePrecision(first, other));
        int hidden = Transition.of(first.architecture()).size();
        if (hidden > 1 && context.settings().groundCost() == GroundCost.BALANCED) {
            throw new IllegalArgumentException(
                    "ground cost 'balanced' is for networks of different widths with one hidden layer; "
                            + "use weights or activations.");
        }
        List<Network> cut = networks;
        List<TransportPlan> plans = List.of();
        double[] masses = {}; // of the slots that the layer reads
        for (int layer = 0; layer < hidden; layer++) {
            plans = plans(networks, cut, layer, masses, context);
            GluedPlan slots = GluedPlan.of(plans);
            cut = cut(cut, layer, slots);
            masses = slots.masses();
        }
        boolean isBest = hidden == 1 && networks.size() == 2;
        return new Refinement(cut, isBest ? Optional.of(quality(networks, plans.get(0))) : Optional.empty());
    }

    /** Returns the transports of a layer's units from the first network to each other one, layers below it cut to slots. */
    private static List<TransportPlan> plans(
            List<Network> given, List<Network> cut, int layer, double[] masses, ConnectContext context) {
        List<TransportPlan> plans = new ArrayList<>();
        for (int k = 1; k < given.size(); k++) {
            double scale = layer == 0 ? 1 : scale(given.get(0), given.get(k), layer - 1);
            double[] densities = Arrays.stream(masses).map(mass -> mass * scale).toArray();
            Pair pair = new Pair(cut.get(0), cut.get(k), layer);
            plans.add(TransportSolver.solve(pair.costs(densities, context)));
        }
        return plans;
    }

    private static AssignmentQuality quality(List<Network> pair, TransportPlan plan) {
        double scale = scale(pair.get(0), pair.get(1), 0);
        return new AssignmentQuality(scale * plan.cost(), scale * plan.dualityGap());
    }

    /** Returns √(nm) of a hidden layer of n and of m units. */
    private static double scale(Network a, Network b, int layer) {
        double n = a.architecture().hiddenUnits().get(layer).size();
        double m = b.architecture().hiddenUnits().get(layer).size();
        return Math.sqrt(n * m);
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

    private static List<Network> cut(List<Network> networks, int layer, GluedPlan slots) {
        List<Network> cut = new ArrayList<>();
        for (int k = 0; k < networks.size(); k++) {
            int[] units = k == 0 ? slots.rows() : slots.columns(k - 1);
            cut.add(cut(networks.get(k), layer, units, slots.masses()));
        }
        return cut;
    }

    /** Returns a network whose slot k is a piece of unit {@code units[k]}. */
    private static Network cut(Network network, int number, int[] units, double[] masses) {
        Transition layer = Transition.of(network.architecture()).get(number);
        double[] parts = new double[units.length];
        Arrays.setAll(parts, k -> masses[k] * layer.size());
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        for (UnitGroup.Slice slice : layer.units().slices()) {
            Tensor pieces = network.weights().get(slice.tensor()).gather(slice.dimension(), slice.block(), units);
            boolean outgoing = slice.tensor().equals(layer.next().weight());
            tensors.put(slice.tensor(), outgoing ? scaled(pieces, slice, parts) : pieces);
        }
        Architecture architecture = network.architecture();
        List<Integer> widths = new ArrayList<>(
                architecture.hiddenUnits().stream().map(UnitGroup::size).toList());
        widths.set(number, units.length);
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
