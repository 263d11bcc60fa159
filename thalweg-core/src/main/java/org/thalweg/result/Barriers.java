package org.thalweg.result;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far the path rises above its ends, in the three usual definitions, none negative. For accuracies signs are turned: a
 * barrier is always how much worse it gets.
 *
 * @param interpolated max over t of L(t) − [(1−t) L(0) + t L(1)] (Entezari et al. 2021, arXiv:2110.06296)
 * @param mean max over t of L(t) − (L(0) + L(1))/2 (Frankle et al. 2020, arXiv:1912.05671)
 * @param worseEnd max over t of L(t) − max(L(0), L(1))
 */
public record Barriers(Measures interpolated, Measures mean, Measures worseEnd) {
    /**
     * Returns the barriers of a path from its sampled points, by t, first and last being its ends, and its worst values,
     * which may lie between samples where they are exact.
     */
    public static Barriers of(List<ProfilePoint> points, WorstMeasures worst) {
        Measures start = points.get(0).measures();
        Measures end = points.get(points.size() - 1).measures();
        return new Barriers(
                Measures.of(worst.loss(), m -> {
                    ToDoubleFunction<Double> line = t -> (1 - t) * start.get(m) + t * end.get(m);
                    Worst w = worst.get(m);
                    double barrier = Math.max(0, m.excess(w.value(), line.applyAsDouble(w.t())));
                    for (ProfilePoint point : points) {
                        double excess = m.excess(point.measures().get(m), line.applyAsDouble(point.t()));
                        barrier = Math.max(barrier, excess);
                    }
                    return barrier;
                }),
                Measures.of(
                        worst.loss(),
                        m -> Math.max(0, m.excess(worst.get(m).value(), (start.get(m) + end.get(m)) / 2))),
                Measures.of(
                        worst.loss(),
                        m -> Math.max(0, m.excess(worst.get(m).value(), m.worse(start.get(m), end.get(m))))));
    }
}
