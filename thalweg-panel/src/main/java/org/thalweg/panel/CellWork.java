package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ExampleSums;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Network;
import org.thalweg.path.Path;
import org.thalweg.result.Loss;
import org.thalweg.run.CurveFolder;
import org.thalweg.run.DataFacts;
import org.thalweg.run.PathResult;
import org.thalweg.run.Program;
import org.thalweg.run.RunFolder;
import org.thalweg.run.Seconds;
import org.thalweg.run.StoredCheckpoints;

/**
 * Computes one cell: a pure function of its networks, the data and the settings. Its file has the same bytes whenever, wherever,
 * how often and with however many threads it is computed.
 *
 * @param data what paths are adjusted to and measured on
 * @param settings what to do
 * @param folder where results are kept
 * @param elsewhere takes the sums of adjustments over training examples on other machines; empty: here
 */
public record CellWork(Dataset data, PanelSettings settings, RunFolder folder, Optional<ExampleSums> elsewhere) {
    /** Creates work that takes all sums here. */
    public CellWork(Dataset data, PanelSettings settings, RunFolder folder) {
        this(data, settings, folder, Optional.empty());
    }

    /**
     * Connects a pair, measures the path, and writes both into the run's folder, the path first.
     *
     * @return how it went; a pair that cannot be joined is a failure of this cell alone
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public CellOutcome run(Engine engine, Cell cell, Network a, Network b, PanelListener listener) {
        try {
            return CellOutcome.finished(cell, Optional.of(computed(engine, cell, a, b, listener)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            throw e; // of a checkpoint
        } catch (RuntimeException e) {
            return CellOutcome.failed(cell, String.valueOf(e.getMessage()));
        }
    }

    private Seconds computed(Engine engine, Cell cell, Network a, Network b, PanelListener listener)
            throws IOException {
        long start = System.nanoTime();
        CurveFolder curves = training(cell);
        ConnectContext context = new ConnectContext(
                engine,
                Optional.of(data.train()),
                settings.connect(),
                settings.seed(),
                new StoredCheckpoints(
                        Optional.of(curves), (method, epoch) -> listener.onCurveEpoch(cell.pair(), method, epoch)),
                elsewhere);
        Path path = Methods.named(cell.method()).connect(a, b, context);
        long connected = System.nanoTime();
        PathResult result = new PathResult(
                cell.method(),
                Program.TITLE,
                cell.a(),
                cell.b(),
                DataFacts.of(data),
                new Evaluator(engine, data, settings.evaluation()).evaluate(path),
                Methods.assignment(path),
                Methods.training(path),
                Methods.refits(path),
                Methods.map(path));
        Seconds seconds = new Seconds((connected - start) / 1e9, (System.nanoTime() - connected) / 1e9);
        PathFile.write(folder.path(cell.pair(), cell.method()), path, a);
        folder.finish(result);
        curves.delete();
        return seconds;
    }

    /** Returns what identifies the run apart from its networks, by name. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data", data.name());
        facts.put("trainExamples", "" + data.train().count());
        facts.put("testExamples", "" + data.test().count());
        facts.put("dataHash", data.hash());
        if (data.loss() != Loss.CROSS_ENTROPY) { // which goes without saying
            facts.put("loss", data.loss().text());
        }
        facts.putAll(settings.facts(data.loss()));
        return facts;
    }

    /**
     * Returns the result of a cell that is finished, and removes the training that it left if it was killed just then. A cell whose
     * path is lost or damaged is not finished.
     */
    public Optional<PathResult> finished(Cell cell) throws IOException {
        Optional<PathResult> result = folder.finished(cell.pair(), cell.method());
        if (result.isEmpty() || !folder.hasPath(cell.pair(), cell.method())) {
            return Optional.empty();
        }
        training(cell).delete();
        return result;
    }

    private CurveFolder training(Cell cell) {
        return new CurveFolder(folder.training(cell.pair(), cell.method()), Map.of());
    }
}
