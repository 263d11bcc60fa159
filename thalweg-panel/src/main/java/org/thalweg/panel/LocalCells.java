package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.thalweg.engine.Engine;
import org.thalweg.network.Network;

/**
 * Runs cells on this machine, as many side by side as the engine has threads.
 *
 * @param engine where to compute
 * @param work how
 * @param networks the end points by name
 * @param listener hears of epochs of curves
 */
record LocalCells(Engine engine, CellWork work, Map<String, Network> networks, PanelListener listener)
        implements CellRunner {
    @Override
    public void run(List<Cell> cells, Consumer<CellOutcome> outcomes) throws IOException {
        try {
            engine.inOrder(cells.size(), i -> {
                Cell cell = cells.get(i);
                outcomes.accept(work.run(engine, cell, network(cell.a()), network(cell.b()), listener));
                return cell;
            });
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private Network network(String name) {
        return Objects.requireNonNull(networks.get(name), name);
    }
}
