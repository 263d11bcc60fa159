package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultJsonTest {
    private static final PathResult PLAIN = Results.curve("arc", "a", "b", 0.1, 0.3, 0.2);
    private static final PathResult MATCHED =
            Results.reordered("ot", "a", "b", new double[] {0.1, 1.0 / 3}, new double[] {1.0 / 3, 0.7, 0.2});

    private static final PathResult REFITTED = Results.refitted("ot+ca", "a", "b", 0.2, 0.1, 0.3);

    private static final PathResult LAYERED = Results.layered("ot+wa", "a", "b", 0.5);

    @TempDir
    private Path folder = Path.of("unset");

    private static List<String> names(ObjectNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void keysAreThoseOfTheContractInTheirOrder() {
        ObjectNode json = ResultJson.write(MATCHED, Optional.of(new Seconds(1.5, 2)));

        assertThat(names(json))
                .containsExactly(
                        "method",
                        "program",
                        "a",
                        "b",
                        "data",
                        "ends",
                        "worst",
                        "legs",
                        "points",
                        "barrier",
                        "length",
                        "assignment",
                        "seconds");
        assertThat(names((ObjectNode) json.get("data"))).containsExactly("name", "trainExamples", "testExamples");
        assertThat(names((ObjectNode) json.at("/ends/1")))
                .containsExactly("trainLoss", "trainAccuracy", "testLoss", "testAccuracy");
        assertThat(names((ObjectNode) json.at("/worst/trainLoss"))).containsExactly("value", "t", "leg", "exact");
        assertThat(names((ObjectNode) json.at("/legs/0"))).containsExactly("name", "from", "to", "worst");
        assertThat(names((ObjectNode) json.at("/points/0")))
                .containsExactly("t", "leg", "trainLoss", "trainAccuracy", "testLoss", "testAccuracy");
        assertThat(names((ObjectNode) json.get("barrier"))).containsExactly("interpolated", "mean", "worseEnd");
        assertThat(names((ObjectNode) json.get("length"))).containsExactly("value", "ratio");
        assertThat(names((ObjectNode) json.get("assignment"))).containsExactly("cost", "dualityGap");
        assertThat(names((ObjectNode) json.get("seconds"))).containsExactly("connect", "evaluate");
    }

    @Test
    void whatIsNotThereHasNoKey() {
        assertThat(names(ResultJson.write(PLAIN, Optional.empty()))).doesNotContain("assignment", "seconds");
    }

    @Test
    void refitsStandAtTheEnd() {
        ObjectNode json = ResultJson.write(REFITTED, Optional.of(new Seconds(1, 2)));

        assertThat(names(json)).endsWith("seconds", "convexAdjustment");
        assertThat(json.get("convexAdjustment"))
                .hasToString("{\"lambda\":1.0E-4,\"loss\":\"cross-entropy\",\"budgetSpent\":true,"
                        + "\"legs\":[{\"name\":\"curve\",\"knots\":[0.0,0.5,1.0],"
                        + "\"certificates\":[1.0E-5,2.0E-5,3.0E-5],\"passes\":[9,12,10],\"above\":[0.25]}]}");
    }

    @Test
    void layeredPathTellsWaypointsStatisticsAndTheSecondMeasurement() {
        ObjectNode json = ResultJson.write(LAYERED, Optional.empty());

        assertThat(json.get("waypoints")).hasToString("[{\"name\":\"Θ2\",\"t\":0.2},{\"name\":\"Θ3\",\"t\":0.4}]");
        assertThat(json.get("batchNormStatistics").textValue()).isEqualTo("repair");
        assertThat(json.at("/worstOnAllData/trainExamples").intValue()).isEqualTo(600);
        assertThat(json.at("/worstOnAllData/trainLoss/value").doubleValue()).isEqualTo(0.375);
    }

    @Test
    void valuesAreThoseOfTheProfile() {
        ObjectNode json = ResultJson.write(MATCHED, Optional.empty());

        assertThat(json.at("/worst/trainLoss/value").doubleValue()).isEqualTo(0.7);
        assertThat(json.at("/worst/trainLoss/leg").textValue()).isEqualTo("reorder");
        assertThat(json.at("/worst/trainLoss/t").doubleValue()).isEqualTo(0.75);
        assertThat(json.at("/legs/0/worst/trainLoss/value").doubleValue()).isEqualTo(1.0 / 3);
        assertThat(json.get("points")).hasSize(5);
        assertThat(json.at("/assignment/cost").doubleValue()).isEqualTo(12.5);
    }

    @Test
    void resultIsReadBackBitForBit() throws IOException {
        for (PathResult result : List.of(PLAIN, MATCHED, REFITTED, LAYERED)) {
            Path file = folder.resolve("cell.json");
            Files.writeString(file, Numbers.pretty(ResultJson.write(result, Optional.empty())));

            assertThat(ResultJson.read(file)).isEqualTo(result);
        }
    }

    @Test
    void csvListsThePoints() {
        assertThat(ResultJson.csv(PLAIN)).isEqualTo("""
                        t,leg,trainLoss,trainAccuracy,testLoss,testAccuracy
                        0.0,curve,0.1,0.9,0.2,0.8
                        0.5,curve,0.3,0.7,0.6,0.4
                        1.0,curve,0.2,0.8,0.4,0.6
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1e21, 1.0E21",
        "2e-3, 0.002",
        "2.0E-3, 0.002",
        "1e-3, 0.001",
        "4.9e-324, 4.9E-324",
        "2.2250738585072014e-308, 2.2250738585072014E-308",
        "9007199254740993, 9.007199254740992E15",
        "-0.0, -0.0"
    })
    void numbersAreAsShortAsTheyCanBe(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @Test
    void numbersAreReadBackToTheSameBits() {
        new SplittableRandom(1)
                .longs(20_000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .forEach(value ->
                        assertThat(Double.parseDouble(Numbers.text(value))).isEqualTo(value));
    }
}
