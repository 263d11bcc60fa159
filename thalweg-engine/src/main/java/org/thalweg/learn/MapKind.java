package org.thalweg.learn;

import java.util.Locale;

/** How a layer of a map is made invertible. */
public enum MapKind {
    /** Coupling: half of the coordinates move as the other half says; inverse explicit (Dinh et al. 2016, arXiv:1605.08803). */
    REALNVP,
    /**
     * Autoregressive: each coordinate moves as those before it say; inverse by iteration (Kingma et al. 2016,
     * arXiv:1606.04934, with the masks of Germain et al. 2015, arXiv:1502.03509). Weights to noise is the one-pass direction.
     */
    IAF;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
