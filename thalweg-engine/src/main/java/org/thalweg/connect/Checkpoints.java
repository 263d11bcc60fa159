package org.thalweg.connect;

import org.thalweg.train.CurveEpoch;
import org.thalweg.train.CurveState;

/**
 * Keeps how far a training inside a method has come, so that it can go on after an interruption, and hears how it goes.
 * Called on the thread that connects. What is kept must be of the same pair, method, data, settings and seed.
 */
public interface Checkpoints {
    /** Keeps nothing and listens to nothing. */
    Checkpoints NONE = new Checkpoints() {};

    /**
     * Returns where an earlier training stopped.
     *
     * @param method the name of the trained curve; with several in one name, up to and including the one that is meant
     * @param start the state before the first epoch
     * @return the kept state with the ends of {@code start}, or {@code start} itself if there is none
     */
    default CurveState resume(String method, CurveState start) {
        return start;
    }

    /** An epoch of the training of {@code method} is done. */
    default void onEpoch(String method, CurveEpoch epoch) {}
}
