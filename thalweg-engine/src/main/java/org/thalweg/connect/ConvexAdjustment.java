package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.connect.ConvexFit.Refit;
import org.thalweg.connect.RefitObjective.Level;
import org.thalweg.data.Examples;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.KnotChain;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.OutputRefits;

/**
 * Convex adjustment: the layers below the output layer follow another method's path, and at knots along it the output layer is
 * refitted to the labels or targets of the training examples, which is a convex problem ({@link ConvexFit}); between knots it runs
 * straight.
 *
 * <p>Legs: {@code refit-a}, A's output layer to its refit; the other method's, but those that move the output layer alone;
 * {@code refit-b}, B's refit to B. On the first and the last the output layer moves alone, so their worst loss is at an end. Re-ordering
 * comes where it does on that path, the refitted output layer taken along: where the loss lies far below the ends. B is
 * refitted with its units in their own order, and re-listed for what comes before a re-ordering at the end. Cost: the other
 * method's; per knot features, one forward pass below the output layer over all examples, and a solve; and
 * three looks between any two neighbouring knots ({@link KnotSearch}).
 *
 * @param name the method's whole name, such as {@code ot+ca}
 * @param base whose path it follows
 */
record ConvexAdjustment(String name, Connector base) implements Connector {
    /** Refits and looks of a path: two ends, three knots, four places that are looked at. Only the path itself tells. */
    private static final int TYPICAL_REFITS = 9;

    /** Products of features and weights in a refit: seven evaluations, forth and back. */
    private static final int TYPICAL_PASSES = 14;

    /** An end of the path and what a refit makes of it. */
    private record End(Level own, Refit refit) {}

    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Examples train = context.trainFor("method '" + name + "'", Alike.of(a, b));
        Path path = base.connect(a, b, context);
        Refits refits = Refits.of(a, train, context);
        double lambda = LambdaChoice.of(context.settings().convex().lambda(), List.of(a, b), refits);
        End atA = end(refits, lambda, a.weights());
        End atB = end(refits, lambda, b.weights());
        Along along = new Along(new KnotSearch(refits, lambda, worse(atA.own(), atB.own())), atA.refit());
        along.follow(path.legs(), refits.replaced(b.weights(), atB.refit().output()), atB.refit());
        List<Leg> legs = new ArrayList<>();
        legs.add(outputLeg("refit-a", refits, a.weights(), atA.refit().output()));
        legs.addAll(along.legs);
        legs.add(outputLeg("refit-b", refits, legs.get(legs.size() - 1).at(1), b.weights()));
        OutputRefits knots = new OutputRefits(lambda, refits.loss().text(), along.knots);
        return new Path(a.architecture(), name, legs, RefitFacts.with(path.provenance(), knots));
    }

    // ends, knots and looks between them; each solve reads the features forth and back some times, from memory where
    // they fit
    @Override
    public Optional<Work> cost(Sizes sizes) {
        List<Affine> affine = sizes.a().affine();
        Affine output = affine.get(affine.size() - 1);
        double examples = sizes.examples();
        double features = examples * output.layer().inputs() * sizes.precision().bytes();
        boolean recomputes = features > (double) sizes.cacheBytes();
        double below = examples * sizes.layers(0, output.position()).multiplyAdds();
        double products = examples * TYPICAL_PASSES * output.layer().weight().elements();
        Work refit = new Work(
                below * (recomputes ? TYPICAL_PASSES / 2 : 1), products, recomputes ? 0 : features, recomputes);
        return base.cost(sizes).map(refit.times(TYPICAL_REFITS)::plus);
    }

    private static End end(Refits refits, double lambda, Weights weights) {
        return refits.at(
                weights,
                lambda,
                objective -> new End(objective.level(objective.joined(weights)), refits.refit(objective, weights)));
    }

    private static Level worse(Level a, Level b) {
        return new Level(Math.max(a.loss(), b.loss()), Math.min(a.accuracy(), b.accuracy()));
    }

    /** Returns the leg on which the output layer alone moves, to that of {@code to}. */
    private static Leg outputLeg(String name, Refits refits, Weights from, Weights to) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        from.asMap().forEach((tensor, value) -> tracks.put(tensor, Track.resting(value)));
        refits.layer().names().forEach(tensor -> tracks.put(tensor, Track.linear(from.get(tensor), to.get(tensor))));
        return new CurveLeg(name, tracks);
    }

    /** Follows the legs of the other method's path, carrying the refit of where it stands. */
    private static final class Along {
        private final KnotSearch search;
        private final Refits refits;
        private final List<Leg> legs = new ArrayList<>();
        private final List<OutputRefits.Leg> knots = new ArrayList<>();
        private Refit here;

        Along(KnotSearch search, Refit start) {
            this.search = search;
            this.refits = search.refits();
            this.here = start;
        }

        /**
         * Follows legs to B.
         *
         * @param end B with its output layer refitted
         * @param refit that refit
         */
        void follow(List<Leg> path, Weights end, Refit refit) {
            List<Leg> moving = path.stream().filter(this::movesHidden).toList();
            int trailing = moving.size(); // what comes from here on re-lists B
            Weights listed = end;
            while (trailing > 0 && moving.get(trailing - 1) instanceof ReorderLeg reorder) {
                listed = reorder.group().relist(listed, reorder.held());
                trailing--;
            }
            for (int i = 0; i < moving.size(); i++) {
                if (moving.get(i) instanceof ReorderLeg reorder) {
                    carry(reorder);
                } else {
                    CurveLeg curve = (CurveLeg) moving.get(i);
                    refitAlong(curve, i == trailing - 1 ? refit.with(listed) : refitAt(curve.at(1)));
                }
            }
        }

        private boolean movesHidden(Leg leg) {
            return !(leg instanceof CurveLeg curve)
                    || curve.tracks().entrySet().stream()
                            .anyMatch(track -> track.getValue().moves()
                                    && !refits.layer().names().contains(track.getKey()));
        }

        private Refit refitAt(Weights point) {
            return refits.at(point, search.lambda(), objective -> refits.refit(objective, here.output()));
        }

        private void carry(ReorderLeg leg) {
            ReorderLeg moved = leg.from(refits.replaced(leg.start(), here.output()));
            legs.add(moved);
            here = here.with(moved.end());
        }

        private void refitAlong(CurveLeg leg, Refit end) {
            KnotSearch.Found found = search.between(here, end, leg::at);
            KnotChain chain = new KnotChain(List.copyOf(found.knots().keySet()));
            Map<String, Track> tracks = new LinkedHashMap<>(leg.tracks());
            for (String tensor : refits.layer().names()) {
                List<Tensor> controls = found.knots().values().stream()
                        .map(refit -> refit.output().get(tensor))
                        .toList();
                tracks.put(tensor, new Track(chain, controls));
            }
            legs.add(new CurveLeg(leg.name(), tracks));
            knots.add(new OutputRefits.Leg(
                    leg.name(),
                    List.copyOf(found.knots().keySet()),
                    found.knots().values().stream().map(Refit::certificate).toList(),
                    found.knots().values().stream().map(Refit::passes).toList(),
                    found.above()));
            here = end;
        }
    }
}
