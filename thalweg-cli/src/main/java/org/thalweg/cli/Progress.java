package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.thalweg.learn.LearnSettings;
import org.thalweg.learn.LearningState;
import org.thalweg.learn.Round;
import org.thalweg.panel.Cell;
import org.thalweg.panel.CellFailure;
import org.thalweg.panel.PanelListener;
import org.thalweg.train.CurveEpoch;

/** Shows how long work goes: bars with rate and time left on a terminal, nothing in pipes, failures always. */
final class Progress implements PanelListener, AutoCloseable {
    private final PrintWriter err;
    private final boolean shown;
    private final Map<String, Since> curves = new HashMap<>();
    private @Nullable ProgressBar bar;
    private boolean alone; // the bar counts epochs of one curve

    Progress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.shown = !quiet && Boolean.getBoolean("thalweg.terminal"); // the launcher knows whether stderr is one
    }

    private void start(String task, int total, String unit) {
        if (shown && total > 0) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(" " + unit, 1)
                    .showSpeed()
                    .setSpeedUnit(java.time.temporal.ChronoUnit.MINUTES)
                    .setUpdateIntervalMillis((int) TimeUnit.SECONDS.toMillis(1))
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
    }

    @Override
    public synchronized void onPlan(int epochs, int cells) {
        close();
        start(epochs > 0 ? "train" : "connect", epochs > 0 ? epochs : cells, epochs > 0 ? "epochs" : "paths");
    }

    @Override
    public synchronized void onEpoch(long seed, int epoch, double loss) {
        if (bar != null) {
            bar.setExtraMessage(String.format(Locale.ROOT, "seed %d: loss %.4f", seed, loss))
                    .step();
        }
    }

    @Override
    public synchronized void onTrained(long seed, int epochs) {
        if (bar != null) {
            bar.setExtraMessage("seed " + seed).stepBy(epochs);
        }
    }

    @Override
    public synchronized void onCurveEpoch(String pair, String method, CurveEpoch epoch) {
        Since since = curves.computeIfAbsent(pair + " " + method, key -> new Since(System.nanoTime(), epoch));
        if (bar == null) {
            start(method, epoch.epochs(), "epochs");
            alone = true;
        }
        if (bar != null) {
            bar.setExtraMessage(
                    (alone ? "" : pair + " " + method + ": ") + CurveLine.text(epoch, since.secondsLeft(epoch)));
            if (alone) {
                bar.stepTo(epoch.state().epoch());
            }
        }
    }

    /** A round of a map's training is done. */
    synchronized void onRound(String method, LearningState state, LearnSettings settings) {
        if (bar == null) {
            start(method, settings.rounds(), "rounds");
        }
        if (bar != null) {
            Round last = state.rounds().get(state.rounds().size() - 1);
            bar.setExtraMessage(String.format(
                            Locale.ROOT,
                            "loss %.4f, worst between validation networks %.4f",
                            last.trainingLoss(),
                            last.worstLoss()))
                    .stepTo(state.rounds().size());
        }
    }

    /** When the first epoch of a training was heard of. */
    private record Since(long nanos, CurveEpoch first) {
        OptionalLong secondsLeft(CurveEpoch now) {
            int done = now.state().epoch() - first.state().epoch();
            int open = now.epochs() - now.state().epoch();
            return done == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(TimeUnit.NANOSECONDS.toSeconds((System.nanoTime() - nanos) / done * open));
        }
    }

    @Override
    public synchronized void onCell(Cell cell) {
        if (bar != null) {
            bar.setExtraMessage(cell.pair() + " " + cell.method()).step();
        }
    }

    @Override
    public synchronized void onRow() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public synchronized void onFailure(CellFailure failure) {
        err.println("thalweg: " + failure.pair() + " by " + failure.method() + " failed: " + failure.reason());
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
