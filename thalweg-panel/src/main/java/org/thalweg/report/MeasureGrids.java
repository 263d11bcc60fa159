package org.thalweg.report;

import java.util.List;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;

/**
 * The grids of a chart of losses and, below them, of accuracies where there are such.
 *
 * @param all one or two, from above
 */
record MeasureGrids(List<Integer> all) {
    MeasureGrids {
        all = List.copyOf(all);
    }

    /**
     * Adds the grids to a plot.
     *
     * @param loss the title over losses
     * @param accuracy the title over accuracies
     * @param x name of the last grid's axis
     */
    static MeasureGrids in(Plot plot, Loss measured, String loss, String accuracy, int height, String x) {
        if (!measured.hasAccuracy()) {
            return new MeasureGrids(List.of(plot.grid(loss, height, x)));
        }
        return new MeasureGrids(List.of(plot.grid(loss, height, ""), plot.grid(accuracy, height, x)));
    }

    int of(Measure measure) {
        return all.get(measure.isLoss() ? 0 : 1);
    }

    boolean isFirst(int grid) {
        return grid == all.get(0);
    }

    boolean isLast(int grid) {
        return grid == all.get(all.size() - 1);
    }
}
