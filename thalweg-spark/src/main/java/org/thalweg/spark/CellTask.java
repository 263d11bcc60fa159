package org.thalweg.spark;

import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.thalweg.panel.Cell;
import org.thalweg.panel.PanelSource;

/** Computes a cell on an executor. */
final class CellTask implements Function<Cell, CellAnswer> {
    private static final long serialVersionUID = 1L;

    private final PanelSource panel;

    CellTask(PanelSource panel) {
        this.panel = panel;
    }

    @Override
    public CellAnswer call(Cell cell) throws IOException {
        return CellAnswer.of(OpenPanel.of(panel).run(cell));
    }
}
