package org.thalweg.cli;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.thalweg.train.CurveEpoch;

/** The last epoch of a curve's training as one line: loss, a look at the profile by t, time left. */
final class CurveLine {
    private CurveLine() {}

    static String text(CurveEpoch epoch, OptionalLong secondsLeft) {
        DoubleSummaryStatistics range = epoch.profile().stream()
                .filter(loss -> !loss.isNaN())
                .collect(Collectors.summarizingDouble(Double::doubleValue));
        String left = secondsLeft.isPresent()
                ? String.format(
                        Locale.ROOT, ", %d:%02d left", secondsLeft.getAsLong() / 60, secondsLeft.getAsLong() % 60)
                : "";
        return String.format(
                Locale.ROOT,
                "epoch %d/%d, loss %.4f, by t %s %.4f to %.4f%s",
                epoch.state().epoch(),
                epoch.epochs(),
                epoch.loss(),
                Sparkline.of(epoch.profile(), range.getMin(), range.getMax()),
                range.getMin(),
                range.getMax(),
                left);
    }
}
