package org.thalweg.learn;

/** What becomes of the correlations between coordinates before a map sees them. */
public enum Whitening {
    /** They stay: each coordinate is scaled by itself. */
    NONE,
    /** Neurons are turned to their principal axes, of which each is scaled by itself. */
    PRINCIPAL_AXES;

    /** Returns the name in provenance. */
    public String text() {
        return this == NONE ? "none" : "axes";
    }
}
