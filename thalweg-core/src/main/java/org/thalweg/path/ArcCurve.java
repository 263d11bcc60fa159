package org.thalweg.path;

/**
 * The arc ψ(t) = μ + cos(πt/2)(A−μ) + sin(πt/2)(B−μ) over the controls A, B, μ: it keeps mean and covariance of any
 * distribution with mean μ that A's and B's neurons are independent samples of (Anokhin and Yarotsky 2020).
 */
public enum ArcCurve implements Curve {
    /** The only arc: its shape has no parameters. */
    ARC;

    @Override
    public int controls() {
        return 3;
    }

    // psi(t) = cA A + cB B + (1 - cA - cB) mu,  cA = cos(pi t/2),  cB = sin(pi t/2)
    @Override
    public void coefficients(double t, double[] out) {
        Curve.requireUnit(t);
        // cos(pi/2) is 6e-17 in binary64, so the ends are set, not computed. StrictMath: same bits on every machine.
        double a = t == 1 ? 0 : StrictMath.cos(Math.PI * t / 2);
        double b = t == 1 ? 1 : StrictMath.sin(Math.PI * t / 2);
        out[0] = a;
        out[1] = b;
        out[2] = t == 0 || t == 1 ? 0 : 1 - a - b;
    }

    @Override
    public int endControl() {
        return 1;
    }

    @Override
    public String text() {
        return "arc";
    }
}
