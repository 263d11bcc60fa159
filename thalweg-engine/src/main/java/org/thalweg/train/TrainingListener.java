package org.thalweg.train;

/** Hears how a training goes, on the thread that trains. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener SILENT = (state, loss) -> {};

    /**
     * An epoch is done.
     *
     * @param state where the training stands; may be stored to resume from
     * @param loss mean loss over the epoch's batches, each before its step
     */
    void onEpoch(TrainingState state, double loss);
}
