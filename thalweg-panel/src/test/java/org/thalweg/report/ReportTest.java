package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.panel.LearningCurve;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;
import org.thalweg.run.Seconds;

class ReportTest {
    private static final String HOSTILE = "</script><script>alert('&')</script>{rows}";
    private static final PathResult RESULT =
            Results.reordered("ot", "a", "b", new double[] {0.0625, 0.25, 0.125}, new double[] {0.125, 0.5, 0.1875});

    @TempDir
    static Path folder;

    private static String html = "";

    @BeforeAll
    static void write() throws IOException {
        write(folder);
        html = Files.readString(folder.resolve(Report.FILE));
    }

    private static void write(Path to) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("a", HOSTILE);
        settings.put("points", "21");
        Report.ofPath(RESULT, new Seconds(2, 1), settings, Map.of()).write(to);
    }

    /** The page without what it carries of others. */
    private static String own() {
        return html.replace(ChartRenderer.text(ChartRenderer.LIBRARY), "");
    }

    @Test
    void pageHasTheAnswerTheTableTheFiguresAndTheSettings() {
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<title>Low-loss paths on glyphs</title>",
                        "One method was tried, ot: its worst test accuracy on the whole path is 0.00 %",
                        "<th scope=\"row\">ot</th><td>50.00\u00a0/ 0.00</td>",
                        "<th scope=\"row\">ends</th>",
                        "<dt>points</dt><dd>21</dd>",
                        "id=\"plot-path\" role=\"img\" aria-label=\"Along the path. Training solid")
                .doesNotContainPattern(">\\{[a-z]+}<"); // no place of the template was left open
    }

    @Test
    void textOfOthersIsShownAndNeitherRunNorTakenForAPlace() {
        assertThat(own())
                .contains("&lt;/script&gt;&lt;script&gt;alert('&amp;')&lt;/script&gt;{rows}")
                .doesNotContain("<script>alert");
    }

    @Test
    void methodNamesOfOthersStayInsideTheirElements() throws IOException {
        PathResult hostile = Results.curve(HOSTILE, "a", "b", 0.125, 0.25, 0.125);

        Report.ofPath(hostile, new Seconds(1, 1), Map.of(), Map.of()).write(folder.resolve("hostile"));

        String page = Files.readString(folder.resolve("hostile").resolve(Report.FILE));
        assertThat(page).doesNotContain("<script>alert").contains("\\u003c/script\\u003e");
        assertThat(folder.resolve("hostile/figures/path.svg")).content().doesNotContain("<script>alert");
        assertThat(folder.resolve("hostile/figures/path.csv")).content().contains(HOSTILE);
    }

    @Test
    void pageLoadsNothing() {
        assertThat(own().replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", ""))
                .doesNotContain("http:", "https:", "src=", "@import", "<link", "url(http");
        assertThat(html).contains("default-src 'none'").hasSizeLessThan(3_000_000);
    }

    @Test
    void everyElementIsClosed() {
        Set<String> empty = Set.of("meta", "br", "hr", "img", "link", "input", "!doctype");
        Deque<String> open = new ArrayDeque<>();
        String elements = own().replaceAll("(?s)(<script[^>]*>).*?</script>", "$1</script>");
        Matcher tags =
                Pattern.compile("<(/?)([A-Za-z!][A-Za-z0-9]*)[^>]*?(/?)>").matcher(elements);
        while (tags.find()) {
            String name = tags.group(2).toLowerCase(Locale.ROOT);
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop())
                        .as("closed at character %d", tags.start())
                        .isEqualTo(name);
            } else if (tags.group(3).isEmpty() && !empty.contains(name)) {
                open.push(name);
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void specificationsOfThePageAreThoseOfTheFigures() throws IOException {
        Matcher specs = Pattern.compile("id=\"charts\">(.*?)</script>").matcher(html);
        assertThat(specs.find()).isTrue();

        JsonNode charts = Numbers.MAPPER.readTree(specs.group(1));

        assertThat(charts.findValuesAsText("id")).containsExactly("path", "barrier", "cost");
        for (String id : charts.findValuesAsText("id")) {
            assertThat(folder.resolve("figures/" + id + ".svg")).isNotEmptyFile();
            assertThat(folder.resolve("figures/" + id + ".csv")).isNotEmptyFile();
            assertThat(ImageIO.read(folder.resolve("figures/" + id + ".png").toFile())
                            .getWidth())
                    .isEqualTo(3 * Plot.WIDTH);
        }
    }

    @Test
    void equalReportsHaveEqualBytes() throws IOException {
        Path again = folder.resolve("again");

        write(again);

        assertThat(again.resolve(Report.FILE)).hasContent(html);
        for (String file : List.of("path.svg", "path.png", "barrier.svg", "cost.csv")) {
            assertThat(again.resolve("figures").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("figures").resolve(file));
        }
    }

    @Test
    void learningCurvesAreDrawnWhereTheyAreKnown() throws IOException {
        Path to = folder.resolve("trained");
        Map<String, LearningCurve> learning = new LinkedHashMap<>();
        learning.put("a", new LearningCurve(List.of(2.0, 0.5)));
        learning.put(HOSTILE, new LearningCurve(List.of(1.5)));

        Report.ofPath(RESULT, new Seconds(2, 1), Map.of(), learning).write(to);

        assertThat(to.resolve(Report.FILE))
                .content()
                .contains("<figure id=\"learning\">")
                .doesNotContain("<script>alert");
        assertThat(to.resolve("figures/learning.csv"))
                .content()
                .startsWith("network,epoch,trainLoss\na,1,2.0\na,2,0.5\n")
                .hasLineCount(4);
        assertThat(html).doesNotContain("<figure id=\"learning\">");
    }
}
