package org.thalweg.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.learn.Round;
import org.thalweg.panel.EnsembleTable;
import org.thalweg.panel.LearningCurve;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.StoredEnsembles;
import org.thalweg.panel.Table;
import org.thalweg.panel.TableText;
import org.thalweg.result.PathAnatomy;
import org.thalweg.result.PlaneProfile;
import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/**
 * The page {@code report.html} of a panel or a path: what was connected, the answer in a sentence, the table, the likely reason
 * where a path came out bad, the charts. One file that loads nothing; every chart is also written on its own.
 */
public final class Report {
    /** Name of the page in its folder. */
    public static final String FILE = "report.html";

    private final Page page;
    private final Figures figures;

    private Report(Page page, Figures figures) {
        this.page = page;
        this.figures = figures;
    }

    /** Returns the report of a panel. */
    public static Report ofPanel(PanelResult panel) {
        Table table = panel.table();
        List<String> methods = methods(panel.results());
        Reasons reasons = new Reasons(table, panel.results(), panel.architecture(), isStale(panel));
        Page page = new Page(title(panel.results()), new Answer(table).sentence(), reasons.sentences());
        page.table(TableText.caption(table), TableText.heads(table), TableText.cells(table), TableText.marks(table));
        page.failures(table.failures().stream()
                .map(f -> f.pair() + " by " + f.method() + " failed: " + f.reason())
                .toList());
        page.settings(panel.settings());
        page.overview("Overview of the methods", Overview.of(table, panel.anatomies()), Overview.CAPTION);
        Figures figures = Figures.draw(charts(methods, panel));
        Map<String, String> colours = new LinkedHashMap<>();
        methods.forEach(method -> colours.put(method, MethodStyle.of(method).colour()));
        page.figures(figures, colours, List.of("train", "test", "spread", "worst"));
        return new Report(page, figures);
    }

    private static boolean isStale(PanelResult panel) {
        String policy = panel.settings().getOrDefault("statistics", "re-estimate"); // what goes without saying
        return policy.equals("keep") || policy.equals("interpolate");
    }

    /**
     * Returns the report of one path.
     *
     * @param learning how its ends were trained, by their names, as far as known
     */
    public static Report ofPath(
            PathResult result, Seconds seconds, Map<String, String> settings, Map<String, LearningCurve> learning) {
        return ofPanel(PanelResult.of(result, seconds, settings, learning));
    }

    /**
     * Returns the report of a plane.
     *
     * @param learning how its networks were trained, by their names, as far as known
     */
    public static Report ofPlane(
            PlaneProfile plane, String data, Map<String, String> settings, Map<String, LearningCurve> learning) {
        List<PlaneProfile.Corner> corners = plane.corners();
        Page page = new Page(
                "The plane through " + corners.get(0).name() + ", "
                        + corners.get(1).name() + " and " + corners.get(2).name(),
                PlaneChart.sentence(plane, data),
                List.of());
        page.table(
                "The three networks; coordinates are distances of weights.",
                PlaneChart.heads(plane),
                corners.stream().map(PlaneChart::row).toList(),
                corners.stream().map(corner -> Optional.<String>empty()).toList());
        page.settings(settings);
        Figures figures = Figures.draw(with(learning, PlaneChart.charts(plane)));
        page.figures(figures, Map.of(), List.of());
        return new Report(page, figures);
    }

    /** Returns the report of a study of ensembles. */
    public static Report ofEnsembles(StoredEnsembles run) {
        EnsembleTable table = run.table();
        Page page = new Page(
                "Ensembles on one backbone on " + table.data().name(), EnsembleAnswer.sentence(table), List.of());
        page.table(
                table.caption(),
                EnsembleTable.HEADS,
                table.cells(),
                table.cells().stream().map(row -> Optional.<String>empty()).toList());
        page.settings(run.settings());
        Figures figures = Figures.draw(with(run.learning(), EnsembleChart.charts(table)));
        page.figures(figures, EnsembleChart.colours(table.methods()), List.of());
        return new Report(page, figures);
    }

