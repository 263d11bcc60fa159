package org.thalweg.path;

import org.thalweg.network.Weights;

/** One stretch of a {@link Path}, with a position s of its own in [0, 1]. Immutable and safe for use by many threads. */
public sealed interface Leg permits CurveLeg, ReorderLeg, ComputedLeg {
    /** Returns the leg's name: {@code curve}, {@code output}, {@code reorder}, … */
    String name();

    /**
     * Returns the weights at {@code s}; 0 and 1 give the stored ends bit for bit.
     *
     * @throws IllegalArgumentException if s is outside [0, 1] or NaN
     */
    Weights at(double s);
}
