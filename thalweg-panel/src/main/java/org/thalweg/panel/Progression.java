package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thalweg.run.RunFolder;
import org.thalweg.run.Seconds;

/** Keeps what is told of a panel's cells while they run: how long each took, in the run's folder, and which failed. Thread-safe. */
final class Progression implements Consumer<CellOutcome> {
    private final RunFolder folder;
    private final Map<String, Seconds> timings;
    private final PanelListener listener;
    private final List<CellFailure> failures = new ArrayList<>();

    Progression(RunFolder folder, Map<String, Seconds> timings, PanelListener listener) {
        this.folder = folder;
        this.timings = new TreeMap<>(timings);
        this.listener = listener;
    }

    @Override
    public synchronized void accept(CellOutcome outcome) {
        Cell cell = outcome.cell();
        outcome.seconds().ifPresent(seconds -> keep(cell, seconds));
        outcome.failure()
                .ifPresentOrElse(
                        reason -> fail(new CellFailure(cell.pair(), cell.method(), reason)),
                        () -> listener.onCell(cell));
    }

    private void keep(Cell cell, Seconds seconds) {
        timings.put(cell.key(), seconds);
        try {
            Timings.write(folder, timings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(CellFailure failure) {
        failures.add(failure);
        listener.onFailure(failure);
    }

    synchronized Map<String, Seconds> timings() {
        return new TreeMap<>(timings);
    }

    /** Returns the failures in the order of a grid. */
    synchronized List<CellFailure> failures(Grid grid) {
        return failures.stream().sorted(grid.orderOfFailures()).toList();
    }
}
