package org.thalweg.spark;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.thalweg.engine.Engine;
import org.thalweg.network.Network;
import org.thalweg.panel.Cell;
import org.thalweg.panel.CellOutcome;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.panel.PanelInputs;
import org.thalweg.panel.PanelListener;
import org.thalweg.panel.PanelSource;
import org.thalweg.panel.WorkerException;

/**
 * A panel as an executor has it: data and networks are read once for all its tasks. Networks go when the heap is short. Safe for
 * use by many threads.
 */
final class OpenPanel {
    private static final Map<PanelSource, OpenPanel> OPEN = new HashMap<>(); // guarded by the class

    private final PanelInputs inputs;
    private final Map<String, SoftReference<Network>> networks = new HashMap<>(); // guarded by itself

    private OpenPanel(PanelInputs inputs) {
        this.inputs = inputs;
    }

    /**
     * Returns the panel, opened if this executor had not opened it yet.
     *
     * @throws WorkerException if this machine does not see what the panel was begun with
     */
    static synchronized OpenPanel of(PanelSource source) throws IOException {
        OpenPanel open = OPEN.get(source);
        if (open == null) {
            open = new OpenPanel(opened(source));
            OPEN.put(source, open);
        }
        return open;
    }

    /**
     * Opens a panel.
     *
     * @throws WorkerException if this machine does not see what the panel was begun with
     */
    static PanelInputs opened(PanelSource source) throws WorkerException {
        try {
            PanelInputs inputs = source.open();
            inputs.requireSamePanel();
            return inputs;
        } catch (IOException | RuntimeException e) {
            throw new WorkerException(
                    SparkEnv.get().blockManager().blockManagerId().host(), e);
        }
    }

    /** Starts an engine with the cores that Spark gave the task; other tasks of this executor have their own. */
    static Engine engine() {
        int cores = TaskContext.get().cpus();
        return Engine.sharing(cores, Math.max(1, Runtime.getRuntime().availableProcessors() / cores));
    }

    CellOutcome run(Cell cell) throws IOException {
        if (inputs.work().finished(cell).isPresent()) { // by an attempt whose executor died before it could say so
            return CellOutcome.finished(cell, Optional.empty());
        }
        Network a = network(cell.a());
        Network b = network(cell.b());
        try (Engine engine = engine()) {
            return engine.alone(() -> inputs.work().run(engine, cell, a, b, PanelListener.SILENT));
        }
    }

    void train(long seed) throws IOException {
        NetworkTraining training = inputs.training().orElseThrow();
        try (Engine engine = engine()) {
            training.train(engine, List.of(seed), PanelListener.SILENT);
        }
    }

    private Network network(String name) throws IOException {
        synchronized (networks) {
            SoftReference<Network> kept = networks.get(name);
            Network network = kept == null ? null : kept.get();
            if (network == null) {
                network = inputs.networks().read(name);
                networks.put(name, new SoftReference<>(network));
            }
            return network;
        }
    }
}
