package org.thalweg.panel;

import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/** Hears how a run goes; called from several threads. */
public interface PanelListener {
    /** A listener that does nothing. */
    PanelListener SILENT = new PanelListener() {};

    /** So many epochs and cells are to be done, those that earlier runs have finished left out. */
    default void onPlan(int epochs, int cells) {}

    /** The training of a network has done an epoch. */
    default void onEpoch(long seed, int epoch, double loss) {}

    /** A cell is finished. */
    default void onCell(PathResult result, Seconds seconds) {}

    /** A cell has failed; the others go on. */
    default void onFailure(CellFailure failure) {}
}
