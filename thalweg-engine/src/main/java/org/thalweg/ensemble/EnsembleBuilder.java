package org.thalweg.ensemble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.HeadFit;
import org.thalweg.connect.OutputRefit;
import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Makes WA-ensembles (Anokhin and Yarotsky 2020): the first network is whole; of each other one the head is kept, and the
 * head's lowest layer is adjusted so that it works on the first one's layers below ({@link HeadFit}).
 *
 * @param context the engine, the training examples, and for {@link HeadMethod#WA_CA} how output layers are refitted
 * @param ridge ρ of the adjustment, at least 0; empty to choose it on held-out examples
 * @param averaging what the members' mean is taken of
 */
public record EnsembleBuilder(ConnectContext context, OptionalDouble ridge, Averaging averaging) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if ρ is negative or not finite
     */
    public EnsembleBuilder {
        requireRidge(ridge);
    }

    /**
     * Checks ρ.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static void requireRidge(OptionalDouble ridge) {
        if (ridge.isPresent() && !(ridge.getAsDouble() >= 0 && Double.isFinite(ridge.getAsDouble()))) {
            throw new IllegalArgumentException("ridge is " + ridge.getAsDouble()
                    + " but must be 0 or positive and finite, or held-out; try 1e-6.");
        }
    }

    /**
     * Returns the ensemble of these networks on the first one's backbone. A head of all layers makes them independent: nothing
     * is adjusted.
     *
     * @param networks at least one; the first gives the backbone
     * @param head n, the number of layers W x + b in a head, the adjusted one included
     * @throws IllegalArgumentException if there is no network, n is not in 1 … L, or there are no training examples
     * @throws MismatchException if the networks differ in architecture or precision, or do not fit the examples
     */
    public Ensemble build(List<Network> networks, int head, HeadMethod method) {
        context.train().ifPresent(train -> train.requireLabels(EnsembleRunner.FOR_CLASSES));
        requireAlike(networks);
        int from = Ensemble.from(networks.get(0).architecture(), head);
        Ensemble adjusted = from == 0 ? Ensemble.independent(networks, averaging) : adjusted(networks, head, from);
        return method == HeadMethod.WA ? adjusted : refitted(adjusted, networks);
    }

    /**
     * Checks that networks can be members of one ensemble.
     *
     * @throws IllegalArgumentException if there is none
     * @throws MismatchException naming the first that differs in architecture or precision
     */
    public static void requireAlike(List<Network> networks) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("an ensemble needs at least one network.");
        }
        Architecture architecture = networks.get(0).architecture();
        Precision precision = networks.get(0).weights().precision();
        for (int i = 1; i < networks.size(); i++) {
            Network other = networks.get(i);
            if (!other.architecture().equals(architecture)) {
                throw new MismatchException(
                        "networks 1 and " + (i + 1) + " differ in architecture: " + architecture.text() + " and "
                                + other.architecture().text() + "; an ensemble needs networks of one architecture.");
            }
            if (other.weights().precision() != precision) {
                throw new MismatchException("networks 1 and " + (i + 1) + " differ in precision: " + precision + " and "
                        + other.weights().precision() + "; convert one of them.");
            }
        }
    }

    private Ensemble adjusted(List<Network> networks, int head, int from) {
        Network first = networks.get(0);
        Architecture architecture = first.architecture();
        int to = architecture.layers().size();
        List<Weights> heads = new ArrayList<>(List.of(Ensemble.part(architecture, from, to, first.weights())));
        Provenance provenance = Provenance.UNKNOWN;
        if (networks.size() > 1) {
            Architecture.Affine layer =
                    architecture.affine().get(architecture.affine().size() - head);
            List<Network> others = networks.subList(1, networks.size());
            List<HeadFit.Fitted> fits = new HeadFit(context.engine(), train(), layer, first, ridge).fit(others);
            for (int i = 0; i < fits.size(); i++) {
                Weights own =
                        Ensemble.part(architecture, from, to, others.get(i).weights());
                heads.add(replaced(own, fits.get(i).layer()));
                provenance = provenance.with(
                        "ridge." + (i + 2), Double.toString(fits.get(i).ridge()));
            }
        }
        Weights backbone = Ensemble.part(architecture, 0, from, first.weights());
        return new Ensemble(architecture, head, backbone, heads, averaging, provenance);
    }

    private Examples train() {
        return context.train()
                .orElseThrow(() -> new IllegalArgumentException(
                        "an ensemble on one backbone needs training examples; name a data set."));
    }

    private Ensemble refitted(Ensemble ensemble, List<Network> networks) {
        OutputRefit refit = OutputRefit.of(networks, context);
        Architecture architecture = ensemble.architecture();
        List<Weights> heads = new ArrayList<>();
        for (int i = 0; i < ensemble.size(); i++) {
            Weights weights = refit.refitted(ensemble.member(i)).weights();
            heads.add(Ensemble.part(
                    architecture, ensemble.from(), architecture.layers().size(), weights));
        }
        return new Ensemble(
                architecture,
                ensemble.head(),
                ensemble.backbone(),
                heads,
                averaging,
                ensemble.provenance().with("lambda", Double.toString(refit.lambda())));
    }

    private static Weights replaced(Weights weights, Weights by) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.putAll(by.asMap());
        return Weights.of(tensors);
    }
}
