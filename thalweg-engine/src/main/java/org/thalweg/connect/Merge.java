package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Scope;
import org.thalweg.evaluate.NormStatistics;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Layer;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Makes one network of several: brings their units into one order, takes the mean of what stands in each slot, and repairs
 * what averaging breaks.
 *
 * <p>Networks of different widths are first cut to one architecture along the transports of the first one's units to those of the
 * others ({@link Refinement}), which the merged network then has, too.
 *
 * <p>Repairs, from the input to the output: batch norm's statistics are measured anew, always; with {@code +wa} each layer
 * after the first becomes the least-squares fit of the mean of the networks' own pre-activations of it on the training
 * examples, given the merged features ({@link LayerFit} with the averaged layer as prior); with {@code +ca} the output layer
 * is then refitted to the labels ({@link ConvexFit}).
 *
 * @param method which of these
 * @param order whose order of units
 */
public record Merge(MergeMethod method, MergeOrder order) {
    /** Turns of {@link MergeOrder#MEAN}; each only lowers the distance, most end after a few. */
    private static final int MOST_TURNS = 20;

    /**
     * A merge.
     *
     * @param network the merged network, of unknown provenance
     * @param parents the networks, provenance kept, with their units in the merge's order
     */
    public record Merged(Network network, List<Network> parents) {
        public Merged {
            parents = List.copyOf(parents);
        }
    }

    /**
     * Merges networks.
     *
     * @param given at least two, of one precision and one architecture, where units are matched but for widths
     * @param context engine, training examples (for repairs) and settings
     * @throws IllegalArgumentException if there are fewer than two networks, or a repair lacks training examples
     * @throws org.thalweg.network.MismatchException if they differ in architecture or precision, or do not fit the examples
     */
    public Merged of(List<Network> given, ConnectContext context) {
        if (given.size() < 2) {
            throw new IllegalArgumentException("a merge needs at least two networks, got " + given.size() + ".");
        }
        List<Network> networks = ofOneWidth(given, context);
        Architecture architecture = networks.get(0).architecture();
        List<Weights> parents = networks.stream().map(Network::weights).toList();
        if (method.matches()) {
            parents = aligned(architecture, parents, context);
        }
        List<Network> listed = new ArrayList<>();
        for (int i = 0; i < parents.size(); i++) {
            listed.add(new Network(architecture, parents.get(i), networks.get(i).provenance()));
        }
        Weights merged = repaired(mean(parents), listed, context);
        return new Merged(new Network(architecture, merged, Provenance.UNKNOWN), listed);
    }

    private List<Network> ofOneWidth(List<Network> given, ConnectContext context) {
        Network first = given.get(0);
        boolean widthsDiffer = false;
        for (Network other : given) {
            if (first.architecture().differsInWidthsOnly(other.architecture())) {
                widthsDiffer = true;
            } else {
                Alike.of(first, other);
            }
        }
        if (!widthsDiffer) {
            return given;
        }
        if (!method.matches()) {
            throw new MismatchException("the networks differ in width, beginning with "
                    + first.architecture().text() + "; such are merged by ot, which matches their units first.");
        }
        return Refinement.of(given, context).networks();
    }

    private List<Weights> aligned(Architecture architecture, List<Weights> parents, ConnectContext context) {
        List<Weights> listed = new ArrayList<>(parents);
        for (int i = 1; i < listed.size(); i++) {
            align(architecture, parents.get(0), i, listed, context);
        }
        boolean moved = order == MergeOrder.MEAN;
        for (int turn = 0; moved && turn < MOST_TURNS; turn++) {
            moved = false;
            for (int i = 0; i < listed.size(); i++) {
                List<Weights> others = new ArrayList<>(listed);
                others.remove(i);
                moved |= align(architecture, mean(others), i, listed, context);
            }
        }
        return listed;
    }

    /** Brings one of the networks into the order of {@code reference}; returns whether any unit moved. */
    private static boolean align(
            Architecture architecture, Weights reference, int index, List<Weights> listed, ConnectContext context) {
        Alignment alignment = UnitMatching.of(architecture, reference, listed.get(index), context);
        listed.set(index, alignment.applied(listed.get(index), context));
        return !alignment.orders().isEmpty();
    }

    /** Returns the mean of each weight, summed in float64 and rounded once. */
    private static Weights mean(List<Weights> parents) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parents.get(0).asMap().forEach((name, first) -> {
            double[] mean = new double[first.shape().elements()];
            for (Weights parent : parents) {
                Tensor tensor = parent.get(name);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += tensor.get(i);
                }
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= parents.size();
            }
            tensors.put(name, Tensor.rounded(first.shape(), mean, first.precision()));
        });
        return Weights.of(tensors);
    }

    private Weights repaired(Weights mean, List<Network> parents, ConnectContext context) {
        Architecture architecture = parents.get(0).architecture();
        boolean norms = architecture.layers().stream().anyMatch(Layer.BatchNorm.class::isInstance);
        if (!norms && !method.adjusts() && !method.refits()) {
            return mean;
        }
        Examples train = context.trainFor("merging by '" + method.text() + "'", architecture);
        NormStatistics statistics = new NormStatistics(context.engine(), architecture, train);
        Weights repaired = mean;
        int done = 0; // layers before this position
        Optional<Affine> below = Optional.empty();
        for (Affine layer : architecture.affine()) {
            repaired = statistics.measured(repaired, done, layer.position());
            done = layer.position();
            if (method.adjusts() && below.isPresent()) {
                repaired = adjusted(repaired, layer, below.get(), parents, train, context);
            }
            below = Optional.of(layer);
        }
        return method.refits() ? refitted(repaired, parents, train, context) : repaired;
    }

    /**
     * Returns {@code weights} with one layer fitted. The fit of the mean of several targets is the mean of their fits: the
     * solution is linear in the target, and features and prior are the same.
     */
    private static Weights adjusted(
            Weights weights,
            Affine layer,
            Affine below,
            List<Network> parents,
            Examples train,
            ConnectContext context) {
        List<Weights> fits = new ArrayList<>();
        for (Network parent : parents) {
            try (Scope scope = Scope.open()) {
                LayerFit fit = new LayerFit(context, train, layer, below, weights, parent);
                fits.add(fit.solve(weights, weights));
            }
        }
        Weights fitted = mean(fits);
        return Transition.replaced(weights, List.copyOf(fitted.asMap().keySet()), fitted);
    }

    private static Weights refitted(Weights weights, List<Network> parents, Examples train, ConnectContext context) {
        Refits refits = Refits.of(parents.get(0), train, context);
        double lambda = LambdaChoice.of(context.settings().convex().lambda(), parents, refits);
        return refits.at(
                weights,
                lambda,
                objective -> refits.replaced(
                        weights, refits.refit(objective, weights).output()));
    }
}
