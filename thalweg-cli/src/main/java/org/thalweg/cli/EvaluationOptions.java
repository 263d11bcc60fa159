package org.thalweg.cli;

import java.io.IOException;
import java.util.Optional;
import org.thalweg.data.Dataset;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.result.StatisticsPolicy;
import picocli.CommandLine.Option;

/** How paths are measured. */
final class EvaluationOptions {
    @Option(names = "--points", paramLabel = "K", description = "Positions per leg, ends included (default: 21).")
    private int points = EvaluationSettings.DEFAULT_POINTS;

    @Option(
            names = "--statistics",
            paramLabel = "POLICY",
            description = "Batch norm: re-estimate (default), repair, interpolate, keep.")
    private StatisticsPolicy statistics = StatisticsPolicy.RE_ESTIMATE;

    @Option(names = "--recheck", description = "Measure the worst points again on all examples.")
    private boolean recheck;

    /** Returns the settings without a second measurement, so that numbers out of range are told before data are read. */
    EvaluationSettings settings() {
        return new EvaluationSettings(points, statistics, Optional.empty());
    }

    /** Returns the settings; reads the whole data set if it is needed. */
    EvaluationSettings settings(CommonOptions common) throws IOException {
        Optional<Dataset> whole = recheck && common.isPart() ? Optional.of(common.openWhole()) : Optional.empty();
        return new EvaluationSettings(points, statistics, whole);
    }
}
