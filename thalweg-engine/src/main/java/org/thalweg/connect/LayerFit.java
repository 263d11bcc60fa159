package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;

/**
 * Fits one layer to A's pre-activations by least squares with a pull towards a prior:
 *
 * <pre>
 * W = argmin ‖W Φ − Y‖² + ρ τ ‖W − P‖²,  Φ = [f; 1],  τ = tr(ΦΦᵀ)/(d+1),  W = [w b]
 * W = P + Δ,  (ΦΦᵀ + ρτ I) Δᵀ = Φ (Y − PΦ)ᵀ
 * </pre>
 *
 * where f is what the layers below make of the training examples (of a convolution what its window sees: {@link
 * ColumnSample}) and Y what A's own layer makes of A's features. The right side comes from the residual Y − PΦ of each block:
 * ΦYᵀ − ΦΦᵀPᵀ would cancel.
 *
 * <p>The sums over the examples are taken here ({@link LayerSums}), or where the examples are ({@link ExampleSums}). Work per fit
 * of N columns: N d² multiply-adds for the Gram matrix (half of the square), the
 * layers above the lowest that moves, N d units for the residual, d³/3 for the Cholesky factor; the lowest layer runs once per
 * control of its curve for as many fits as memory holds sums of ({@link LayerSums}). Belongs to the scope it was made in.
 */
final class LayerFit {
    /**
     * Sums of places that another process sends at a time: two places at d = 2000. Whoever adds them up holds those of several parts,
     * and Spark's driver takes a gigabyte in all.
     */
    private static final long SENT_BYTES = 1L << 26;

    private final Engine engine;
    private final LayerProblem problem;
    private final double ridge;
    private final Sums sums;
    private final int together; // places whose sums are taken at a time

    /** Takes the sums of solves. */
    private interface Sums {
        List<NormalEquations> at(FitPlaces places);
    }

    /**
     * Prepares the sums over the training examples.
     *
     * @param layer the layer that is fitted
     * @param moving the lowest layer that differs between the fits, below the fitted one
     * @param resting weights of the layers below {@code moving}
     * @param a the network whose pre-activations of the layer are kept
     */
    LayerFit(ConnectContext context, Examples train, Affine layer, Affine moving, Weights resting, Network a) {
        this.engine = context.engine();
        this.ridge = context.settings().ridge();
        this.problem = new LayerProblem(
                ColumnSample.of(a.architecture(), layer, train.count()),
                moving,
                a.architecture(),
                resting,
                a.weights());
        this.sums = context.elsewhere().map(this::there).orElseGet(() -> here(train));
        LayerMatrix matrix = problem.matrix();
        this.together = context.elsewhere().isPresent()
                ? LayerSums.together(NormalEquations.bytes(matrix), SENT_BYTES)
                : LayerSums.together(
                        LayerSums.placeBytes(
                                matrix, problem.products(), problem.sample().columns()),
                        engine.cacheBytes());
    }

    private Sums here(Examples train) {
        return new LayerSums(engine, problem, train, 0)::at;
    }

    private Sums there(ExampleSums elsewhere) {
        return places -> Arrays.stream(elsewhere.of(new PartialLayerSums(problem, places)))
                .map(sums -> {
                    NormalEquations equations = new NormalEquations(engine, problem.matrix());
                    equations.add(sums);
                    return equations;
                })
                .toList();
    }

    /**
     * Returns what fits of layer k+1 of a transition take, layer k and it being all that moves.
     *
     * @param along places on a curve, fitted together
     * @param alone fits besides, one by one
     */
    static Work cost(Sizes sizes, Transition transition, int along, int alone) {
        Affine fitted = transition.next();
        int from = transition.layer().position();
        ColumnSample sample = ColumnSample.of(sizes.a(), fitted, sizes.examples());
        LayerMatrix matrix = new LayerMatrix(fitted, sizes.precision());
        double taken = sample.taken();
        double n = sample.columns();
        double d = matrix.columns();
        double units = matrix.units();
        double kept = taken
                * sizes.a().shapeBefore(from).elements()
                * matrix.precision().bytes();
        boolean recomputes = from > 0 && kept > LayerSums.keptBytes(sizes.cacheBytes());
        double place = LayerSums.placeBytes(matrix, sample.products(matrix), n);
        int together = LayerSums.together(place, sizes.cacheBytes());
        int groups = (along + together - 1) / together;
        double below = sizes.layers(0, from).multiplyAdds();
        double rest = recomputes ? (groups + alone) * below : 0;
        double moving = (2 * groups + alone)
                * sizes.layers(from, from + 1).multiplyAdds(); // both ends of the curve, or the place
        double above =
                (along + alone) * sizes.layers(from + 1, fitted.position()).multiplyAdds();
        double once = sizes.layers(0, fitted.position() + 1).multiplyAdds() + below;
        double product = n * d * d / 2 + 2 * n * d * units + d * d * d / 6 + d * d * units;
        double bytes = (recomputes ? 0 : kept)
                + sample.products(matrix).bytes() * n * units
                + Math.max(1, Math.min(along, together)) * place
                + 8 * d * d; // the factor
        return new Work(taken * (once + rest + moving + above), (along + alone) * product, bytes, recomputes);
    }

    /** Returns a prior of zeros. */
    Weights zero() {
        LayerMatrix matrix = problem.matrix();
        return matrix.split(new double[matrix.units() * matrix.columns()]);
    }

    /**
     * Returns the fitted layer where everything rests.
     *
     * @param point weights of the layers from {@code moving} to the fitted one
     * @param prior P: the layer's weight and, where there is one, bias
     */
    Weights solve(Weights point, Weights prior) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        below().forEach(name -> tracks.put(name, Track.resting(point.get(name))));
        return solve(new FitPlaces(tracks, List.of(0.0), List.of(prior))).get(0);
    }

    /** Returns the fitted layer at each place; as many at a time as memory allows, since places share most of their work. */
    List<Weights> solve(FitPlaces places) {
        Map<String, Track> tracks = new LinkedHashMap<>(places.tracks());
        tracks.keySet().retainAll(below());
        FitPlaces needed = new FitPlaces(tracks, places.places(), places.priors());
        int count = places.places().size();
        List<Weights> fitted = new ArrayList<>();
        for (int from = 0; from < count; from += together) {
            FitPlaces some = needed.some(from, Math.min(count, from + together));
            try (Scope scope = Scope.open()) {
                List<NormalEquations> equations = sums.at(some);
                for (int place = 0; place < equations.size(); place++) {
                    fitted.add(solved(equations.get(place), some.priors().get(place)));
                }
            }
        }
        return fitted;
    }

    /** Returns the names of the tensors of the layers from the lowest that moves to below the fitted one. */
    private Set<String> below() {
        return IntStream.range(problem.from(), problem.layer().position())
                .mapToObj(position -> problem.architecture().tensors(position).keySet())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private Weights solved(NormalEquations equations, Weights prior) {
        try (Scope scope = Scope.open()) {
            DeviceTensor change = equations.solved(ridge, problem.products()); // [d+1, units]
            DeviceTensor fitted = problem.joined(prior).to(Precision.FLOAT64).plus(change.transposed());
            return problem.matrix().split(fitted.toDoubles());
        }
    }
}
