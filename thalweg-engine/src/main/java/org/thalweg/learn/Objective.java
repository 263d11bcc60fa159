package org.thalweg.learn;

import java.util.Locale;

/** What a map is trained for. */
public enum Objective {
    /** Greatest likelihood of the neurons of the training networks. */
    FLOW,
    /** Least expected loss along the paths between pairs of training networks. */
    BIJECTION;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
