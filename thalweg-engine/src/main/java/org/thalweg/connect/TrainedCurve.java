package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.TrainingCost;
import org.thalweg.train.CurveState;
import org.thalweg.train.CurveTrainer;

/**
 * A curve whose inner controls are trained (Garipov et al. 2018, arXiv:1802.10026), from the points of another method's path.
 *
 * <p>That path is cut before the re-ordering at its end, so that the controls list A's units throughout; its K points at
 * t = j/(K−1) are the first controls; what was cut follows the trained curve as it is. Any architecture that can be trained.
 * Work: the start's, and epochs × (an epoch of training + forming ψ(t) and moving K−2 controls at each step).
 *
 * @param name the method's whole name, such as {@code ot:garipov-3}
 * @param start where the controls come from
 * @param curve the K controls' coefficients
 */
record TrainedCurve(String name, Connector start, Curve curve) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Examples train = context.trainFor("method '" + name + "'");
        Path begun = start.connect(a, b, context);
        int cut = cut(begun.legs());
        CurveTrainer trainer = new CurveTrainer(
                a.architecture(),
                curve,
                context.settings().curve().of(a.architecture(), train),
                context.seed().child("curve"));
        CurveState state = context.checkpoints().resume(name, CurveState.at(points(begun, cut)));
        CurveState end = trainer.train(
                context.engine(), train, state, epoch -> context.checkpoints().onEpoch(name, epoch));
        List<Leg> legs = new ArrayList<>(List.of(new CurveLeg("curve", tracks(end.controls()))));
        legs.addAll(begun.legs().subList(cut, begun.legs().size()));
        return new Path(a.architecture(), name, legs, provenance(begun, trainer, train));
    }

    // backward twice the forward pass; what is done to weights is small beside a mini-batch
    @Override
    public Optional<Work> cost(Sizes sizes) {
        double passes = 3.0 * sizes.settings().curve().recipe().epochs() * sizes.examples();
        double each = sizes.layers(0, sizes.a().layers().size()).multiplyAdds();
        double bytes = 2.0 * curve.controls() * sizes.networkBytes(); // controls and how they move
        Work training = new Work(passes * each, 0, bytes, false);
        return start.cost(sizes).map(training::plus);
    }

    /** Returns how many legs come before the re-ordering at the path's end. */
    private int cut(List<Leg> legs) {
        int cut = legs.size();
        while (cut > 0 && legs.get(cut - 1) instanceof ReorderLeg) {
            cut--;
        }
        if (cut == 0 || legs.subList(0, cut).stream().anyMatch(ReorderLeg.class::isInstance)) {
            throw new IllegalArgumentException(
                    "method '" + name
                            + "' starts from a path that re-orders units on the way; it can only be trained where re-ordering comes last.");
        }
        return cut;
    }

    private List<Weights> points(Path begun, int cut) {
        Path rest = new Path(begun.architecture(), begun.method(), begun.legs().subList(0, cut), begun.provenance());
        List<Weights> points = new ArrayList<>();
        for (int j = 0; j < curve.controls(); j++) {
            points.add(rest.at((double) j / (curve.controls() - 1)));
        }
        return points;
    }

    private Map<String, Track> tracks(List<Weights> controls) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        for (String tensor : controls.get(0).asMap().keySet()) {
            List<Tensor> own =
                    controls.stream().map(control -> control.get(tensor)).toList();
            tracks.put(tensor, new Track(curve, own));
        }
        return tracks;
    }

    /** Returns the start's facts with the cost added to that of a start that was trained itself. */
    private static Provenance provenance(Path begun, CurveTrainer trainer, Examples train) {
        int epochs = trainer.settings().recipe().epochs();
        TrainingCost cost =
                Methods.training(begun).orElse(TrainingCost.NONE).plus(epochs, (long) epochs * trainer.steps(train));
        return begun.provenance()
                .with(Methods.TRAINING_EPOCHS, "" + cost.epochs())
                .with(Methods.TRAINING_STEPS, "" + cost.steps())
                .with("training.settings", trainer.settings().text());
    }
}
