package org.thalweg.path;

import java.util.Arrays;

/**
 * The Bézier curve of k controls, as trained curves use it (Garipov et al. 2018, arXiv:1802.10026): it touches the first and
 * the last control only; k = 2 is the straight line.
 *
 * @param controls k, from 2 to {@value #MOST_CONTROLS}
 */
public record BezierCurve(int controls) implements Curve {
    /** The most controls: coefficients take k² steps, and long before this they are too many to train. */
    public static final int MOST_CONTROLS = 1000;

    /**
     * Checks k.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public BezierCurve {
        if (controls < 2 || controls > MOST_CONTROLS) {
            throw new IllegalArgumentException(
                    "a Bézier curve of " + controls + " controls; it takes 2 to " + MOST_CONTROLS + ".");
        }
    }

    // c_j(t) = C(k-1, j) t^j (1-t)^(k-1-j), built up from degree to degree as de Casteljau does:
    // c_j of degree n = (1-t) c_j + t c_(j-1) of degree n-1. No binomial overflows, and the ends are exact.
    @Override
    public void coefficients(double t, double[] out) {
        Curve.requireUnit(t);
        Arrays.fill(out, 0, controls, 0.0);
        out[0] = 1;
        for (int degree = 1; degree < controls; degree++) {
            for (int j = degree; j > 0; j--) {
                out[j] = (1 - t) * out[j] + t * out[j - 1];
            }
            out[0] *= 1 - t;
        }
    }

    @Override
    public int endControl() {
        return controls - 1;
    }

    @Override
    public String text() {
        return "bezier(" + controls + ")";
    }
}
