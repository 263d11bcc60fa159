package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.GroundCost;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearnedMapFile;
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

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "FILE",
            description = "Models of 'thalweg learn', one per method of learned maps.")
    private List<Path> models = List.of();

    ConnectSettings settings(String dataset) throws IOException {
        List<LearnedMap> maps = new ArrayList<>();
        for (Path model : models) {
            maps.add(LearnedMapFile.read(model));
        }
        return new ConnectSettings(knots, ridge, groundCost, curve.settings(dataset), convex.settings(), maps);
    }
}
