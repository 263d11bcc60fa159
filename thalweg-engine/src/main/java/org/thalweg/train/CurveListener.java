package org.thalweg.train;

/** Hears how the training of a curve goes, on the thread that trains. */
public interface CurveListener {
    /** A listener that does nothing. */
    CurveListener SILENT = epoch -> {};

    /** An epoch is done. */
    void onEpoch(CurveEpoch epoch);
}
