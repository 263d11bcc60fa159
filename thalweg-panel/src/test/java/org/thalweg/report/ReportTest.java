package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;
import org.w3c.dom.Document;

class ReportTest {
    private static final PathResult RESULT =
            Results.reordered("ot", "a", "b", new double[] {0.0625, 0.25, 0.125}, new double[] {0.125, 0.5, 0.1875});

    @TempDir
    static Path folder;

    private static String html = "";
    private static String svg = "";

    @BeforeAll
    static void write() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("a", "<script>alert('&')</script>");
        settings.put("points", "21");
        Report.ofPath(RESULT, settings).write(folder);
        html = Files.readString(folder.resolve(Report.FILE));
        svg = Files.readString(folder.resolve("figures/profiles.svg"));
    }

    @Test
    void pageHasTheAnswerTheTableTheFigureAndTheSettings() {
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<title>Low-loss paths on glyphs</title>",
                        "ot stays highest: its worst test accuracy along the curve is 50.00 %",
                        "<th scope=\"row\">ot</th><td>75.00±0.00 / 50.00±0.00</td>",
                        "<th scope=\"row\">ends</th>",
                        "<dt>points</dt><dd>21</dd>",
                        svg.strip())
                .doesNotContainPattern("\\{[a-z]+}"); // no place of the template was left open
    }

    @Test
    void textOfOthersIsShownAndNotRun() {
        assertThat(html).contains("&lt;script&gt;alert('&amp;')&lt;/script&gt;").doesNotContain("<script>alert");
    }

    @Test
    void pageNeedsNoNetwork() {
        assertThat(html.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", ""))
                .doesNotContain("http:", "https:", "src=\"//", "@import", "<link");
    }

    @Test
    void everyElementIsClosed() {
        Set<String> empty = Set.of("meta", "br", "hr", "img", "link", "input", "!doctype");
        Deque<String> open = new ArrayDeque<>();
        Matcher tags =
                Pattern.compile("<(/?)([A-Za-z!][A-Za-z0-9]*)[^>]*?(/?)>").matcher(html);
        while (tags.find()) {
            String name = tags.group(2).toLowerCase(java.util.Locale.ROOT);
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
    void figureIsWellFormedSvg() throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("" + ProfileChart.WIDTH);
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(4);
        assertThat(svg).contains("Loss (cross-entropy)", "Accuracy (%)", ">ot<");
    }

    @Test
    void equalReportsHaveEqualBytes() throws IOException {
        Path again = folder.resolve("again");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("a", "<script>alert('&')</script>");
        settings.put("points", "21");

        Report.ofPath(RESULT, settings).write(again);

        assertThat(again.resolve(Report.FILE)).hasContent(html);
        assertThat(again.resolve("figures/profiles.svg")).hasContent(svg);
    }

    @Test
    void linesOfTheFigureAreTheProfilesOfTheCurve() {
        ObjectNode option = ProfileChart.option(List.of("ot"), List.of(RESULT));

        List<List<Double>> lines = new ArrayList<>();
        for (JsonNode series : option.get("series")) {
            List<Double> line = new ArrayList<>();
            series.get("data").forEach(point -> point.forEach(number -> line.add(number.doubleValue())));
            lines.add(line);
        }
        // train loss, train accuracy, test loss, test accuracy, over the curve's own 0 … 1; not the re-ordering
        assertThat(lines)
                .containsExactly(
                        List.of(0.0, 0.0625, 0.5, 0.25, 1.0, 0.125),
                        List.of(0.0, 93.75, 0.5, 75.0, 1.0, 87.5),
                        List.of(0.0, 0.125, 0.5, 0.5, 1.0, 0.25),
                        List.of(0.0, 87.5, 0.5, 50.0, 1.0, 75.0));
    }

    @Test
    void strongLineIsTheMeanOverPairsAndFaintOnesAreThePairs() {
        List<PathResult> pairs = List.of(
                Results.curve("arc", "a", "b", 0.125, 0.25, 0.125), Results.curve("arc", "a", "c", 0.375, 0.75, 0.125));

        JsonNode series = ProfileChart.option(List.of("arc"), pairs).get("series");

        assertThat(series).hasSize(4 + 2 * 2); // four means, and two pairs of training loss and accuracy
        assertThat(series.at("/0/data/1/1").doubleValue()).isEqualTo(0.5);
        assertThat(series.at("/0/lineStyle/opacity").doubleValue()).isEqualTo(1);
        assertThat(series.at("/2/data/1/1").doubleValue()).isEqualTo(0.75);
        assertThat(series.at("/2/lineStyle/opacity").doubleValue()).isLessThan(0.5);
    }
}
