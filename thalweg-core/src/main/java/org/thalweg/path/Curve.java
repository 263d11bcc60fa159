package org.thalweg.path;

import java.io.Serializable;

/**
 * The coefficients of the control points at t: ψ(t) = Σ_j c_j(t) · control_j. A curve is only that; it holds no weights.
 *
 * <p>Implementations are immutable and safe for use by many threads. At t = 0 the first and at t = 1 the last end's
 * coefficient is exactly 1 and all others are exactly 0.
 */
public sealed interface Curve extends Serializable permits PolygonalChain, KnotChain, BezierCurve, ArcCurve {
    /** Returns the number of control points. */
    int controls();

    /**
     * Writes the coefficients at {@code t}; allocates nothing. O(controls), of a Bézier curve O(controls²).
     *
     * @param t position in [0, 1]
     * @param out receives {@link #controls()} values
     */
    void coefficients(double t, double[] out);

    /** Returns the control that the curve ends at; it starts at control 0. */
    int endControl();

    /**
     * Returns the curve as it stands in a path file: {@code constant}, {@code linear}, {@code chain(k)},
     * {@code knots(0.0,…,1.0)}, {@code bezier(k)}, {@code arc}.
     */
    String text();

    /**
     * Returns the curve that {@link #text()} prints as {@code text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Curve parse(String text) {
        return CurveText.parse(text);
    }

    /** Throws unless t lies in [0, 1]; NaN does not. */
    static void requireUnit(double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t is " + t + " but must lie between 0 and 1.");
        }
    }
}
