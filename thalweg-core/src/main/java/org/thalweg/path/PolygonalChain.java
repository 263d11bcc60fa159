package org.thalweg.path;

import java.util.Arrays;

/**
 * Straight segments through k controls at t = 0, 1/(k−1), …, 1 (Garipov et al. 2018, arXiv:1802.10026); k = 2 is the
 * straight line, k = 1 rests.
 *
 * @param controls k, at least 1
 */
public record PolygonalChain(int controls) implements Curve {
    /** One control that does not move. */
    public static final PolygonalChain CONSTANT = new PolygonalChain(1);

    /** ψ(t) = (1−t) A + t B. */
    public static final PolygonalChain LINEAR = new PolygonalChain(2);

    public PolygonalChain {
        if (controls < 1) {
            throw new IllegalArgumentException("a chain of " + controls + " controls; it needs at least one.");
        }
    }

    // psi(t) = (1-s) w_j + s w_(j+1),  j = min(floor(t (k-1)), k-2),  s = t (k-1) - j
    @Override
    public void coefficients(double t, double[] out) {
        Curve.requireUnit(t);
        Arrays.fill(out, 0, controls, 0.0);
        if (controls == 1) {
            out[0] = 1;
            return;
        }
        double position = t * (controls - 1);
        int j = Math.min((int) position, controls - 2);
        double s = position - j;
        out[j] = 1 - s;
        out[j + 1] = s;
    }

    @Override
    public int endControl() {
        return controls - 1;
    }

    @Override
    public String text() {
        return switch (controls) {
            case 1 -> "constant";
            case 2 -> "linear";
            default -> "chain(" + controls + ")";
        };
    }
}