    /**
     * Returns the report of a map's training.
     *
     * @param method what the map is for
     * @param rounds at least one
     * @param best the index of the round whose map was kept
     */
    public static Report ofLearning(String method, List<Round> rounds, int best, Map<String, String> settings) {
        Round kept = rounds.get(best);
        Page page = new Page(
                "Training of the map " + method,
                String.format(
                        Locale.ROOT,
                        "The best of %d rounds is that after %d steps: worst loss %.4f and accuracy %.2f %% between the validation"
                                + " networks, which the map was not trained on.",
                        rounds.size(),
                        kept.steps(),
                        kept.worstLoss(),
                        100 * kept.worstAccuracy()),
                List.of());
        page.table(
                "Between the validation networks; log-likelihood per neuron, natural logarithm.",
                List.of("steps", "training loss", "log-likelihood", "worst loss", "worst accuracy %"),
                rounds.stream().map(Report::row).toList(),
                rounds.stream()
                        .map(round -> round.equals(kept) ? Optional.of("best") : Optional.<String>empty())
                        .toList());
        page.settings(settings);
        Figures figures = Figures.draw(List.of(MapLearningChart.of(method, rounds)));
        page.figures(figures, Map.of(), List.of());
        return new Report(page, figures);
    }

    private static List<String> row(Round round) {
        return List.of(
                "" + round.steps(),
                String.format(Locale.ROOT, "%.4f", round.trainingLoss()),
                String.format(Locale.ROOT, "%.2f", round.logLikelihood()),
                String.format(Locale.ROOT, "%.4f", round.worstLoss()),
                String.format(Locale.ROOT, "%.2f", 100 * round.worstAccuracy()));
    }

    private static String title(List<PathResult> results) {
        String data = results.stream().map(r -> r.data().name()).findFirst().orElse("no data");
        return "Low-loss paths on " + data;
    }

    private static List<String> methods(List<PathResult> results) {
        return results.stream().map(PathResult::method).distinct().toList();
    }

    private static List<Chart> charts(List<String> methods, PanelResult panel) {
        List<Chart> charts = new ArrayList<>();
        if (!methods.isEmpty()) {
            charts.add(PathChart.of(methods, panel.results()));
            charts.add(BarrierChart.of(methods, panel.results()));
            Optional.of(CostChart.of(methods, panel.results(), panel.seconds()))
                    .filter(chart -> !chart.data().rows().isEmpty())
                    .ifPresent(charts::add);
            charts.addAll(anatomy(panel.anatomies()));
        }
        return with(panel.learning(), charts);
    }

    /** Returns charts and, where learning curves are known, that of them. */
    private static List<Chart> with(Map<String, LearningCurve> learning, List<Chart> charts) {
        List<Chart> all = new ArrayList<>(charts);
        if (!learning.isEmpty()) {
            all.add(LearningChart.of(learning));
        }
        return all;
    }

    private static List<Chart> anatomy(Map<String, PathAnatomy> anatomies) {
        List<Chart> charts = new ArrayList<>();
        if (anatomies.values().stream().anyMatch(PathAnatomy::isDeep)) {
            charts.add(LayersChart.of(anatomies));
            LayerMatchingChart.of(anatomies).ifPresent(charts::add);
        } else if (anatomies.values().stream()
                .anyMatch(anatomy -> !anatomy.layers().isEmpty())) {
            charts.add(NeuronChart.of(anatomies));
            anatomies.entrySet().stream()
                    .flatMap(entry -> entry.getValue().layers().stream()
                            .flatMap(layer -> layer.units().stream())
                            .map(units -> MatchingChart.of(entry.getKey(), units)))
                    .findFirst() // all methods share one matching
                    .ifPresent(charts::add);
        }
        return charts;
    }

    /** Writes the page and its figures to a folder. */
    public void write(Path folder) throws IOException {
        figures.write(folder.resolve("figures"));
        byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(FILE), out -> out.write(html));
    }
}
