package org.thalweg.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.connect.Lambda;
import org.thalweg.connect.RefitLoss;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How convex adjustment refits. */
final class ConvexOptions {
    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight decay of +ca: a number, own (default) or held-out.")
    private String lambda = ConvexSettings.DEFAULTS.lambda().text();

    @Option(
            names = "--most-knots",
            paramLabel = "K",
            description = "Most refits of +ca along the curve, ends included (default: 5).")
    private int mostKnots = ConvexSettings.DEFAULTS.mostKnots();

    @Option(
            names = "--certificate",
            hidden = true, // for experts, on the page of the method: help fits a screen
            paramLabel = "X",
            description = "How far refits may stay above their optimum (default: 1e-4).")
    private double certificate = ConvexSettings.DEFAULTS.certificate();

    @Option(
            names = "--refit-loss",
            hidden = true, // as --certificate
            paramLabel = "NAME",
            converter = LossConverter.class,
            description = "Of +ca: cross-entropy (default; not of real targets) or squared-error.")
    private @Nullable RefitLoss loss;

    private static final class LossConverter implements ITypeConverter<RefitLoss> {
        @Override
        public RefitLoss convert(String name) {
            return RefitLoss.named(name);
        }
    }

    ConvexSettings settings() {
        return new ConvexSettings(new Lambda(lambda), mostKnots, certificate, Optional.ofNullable(loss));
    }
}
