package org.thalweg.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.learn.LearnSettings;
import org.thalweg.learn.MapKind;
import org.thalweg.learn.Objective;
import org.thalweg.learn.Whitening;
import picocli.CommandLine.Option;

/** What map is learned, and how. */
final class LearnOptions {
    @Option(
            names = "--kind",
            paramLabel = "NAME",
            description = "flow (default): for likelihood; bijection: for loss along paths.")
    private Objective kind = Objective.FLOW;

    @Option(names = "--map", paramLabel = "NAME", description = "realnvp (default): couplings; iaf: autoregressive.")
    private MapKind map = MapKind.REALNVP;

    @Option(names = "--layers", paramLabel = "N", description = "Layers of the map (default: 4; iaf: 2).")
    private @Nullable Integer layers;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            description = "Hidden units of each layer (default: 128; flow of iaf: 256).")
    private @Nullable Integer hidden;

    @Option(names = "--bound", paramLabel = "X", description = "Bound of log-scales in a layer (default: 2).")
    private double bound = 2;

    @Option(names = "--whiten", description = "Turn neurons to their principal axes first.")
    private boolean whiten;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps (default: flow 10000, iaf 8000; bijection 5000, iaf 800).")
    private @Nullable Integer steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Times it is judged and stored (default: 25; iaf: 20 and 16).")
    private @Nullable Integer rounds;

    @Option(names = "--map-learning-rate", paramLabel = "X", description = "Of Adam, at the start (default: 0.001).")
    private @Nullable Double learningRate;

    @Option(names = "--neurons", paramLabel = "N", description = "Neurons per half of a flow's step (default: 256).")
    private @Nullable Integer neurons;

    @Option(
            names = "--map-batch",
            paramLabel = "N",
            description = "Examples per half of a bijection's step (default: 256).")
    private @Nullable Integer batch;

    @Option(
            names = "--judged",
            paramLabel = "N",
            description = "Training examples to judge validation paths on (default: 5000).")
    private @Nullable Integer judged;

    /** Returns the usual settings, changed where an option says so. */
    LearnSettings settings() {
        LearnSettings usual = LearnSettings.usualFor(kind, map);
        int count = Optional.ofNullable(steps).orElse(usual.steps());
        return new LearnSettings(
                kind,
                map,
                Optional.ofNullable(layers).orElse(usual.layers()),
                Optional.ofNullable(hidden).orElse(usual.hidden()),
                bound,
                whiten ? Whitening.PRINCIPAL_AXES : Whitening.NONE,
                count,
                Optional.ofNullable(rounds).orElse(Math.max(1, Math.min(count, usual.rounds()))),
                Optional.ofNullable(learningRate).orElse(usual.learningRate()),
                Optional.ofNullable(neurons).orElse(usual.neurons()),
                Optional.ofNullable(batch).orElse(usual.batch()),
                Optional.ofNullable(judged).orElse(usual.judged()));
    }
}
