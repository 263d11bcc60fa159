package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;
import org.thalweg.run.Seconds;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ChartsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/thalweg/report");
    private static final List<String> METHODS = List.of("arc", "ot", "ot+ca");
    private static final List<PathResult> RESULTS = List.of(
            Results.curve("arc", "a", "b", 0.125, 0.25, 0.125),
            Results.curve("arc", "a", "c", 0.375, 0.75, 0.125),
            Results.reordered("ot", "a", "b", new double[] {0.0625, 0.25, 0.125}, new double[] {0.125, 0.5, 0.1875}),
            Results.reordered("ot", "a", "c", new double[] {0.0625, 0.25, 0.125}, new double[] {0.125, 0.5, 0.1875}),
            Results.refitted("ot+ca", "a", "b", 0.25, 0.125, 0.25));
    private static final Map<String, Seconds> SECONDS =
            Map.of("a_b/arc", new Seconds(2, 1), "a_c/arc", new Seconds(4, 1), "a_b/ot", new Seconds(30, 1));

    private static List<Chart> charts() {
        return List.of(
                PathChart.of(METHODS, RESULTS),
                BarrierChart.of(METHODS, RESULTS),
                CostChart.of(METHODS, RESULTS, SECONDS));
    }

    /** Every element's name with what identifies it, counted: where a mark stands is for the eye, not for a test. */
    private static String structure(String svg) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        Map<String, Integer> counts = new TreeMap<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            org.w3c.dom.Element element = (org.w3c.dom.Element) all.item(i);
            String text = element.getTagName().equals("text") ? " '" + element.getTextContent() + "'" : "";
            String style = element.getTagName().equals("path")
                    ? " fill " + element.getAttribute("fill") + " stroke " + element.getAttribute("stroke")
                    : "";
            counts.merge(element.getTagName() + text + style, 1, Integer::sum);
        }
        StringBuilder lines = new StringBuilder();
        counts.forEach(
                (name, count) -> lines.append(count).append(' ').append(name).append('\n'));
        return lines.toString();
    }

    @Test
    void figuresHaveTheReviewedMarksAndTexts() throws Exception {
        Figures figures = Figures.draw(charts());

        StringBuilder all = new StringBuilder();
        for (Chart chart : figures.charts()) {
            all.append("== ")
                    .append(chart.id())
                    .append('\n')
                    .append(structure(figures.svgs().getOrDefault(chart.id(), "")));
        }
        golden("figures.txt", all.toString());
    }

    @Test
    void tablesHaveTheReviewedColumnsAndRows() throws IOException {
        StringBuilder all = new StringBuilder();
        charts().forEach(chart -> all.append("== ")
                .append(chart.id())
                .append('\n')
                .append(chart.data().csv()));
        golden("tables.txt", all.toString());
    }

    private static void golden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("thalweg.regenerate")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    private static List<JsonNode> series(Chart chart, String type, String method, String split) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode series : chart.option().get("series")) {
            if (series.path("type").asText().equals(type)
                    && series.path("tag").path("method").asText().equals(method)
                    && series.path("tag").path("split").asText().equals(split)) {
                found.add(series);
            }
        }
        return found;
    }

    @Test
    void lineIsTheMeanOverPairsAndTheBandOneDeviation() {
        Chart chart = PathChart.of(METHODS, RESULTS);

        JsonNode line = series(chart, "line", "arc", "train").get(0);
        JsonNode band = series(chart, "custom", "arc", "train").get(0);

        assertThat(line.at("/data/1/1").doubleValue()).isEqualTo(0.5);
        assertThat(band.at("/rings/0/1/1").doubleValue()).isEqualTo(0.25); // forth along the low edge
        assertThat(band.at("/rings/0/4/1").doubleValue()).isEqualTo(0.75); // back along the high one
    }

    @Test
    void equalLegsOfAllMethodsStandAboveEachOther() {
        LegAxis axis = new LegAxis(RESULTS);

        assertThat(axis.stretches().stream().map(LegAxis.Stretch::leg))
                .containsExactly("refit-a", "curve", "reorder", "refit-b");
        assertThat(axis.x("curve", 0)).isEqualTo(0.5);
        assertThat(axis.x("curve", 1)).isEqualTo(1.5);
    }

    @Test
    void everyPathRunsFromLeftToRight() {
        LegAxis axis = new LegAxis(List.of(
                Results.legs("linear", "curve"),
                Results.legs("linear+ca", "refit-a", "curve", "refit-b"),
                Results.legs("ot+wa", "curve", "output", "reorder"),
                Results.legs("ot+ca", "refit-a", "curve", "reorder", "refit-b")));

        assertThat(axis.stretches().stream().map(LegAxis.Stretch::leg))
                .containsExactly("refit-a", "curve", "output", "reorder", "refit-b");
    }

    @Test
    void pointsBetweenTransitionsAreMarked() {
        PathResult deep =
                Results.legs("ot+wa", "1.curve", "2.curve", "output", "1.spare", "1.reorder", "1.restore", "2.reorder");
        LegAxis axis = new LegAxis(List.of(Results.curve("arc", "a", "b", 0.125, 0.25, 0.125), deep));

        assertThat(axis.thetas()).containsExactly(new LegAxis.Theta("Θ₂", 1), new LegAxis.Theta("Θ₃", 2));
        assertThat(axis.x("curve", 1)).isEqualTo(2); // all layers at once: over all transitions
    }

    @Test
    void namesOfLegsGiveWayWhereTheyWouldRunIntoEachOther() {
        String[] few = {"1.curve", "2.curve", "output"};
        String[] many = IntStream.rangeClosed(1, 11).mapToObj(k -> k + ".curve").toArray(String[]::new);

        assertThat(firstLeg(few)).isEqualTo("1.curve");
        assertThat(firstLeg(many)).isEmpty();
        many[10] = "1.spare";
        LegAxis axis = new LegAxis(List.of(Results.legs("ot+wa", many)));
        assertThat(axis.end()).as("ten curves and a way home").isCloseTo(10.1, within(1e-12));
    }

    private static String firstLeg(String... legs) {
        return PathChart.of(List.of("arc+wa"), List.of(Results.legs("arc+wa", legs)))
                .option()
                .findParents("markArea")
                .get(0)
                .at("/markArea/data/0/0/name")
                .asText();
    }

    @Test
    void pathThatReOrdersLayersOnlyAtItsEndHasNoPointsBetweenTransitions() {
        LegAxis axis = new LegAxis(List.of(Results.legs("ot", "curve", "1.reorder", "2.reorder")));

        assertThat(axis.thetas()).isEmpty();
        assertThat(axis.x("curve", 1)).isEqualTo(1);
    }

    @Test
    void pastALegThatAMethodLacksItsLineIsBroken() {
        Chart chart = PathChart.of(METHODS, RESULTS);

        JsonNode line = series(chart, "line", "ot+ca", "train").get(0);

        assertThat(line.at("/data/5/1").asText()).isEqualTo("-"); // between curve and refit-b lies reorder
    }

    @Test
    void worstPointOfEachPairIsMarked() {
        Chart chart = PathChart.of(METHODS, RESULTS);

        JsonNode marks = series(chart, "scatter", "arc", "train").get(0);

        assertThat(marks.get("data")).hasSize(2);
        assertThat(marks.at("/data/1/1").doubleValue()).isEqualTo(0.75);
    }

    @Test
    void barriersAreDotsPerPair() {
        JsonNode dots = series(BarrierChart.of(METHODS, RESULTS), "scatter", "arc", "train")
                .get(0);

        assertThat(dots.get("data")).hasSize(2);
        assertThat(dots.at("/data/1/1").doubleValue()).isCloseTo(0.375, within(1e-12)); // 0.75 over an end of 0.375
    }

    @Test
    void costIsTheMeanTimeOfPairsThatHaveOne() {
        Chart chart = CostChart.of(METHODS, RESULTS, SECONDS);

        JsonNode arc = series(chart, "scatter", "arc", "test").get(0);

        assertThat(arc.at("/data/0/0").doubleValue()).isEqualTo(3);
        assertThat(chart.data().rows()).hasSize(2); // nothing is known of ot+ca
    }

    @Test
    void methodsHaveOneColourEverywhereAndNoTwoAlikeInAFamilyOfNine() {
        List<String> nine =
                List.of("linear", "arc", "ot", "linear+wa", "arc+wa", "ot+wa", "linear+ca", "arc+ca", "ot+ca");

        assertThat(nine.stream().map(MethodStyle::of).map(MethodStyle::colour)).doesNotHaveDuplicates();
        assertThat(MethodStyle.of("ot+wa · run-2")).isEqualTo(MethodStyle.of("ot+wa"));
        assertThat(MethodStyle.of("ot+wa:garipov-5")).isNotEqualTo(MethodStyle.of("garipov-5"));
        assertThat(List.of("flow-realnvp", "flow-iaf", "bijection-realnvp", "bijection-iaf"))
                .map(MethodStyle::of)
                .map(MethodStyle::colour)
                .doesNotHaveDuplicates();
    }
}
