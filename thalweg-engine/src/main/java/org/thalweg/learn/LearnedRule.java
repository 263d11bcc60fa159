package org.thalweg.learn;

import java.util.Map;
import java.util.Objects;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ComputedLeg;

/**
 * The points of a path through noise, ψ(t) = ν⁻¹[cos(πt/2) ν(θᴬ) + sin(πt/2) ν(θᴮ)], neuron by neuron.
 *
 * <p>ν⁻¹(ν(θ)) is θ only to rounding, so ψ is corrected by (1−t)(θᴬ − ψ(0)) + t(θᴮ − ψ(1)), which is continuous and makes the
 * ends exact. Coordinates that bypass the map, and the output bias, move on the straight line. A point costs two passes
 * towards noise and one back for n neurons; the two gaps are computed once.
 */
public final class LearnedRule implements ComputedLeg.Rule {
    /** Neurons that are mapped together: their values at one layer stay in cache. */
    static final int BLOCK = 256;

    private final LearnedMap map;
    private final Neurons neurons;
    private final Weights a;
    private final Weights b;
    private final double[] start; // [D, n]
    private final double[] end;
    private final double[] gapAtStart; // θᴬ − ψ(0)
    private final double[] gapAtEnd;

    private LearnedRule(LearnedMap map, Architecture architecture, Weights a, Weights b) {
        this.map = map;
        this.neurons = new Neurons(architecture);
        this.a = a;
        this.b = b;
        this.start = neurons.of(a);
        this.end = neurons.of(b);
        this.gapAtStart = difference(start, points(0));
        this.gapAtEnd = difference(end, points(1));
    }

    /**
     * Returns the points between two networks; an {@link Engine} must have been started.
     *
     * @throws org.thalweg.network.MismatchException if the map is of other neurons
     * @throws SingularMapException if the map answers NaN or infinity at an end
     */
    public static LearnedRule between(LearnedMap map, Architecture architecture, Weights a, Weights b) {
        map.requireFits(architecture);
        return Engine.here(() -> new LearnedRule(map, architecture, a, b));
    }

    private static double[] difference(double[] exact, double[] mapped) {
        double[] gap = new double[exact.length];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = exact[i] - mapped[i];
            if (!Double.isFinite(gap[i])) {
                throw new SingularMapException(
                        "the learned map answers NaN or infinity for a neuron of these networks; they are unlike those that it was trained on.");
            }
        }
        return gap;
    }

    /** Returns ψ(t) before its correction, [D, n] row-major. */
    private double[] points(double t) {
        Precision precision = a.precision();
        int rows = neurons.dimension();
        int n = neurons.count();
        try (DeviceValues parameters = DeviceValues.of(map.parameters(), precision);
                Scope scope = Scope.open()) {
            NeuronMap mapping = new NeuronMap(map.shape(), parameters, map.halves());
            DeviceTensor from = DeviceTensor.of(start, rows, n).to(precision);
            DeviceTensor to = DeviceTensor.of(end, rows, n).to(precision);
            DeviceTensor points = DeviceTensor.zeros(Precision.FLOAT64, rows, n);
            for (int column = 0; column < n; column += BLOCK) {
                int width = Math.min(BLOCK, n - column);
                try (Scope block = Scope.open()) {
                    DeviceTensor point = point(
                            mapping,
                            from.narrow(1, column, width).copied(),
                            to.narrow(1, column, width).copied(),
                            t);
                    points.narrow(1, column, width).copyFrom(point);
                }
            }
            return points.toDoubles();
        }
    }

    private DeviceTensor point(NeuronMap mapping, DeviceTensor from, DeviceTensor to, double t) {
        Standardisation scaling = map.standardisation();
        NeuronMap.Point point = mapping.between(scaling.standardised(from), scaling.standardised(to), t);
        DeviceTensor straight = from.times(1 - t).addInPlace(to, t);
        return scaling.restored(point.columns(), straight);
    }

    @Override
    public Weights at(double s) {
        return Engine.here(() -> {
            double[] columns = points(s);
            for (int i = 0; i < columns.length; i++) {
                columns[i] += (1 - s) * gapAtStart[i] + s * gapAtEnd[i];
            }
            return neurons.withOutputBias(neurons.with(columns, a), a, b, s);
        });
    }

    @Override
    public Map<String, String> facts() {
        return map.facts();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return map.tensors();
    }

    /** Restores the rule of a path file; IllegalArgumentException if it holds no map of such networks. */
    public static ComputedLeg.Rule read(
            Architecture architecture,
            Weights start,
            Weights end,
            Map<String, String> facts,
            Map<String, Tensor> tensors) {
        return between(LearnedMap.of(facts, tensors), architecture, start, end);
    }

    /** Returns whether both compute the same points. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LearnedRule rule
                && facts().equals(rule.facts())
                && tensors().equals(rule.tensors())
                && a.equals(rule.a)
                && b.equals(rule.b);
    }

    @Override
    public int hashCode() {
        return Objects.hash(a, b);
    }

    @Override
    public String toString() {
        return map.method();
    }
}
