package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.panel.Table.Row;
import org.thalweg.result.Measure;
import org.thalweg.result.Spread;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;

class TableTest {
    // Worst training losses: arc 0.25 and 0.75; ot on its curve 0.125 and 0.125, on the whole path 0.5 and 0.125.
    private static final List<PathResult> RESULTS = List.of(
            Results.curve("arc", "n1", "n2", 0.0625, 0.25, 0.125),
            Results.curve("arc", "n1", "n3", 0.0625, 0.75, 0.25),
            Results.reordered("ot", "n1", "n2", new double[] {0.0625, 0.125}, new double[] {0.125, 0.5, 0.125}),
            Results.reordered("ot", "n1", "n3", new double[] {0.0625, 0.125}, new double[] {0.125, 0.0625, 0.125}));
    private static final CellFailure FAILURE = new CellFailure("n2_n3", "ot", "it did not converge.");
    private static final Table TABLE = Table.of(
            List.of("linear", "arc", "ot"),
            RESULTS,
            List.of(FAILURE),
            Map.of("n1_n2/arc", 1.0, "n1_n3/arc", 2.0, "n1_n2/ot", 9.0));

    private static Row row(String method) {
        return TABLE.rows().stream()
                .filter(row -> row.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowsAreTheMethodsThatHaveResultsInTheirOrderThenTheEnds() {
        assertThat(TABLE.rows()).extracting(Row::method).containsExactly("arc", "ot", "ends");
    }

    @Test
    void rowHoldsMeanAndPopulationDeviationOfTheWorstValuesOverPairs() {
        assertThat(row("arc").curve().get(Measure.TRAIN_LOSS)).isEqualTo(new Spread(0.5, 0.25, 2));
        assertThat(row("arc").curve().get(Measure.TRAIN_ACCURACY)).isEqualTo(new Spread(0.5, 0.25, 2));
        assertThat(row("arc").curve().get(Measure.TEST_LOSS)).isEqualTo(new Spread(1, 0.5, 2));
        assertThat(row("arc").count()).isEqualTo(2);
    }

    @Test
    void ownCurveAndWholePathAreKeptApart() {
        assertThat(row("ot").curve().get(Measure.TRAIN_LOSS)).isEqualTo(new Spread(0.125, 0, 2));
        assertThat(row("ot").path().get(Measure.TRAIN_LOSS)).isEqualTo(new Spread(0.3125, 0.1875, 2));
    }

    @Test
    void endsAreEachNetworkOnce() {
        assertThat(row("ends").count()).isEqualTo(3);
        assertThat(row("ends").curve().get(Measure.TRAIN_LOSS).mean())
                .isCloseTo((0.0625 + 0.125 + 0.25) / 3, within(1e-15));
        assertThat(TABLE.networks()).isEqualTo(3);
    }

    @Test
    void refittedEndsAreABaselineOfTheirOwn() {
        Table table = Table.of(
                List.of("arc", "arc+ca"),
                List.of(
                        Results.curve("arc", "n1", "n2", 0.25, 0.5),
                        Results.refitted("arc+ca", "n1", "n2", 0.25, 0.125, 0.5)),
                List.of(),
                Map.of());

        assertThat(table.rows()).extracting(Row::method).containsExactly("arc", "arc+ca", "ends+ca", "ends");
        assertThat(table.rows()).extracting(Row::isMethod).containsExactly(true, true, false, false);
        assertThat(table.rows().get(2).path().get(Measure.TRAIN_LOSS)).isEqualTo(new Spread(0.125, 0, 2));
        assertThat(TableText.csv(table)).contains("\nends+ca,2,0.875,0.0,0.75,");
        assertThat(TableText.caption(table))
                .endsWith(
                        " as published tables have it. Methods with '+ca' see the labels of the training examples, as training "
                                + "does; 'ends+ca' is the same refit of the end points alone.");
        assertThat(TableText.caption(TABLE)).doesNotContain("+ca");
    }

    @Test
    void ownCurveOfARefittedPathBeginsAtItsStart() {
        Table table = Table.of(Results.refitted("arc+ca", "n1", "n2", 0.3, 0.125, 0.5));

        assertThat(table.rows().get(0).curve().get(Measure.TRAIN_LOSS).mean()).isEqualTo(0.3);
        assertThat(table.rows().get(0).path().get(Measure.TRAIN_LOSS).mean()).isEqualTo(0.5);
    }

    @Test
    void secondsAreTheMeanOverPairsWhoseTimeIsKnown() {
        assertThat(row("arc").seconds()).contains(1.5);
        assertThat(row("ot").seconds()).contains(9.0);
        assertThat(row("ends").seconds()).isEmpty();
    }

    @Test
    void pairsOfCommonNetworksAreSaidToShareThem() {
        Table apart = Table.of(
                List.of("arc"),
                List.of(Results.curve("arc", "n1", "n2", 0, 0), Results.curve("arc", "n3", "n4", 0, 0)),
                List.of(),
                Map.of());

        assertThat(TABLE.pairsShareNetworks()).isTrue();
        assertThat(TableText.caption(TABLE)).contains("over 2 pairs of 3 networks (pairs share networks)");
        assertThat(apart.pairsShareNetworks()).isFalse();
        assertThat(TableText.caption(apart)).contains("over 2 pairs of 4 networks;");
    }

    @Test
    void tableOfOnePathHasItsEndsBelow() {
        Table table = Table.of(Results.curve("arc", "a", "b", 0.25, 0.5));

        assertThat(table.rows()).extracting(Row::method).containsExactly("arc", "ends");
        assertThat(table.rows().get(0).seconds()).isEqualTo(Optional.empty());
        assertThat(TableText.caption(table)).contains("of 1 pair of 2 networks");
    }

    @Test
    void csvHasTheColumnsOfItsContract() {
        assertThat(TableText.csv(TABLE).lines())
                .containsExactly(
                        "method,pairs,trainAccuracyWorstMean,trainAccuracyWorstSd,testAccuracyWorstMean,"
                                + "testAccuracyWorstSd,trainLossWorstMean,trainLossWorstSd,testLossWorstMean,"
                                + "testLossWorstSd,trainAccuracyWorstWholePathMean,trainAccuracyWorstWholePathSd,"
                                + "testAccuracyWorstWholePathMean,testAccuracyWorstWholePathSd,"
                                + "trainLossWorstWholePathMean,trainLossWorstWholePathSd,testLossWorstWholePathMean,"
                                + "testLossWorstWholePathSd",
                        "arc,2,0.5,0.25,0.0,0.5,0.5,0.25,1.0,0.5,0.5,0.25,0.0,0.5,0.5,0.25,1.0,0.5",
                        "ot,2,0.875,0.0,0.75,0.0,0.125,0.0,0.25,0.0,"
                                + "0.6875,0.1875,0.375,0.375,0.3125,0.1875,0.625,0.375",
                        TableText.csv(TABLE).lines().skip(3).findFirst().orElseThrow());
        assertThat(TableText.csv(TABLE)).endsWith("\n").contains("\nends,3,");
    }

    @Test
    void captionNamesMethodsThatAreNotMeasuredOnAllPairs() {
        Table unfinished = Table.of(List.of("arc", "ot"), RESULTS.subList(0, 3), List.of(), Map.of());

        assertThat(TableText.caption(unfinished)).endsWith("Not all pairs are finished: ot over 1.");
        assertThat(TableText.caption(TABLE)).doesNotContain("finished");
    }

    private static Table table(PathResult... results) {
        List<String> methods = Stream.of(results).map(PathResult::method).toList();
        return Table.of(methods, List.of(results), List.of(), Map.of());
    }

    @Test
    void bestAndWorstMethodsAreMarkedByTestAccuracy() {
        assertThat(TableText.marks(TABLE)).containsExactly(Optional.of("worst"), Optional.of("best"), Optional.empty());
        assertThat(TableText.marks(Table.of(RESULTS.get(0)))).containsOnly(Optional.empty()); // one is neither
    }

    @Test
    void marksAreOfTheWholePath() {
        PathResult low =
                Results.reordered("ot", "a", "b", new double[] {0.125, 0.125}, new double[] {0.125, 0.5, 0.125});

        assertThat(TableText.marks(table(Results.curve("linear", "a", "b", 0.125, 0.25, 0.125), low)))
                .containsExactly(Optional.of("best"), Optional.of("worst"), Optional.empty());
    }

    @Test
    void equalMethodsShareAMarkUnlessAllAreEqual() {
        PathResult linear = Results.curve("linear", "a", "b", 0.125, 0.25, 0.125);
        PathResult arc = Results.curve("arc", "a", "b", 0.125, 0.25, 0.125);
        PathResult ot = Results.curve("ot", "a", "b", 0.125, 0.5, 0.125);

        assertThat(TableText.marks(table(linear, arc, ot)))
                .containsExactly(Optional.of("best"), Optional.of("best"), Optional.of("worst"), Optional.empty());
        assertThat(TableText.marks(table(linear, arc))).containsOnly(Optional.empty());
    }

    @Test
    void curveAloneHasColumnsOnlyWhereItPrintsDifferently() {
        Table same = table(Results.curve("linear", "a", "b", 0.125, 0.25, 0.125));

        assertThat(TableText.heads(same))
                .containsExactly("method", "accuracy % (train / test)", "loss (train / test)", "s/pair");
        assertThat(TableText.caption(same))
                .startsWith("Worst value on the whole path,")
                .doesNotContain("curve alone", "s/pair");
        assertThat(TableText.heads(TABLE))
                .containsExactly(
                        "method",
                        "accuracy % (train / test)",
                        "loss (train / test)",
                        "curve alone, accuracy %",
                        "curve alone, loss",
                        "s/pair");
        assertThat(TableText.cells(TABLE).get(1))
                .startsWith(
                        "ot", "68.75±18.75 / 37.50±37.50", "0.3125±0.1875 / 0.6250±0.3750", "87.50±0.00 / 75.00±0.00");
        assertThat(TableText.caption(TABLE))
                .contains(" 'curve alone': from the first network to the end of the")
                .endsWith("'s/pair': seconds to connect a pair and to measure its path.");
    }

    @Test
    void summaryHasSettingsAndFailuresButNoTimes() {
        String summary = TableText.markdown(TABLE, Map.of("data", "glyphs"));

        assertThat(summary)
                .contains(
                        "| method | accuracy % (train / test) |",
                        "| arc | 50.00±25.00 / 0.00±50.00 |",
                        "Failed: n2_n3 by ot: it did not converge.",
                        "- data: glyphs")
                .doesNotContain("s/pair");
    }

    @Test
    void jsonHoldsRowsCellsAndFailures() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(TableText.json(new PanelResult(
                        Map.of("data", "glyphs"),
                        new Grid(List.of("linear", "arc", "ot"), List.of("n1_n2", "n2_n3")),
                        RESULTS,
                        TABLE.failures(),
                        TABLE,
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        Map.of())));

        assertThat(json.at("/settings/data").textValue()).isEqualTo("glyphs");
        assertThat(json.at("/grid/methods/2").textValue()).isEqualTo("ot");
        assertThat(json.at("/grid/pairs/1").textValue()).isEqualTo("n2_n3");
        assertThat(json.at("/rows/0/curveWorst/trainLoss/sd").doubleValue()).isEqualTo(0.25);
        assertThat(json.at("/rows/1/pathWorst/testLoss/mean").doubleValue()).isEqualTo(0.625);
        assertThat(json.get("cells")).hasSize(4);
        assertThat(json.at("/cells/2/pair").textValue()).isEqualTo("n1_n2");
        assertThat(json.at("/cells/2/trainLossWorst").doubleValue()).isEqualTo(0.125);
        assertThat(json.at("/cells/2/trainLossWorstWholePath").doubleValue()).isEqualTo(0.5);
        assertThat(json.at("/failures/0/reason").textValue()).isEqualTo("it did not converge.");
    }
}
