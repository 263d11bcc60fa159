package org.thalweg.learn;

/** Hears how the training of a map goes, on the thread that trains. */
public interface LearningListener {
    /** A listener that does nothing. */
    LearningListener SILENT = state -> {};

    /** A round is done; the state may be stored to resume from. */
    void onRound(LearningState state);
}
