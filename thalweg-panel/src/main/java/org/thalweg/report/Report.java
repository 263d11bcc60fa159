package org.thalweg.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.Table;
import org.thalweg.panel.TableText;
import org.thalweg.result.Measure;
import org.thalweg.run.PathResult;
import org.thalweg.run.Program;
import org.thalweg.run.RunFolder;

/**
 * The page {@code report.html} of a panel or a path: what was connected, the answer in a sentence, the table, the figure.
 * One file without scripts or network; the figure is also written on its own.
 */
public final class Report {
    /** Name of the page in its folder. */
    public static final String FILE = "report.html";

    private static final String FIGURE = "figures/profiles.svg";

    private final String title;
    private final String answer;
    private final Table table;
    private final Map<String, String> settings;
    private final String figure;

    private Report(String title, String answer, Table table, Map<String, String> settings, String figure) {
        this.title = title;
        this.answer = answer;
        this.table = table;
        this.settings = settings;
        this.figure = figure;
    }

    /** Returns the report of a panel. */
    public static Report ofPanel(PanelResult panel) {
        return of(panel.table(), panel.settings(), panel.results());
    }

    /** Returns the report of one path. */
    public static Report ofPath(PathResult result, Map<String, String> settings) {
        return of(Table.of(result), settings, List.of(result));
    }

    private static Report of(Table table, Map<String, String> settings, List<PathResult> results) {
        List<String> methods =
                results.stream().map(PathResult::method).distinct().toList();
        String data = results.stream().map(r -> r.data().name()).findFirst().orElse("no data");
        String figure =
                ChartRenderer.svg(ProfileChart.option(methods, results), ProfileChart.WIDTH, ProfileChart.HEIGHT);
        return new Report("Low-loss paths on " + data, answer(table), table, settings, figure);
    }

    private static String answer(Table table) {
        return table.rows().stream()
                .filter(Table.Row::isMethod)
                .max((a, b) -> Double.compare(testAccuracy(a), testAccuracy(b)))
                .map(best -> String.format(
                        Locale.ROOT,
                        "Of %d methods %s stays highest: its worst test accuracy along the curve is %.2f %%; the end points"
                                + " have %.2f %%.",
                        table.rows().stream().filter(Table.Row::isMethod).count(),
                        best.method(),
                        100 * testAccuracy(best),
                        100 * testAccuracy(table.rows().get(table.rows().size() - 1))))
                .orElse("No path could be measured.");
    }

    private static double testAccuracy(Table.Row row) {
        return row.curve().get(Measure.TEST_ACCURACY).mean();
    }

    /** Writes the page and its figure to a folder. */
    public void write(Path folder) throws IOException {
        RunFolder files = new RunFolder(folder);
        files.write(FIGURE, figure + "\n");
        files.write(FILE, html());
    }

    private String html() {
        return template()
                .replace("{title}", escaped(title))
                .replace("{answer}", escaped(answer))
                .replace("{caption}", escaped(TableText.caption(table)))
                .replace("{heads}", cells("th scope=\"col\"", TableText.heads(table)))
                .replace("{rows}", rows())
                .replace("{failures}", failures())
                .replace("{settings}", settings())
                .replace("{program}", escaped(Program.TITLE))
                .replace("{figure}", figure);
    }

    private String rows() {
        return TableText.cells(table).stream()
                .map(row -> "<tr><th scope=\"row\">" + escaped(row.get(0)) + "</th>"
                        + cells("td", row.subList(1, row.size())) + "</tr>")
                .collect(Collectors.joining("\n"));
    }

    private static String cells(String tag, List<String> texts) {
        String end = tag.split(" ", 2)[0];
        return texts.stream()
                .map(text -> "<" + tag + ">" + escaped(text) + "</" + end + ">")
                .collect(Collectors.joining());
    }

    private String failures() {
        return table.failures().stream()
                .map(f -> "<p class=\"failure\">" + escaped(f.pair() + " by " + f.method() + " failed: " + f.reason())
                        + "</p>")
                .collect(Collectors.joining("\n"));
    }

    private String settings() {
        return settings.entrySet().stream()
                .map(e -> "<dt>" + escaped(e.getKey()) + "</dt><dd>" + escaped(e.getValue()) + "</dd>")
                .collect(Collectors.joining("\n"));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("report.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
