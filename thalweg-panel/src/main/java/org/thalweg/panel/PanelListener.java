package org.thalweg.panel;

import org.thalweg.train.CurveEpoch;

/** Hears how a run goes; called from several threads. */
public interface PanelListener {
    /** A listener that does nothing. */
    PanelListener SILENT = new PanelListener() {};

    /** So many epochs and cells are to be done, those that earlier runs have finished left out. */
    default void onPlan(int epochs, int cells) {}

    /** The training of a network has done an epoch. */
    default void onEpoch(long seed, int epoch, double loss) {}

    /** A network of so many epochs was trained elsewhere. */
    default void onTrained(long seed, int epochs) {}

    /** The training of a cell's curve has done an epoch; {@code method} is that of the curve. */
    default void onCurveEpoch(String pair, String method, CurveEpoch epoch) {}

    /** A cell is finished. */
    default void onCell(Cell cell) {}

    /** A row of a plane is measured. */
    default void onRow() {}

    /** A cell has failed; the others go on. */
    default void onFailure(CellFailure failure) {}
}
