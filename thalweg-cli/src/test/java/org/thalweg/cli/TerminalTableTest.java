package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.panel.CellFailure;
import org.thalweg.panel.Grid;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.Table;
import org.thalweg.result.Barriers;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.PathLength;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Spread;
import org.thalweg.result.WorstMeasures;
import org.thalweg.run.DataFacts;
import org.thalweg.run.PathResult;

class TerminalTableTest {
    private static final PanelResult PANEL = panel();

    private static LegProfile leg(String name, double from, double to, double... losses) {
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            double t = from + (to - from) * i / (losses.length - 1);
            points.add(new ProfilePoint(t, name, new Measures(losses[i], 1 - losses[i], losses[i], 1 - losses[i])));
        }
        return new LegProfile(name, from, to, WorstMeasures.sampled(points), points);
    }

    private static PathResult path(String method, double... losses) {
        return path(method, leg("curve", 0, 1, losses));
    }

    private static PathResult path(String method, LegProfile... legs) {
        WorstMeasures worst =
                WorstMeasures.over(Stream.of(legs).map(LegProfile::worst).toList());
        Profile profile = new Profile(List.of(legs), Barriers.of(legs[0].points(), worst), new PathLength(1, 1));
        return new PathResult(method, "test", "a", "b", new DataFacts("glyphs", 6, 2), profile, Optional.empty());
    }

    private static Table.Row row(String method, double curveWorst, double pathWorst) {
        return new Table.Row(
                method,
                1,
                spreads(curveWorst),
                spreads(pathWorst),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1.5));
    }

    private static Table.Spreads spreads(double worst) {
        Map<Measure, Spread> spreads = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            spreads.put(measure, new Spread(measure.isLoss() ? worst : 1 - worst, 0, 1));
        }
        return new Table.Spreads(spreads);
    }

    private static PanelResult panel() {
        List<PathResult> results = List.of(path("linear", 0.0625, 0.5, 0.0625), path("ot", 0.0625, 0.25, 0.0625));
        return panel(
                results,
                row("linear", 0.5, 0.5),
                row("ot", 0.125, 0.25),
                row("arc", 0.375, 0.375),
                row("ends", 0.0625, 0.0625));
    }

    private static PanelResult panel(List<PathResult> results, Table.Row... rows) {
        Table table = new Table(
                List.of(rows),
                2,
                false,
                List.of(new CellFailure("a_b", "ot+wa", "it did not converge.")),
                Loss.CROSS_ENTROPY);
        return new PanelResult(
                Map.of(),
                new Grid(List.of(), List.of()),
                results,
                table.failures(),
                table,
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    private static List<String> lines(Terminal terminal) {
        return new TerminalTable(PANEL, terminal).text().lines().toList();
    }

    @Test
    void withoutATerminalAllColumnsAreThereAlignedAndPlain() {
        List<String> lines = lines(Terminal.NONE);

        assertThat(lines).hasSize(1 + 4 + 1 + 1);
        assertThat(lines.get(1)).startsWith("linear worst  ▁").endsWith("1.5");
        int column = lines.get(0).indexOf("loss (train");
        assertThat(lines.get(2).substring(column)).startsWith("0.2500 / 0.2500");
        assertThat(lines.get(2).charAt(column - 1)).isEqualTo(' ');
        assertThat(lines.get(6)).isEqualTo("failed: a_b by ot+wa: it did not converge.");
        assertThat(String.join("", lines)).doesNotContain("\u001b");
    }

    @Test
    void sparklinesHaveOneScaleSoThatMethodsCompare() {
        List<String> lines = lines(Terminal.NONE);

        assertThat(lines.get(1)).contains("▁").contains("█"); // linear is worst of all
        assertThat(lines.get(2))
                .contains("▁")
                .contains("▆")
                .doesNotContain("█"); // a third of the way below, in logarithms
    }

    @Test
    void sparklinesFollowTheWholePathAndMissNoPeak() {
        double[] peak = new double[101];
        Arrays.fill(peak, 0.0625);
        peak[71] = 0.5; // between the points that lie in the middle of bars
        PanelResult reordered = panel(
                List.of(path("ot", leg("curve", 0, 0.5, 0.0625, 0.0625), leg("reorder", 0.5, 1, peak))),
                row("ot", 0.0625, 0.5),
                row("ends", 0.0625, 0.0625));

        String table = new TerminalTable(reordered, Terminal.NONE).text();

        assertThat(table.lines().skip(1).findFirst().orElseThrow()).startsWith("ot      ▁▁▁▁▁▁▁▁▁▁█▁");
    }

    @Test
    void onATerminalBestAndWorstHaveColoursUnlessNoColorIsSet() {
        List<String> coloured = lines(Terminal.of(Optional.empty(), 200));
        List<String> plain = lines(Terminal.of(Optional.of("1"), 200));

        assertThat(coloured.get(1)).startsWith("\u001b[31mlinear worst");
        assertThat(coloured.get(2)).startsWith("\u001b[1;32mot best");
        assertThat(coloured.get(3)).startsWith("arc");
        assertThat(String.join("", plain)).doesNotContain("\u001b").contains("ot best");
        assertThat(lines(Terminal.of(Optional.of(""), 200))).isEqualTo(coloured); // set but empty is not set
    }

    @Test
    void narrowTerminalsLoseTheCurveAloneFirstAndThenTheColumns() {
        List<String> narrow = lines(Terminal.of(Optional.of("1"), 100));
        List<String> narrower = lines(Terminal.of(Optional.of("1"), 50));

        assertThat(narrow.get(0)).contains("loss (train / test)").doesNotContain("curve alone");
        assertThat(lines(Terminal.NONE).get(0)).contains("curve alone, accuracy %", "curve alone, loss");
        assertThat(narrow).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(narrower).contains("linear worst", "ot best");
        assertThat(narrower.subList(0, narrower.size() - 1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }
}
