package org.thalweg.cli;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.thalweg.train.CurveEpoch;

/** The last epoch of a curve's training as one line: loss, a look at the profile by t, time left. */
final class CurveLine {
    private static final String BARS = "▁▂▃▄▅▆▇█";

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
                bars(epoch.profile(), range),
                range.getMin(),
                range.getMax(),
                left);
    }

    /** Returns a bar per part of [0, 1], the least loss lowest; a blank where none was measured. */
    private static String bars(List<Double> profile, DoubleSummaryStatistics range) {
        double span = range.getMax() - range.getMin();
        StringBuilder bars = new StringBuilder();
        for (double loss : profile) {
            double height = span > 0 ? (loss - range.getMin()) / span : 0;
            bars.append(Double.isNaN(loss) ? ' ' : BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
        }
        return bars.toString();
    }
}
