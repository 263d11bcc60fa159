package org.thalweg.cli;

import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.GroundCost;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of methods and of their evaluation. */
final class ConnectOptions {
    @Mixin
    EvaluationOptions evaluation = new EvaluationOptions();

    @Option(
            names = "--knots",
            paramLabel = "K",
            description = "Solves of +wa along the curve, ends included (default: 11).")
    int knots = ConnectSettings.DEFAULTS.knots();

    @Option(
            names = "--ridge",
            paramLabel = "X",
            description = "Pull of +wa to the straight line; 0: none (default: 1e-6).")
    double ridge = ConnectSettings.DEFAULTS.ridge();

    @Option(
            names = "--ground-cost",
            paramLabel = "NAME",
            description = "Of ot: weights (default), balanced or activations.")
    GroundCost groundCost = GroundCost.WEIGHTS;

    @Mixin
    private CurveOptions curve = new CurveOptions();

    @Mixin
    private ConvexOptions convex = new ConvexOptions();

    ConnectSettings settings(String dataset) {
        return new ConnectSettings(knots, ridge, groundCost, curve.settings(dataset), convex.settings());
    }
}
