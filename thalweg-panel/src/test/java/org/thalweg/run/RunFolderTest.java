package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.result.Barriers;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measures;
import org.thalweg.result.PathLength;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.WorstMeasures;

class RunFolderTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void open() {
        run = new RunFolder(folder);
    }

    private static PathResult result(String method) {
        List<ProfilePoint> points = List.of(
                new ProfilePoint(0, "curve", new Measures(0.1, 0.9, 0.2, 0.8)),
                new ProfilePoint(1, "curve", new Measures(0.3, 0.7, 0.4, 0.6)));
        WorstMeasures worst = WorstMeasures.sampled(points);
        Profile profile = new Profile(
                List.of(new LegProfile("curve", 0, 1, worst, points)),
                Barriers.of(points, worst),
                new PathLength(2, 1));
        return new PathResult(method, "thalweg", "a", "b", new DataFacts("glyphs", 10, 10), profile, Optional.empty());
    }

    @Test
    void aFinishedCellIsReadAsItWasWritten() throws IOException {
        run.finish(result("arc"));

        assertThat(run.finished("a_b", "arc")).contains(result("arc"));
        assertThat(run.finished("a_b", "linear")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                          | is not proper JSON
            {"method": "arc", "program"                 | at line 1, column 28); delete it.
            {} {}                                       | is not proper JSON
            {"a": 1, "a": 2}                            | is not proper JSON
            []                                          | is not a result
            {}                                          | is not a result
            "text"                                      | is not a result
            """)
    void aDamagedCellIsNamed(String text, String problem) throws IOException {
        run.write("cells/a_b/arc.json", text);

        assertThatThrownBy(() -> run.finished("a_b", "arc"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(run.cell("a_b", "arc") + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("Source")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "legs" : [        | "legs" : 5, "was" : [
            "points" : [      | "points" : [], "was" : [
            "points" : [      | "points" : {}, "was" : [
            "leg" : "curve"   | "leg" : "output"
            "worst" : {       | "worst" : "none", "was" : {
            "length" : {      | "length" : null, "was" : {
            """)
    void aResultThatDoesNotHoldTogetherIsRefused(String part, String damaged) throws IOException {
        run.finish(result("arc"));
        String text = Files.readString(run.cell("a_b", "arc"));
        assertThat(text).contains(part);

        run.write("cells/a_b/arc.json", text.replace(part, damaged));

        assertThatThrownBy(() -> run.finished("a_b", "arc"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not a result");
    }

    @Test
    void aCellInAnothersPlaceIsRefused() throws IOException {
        run.finish(result("arc"));
        Files.move(run.cell("a_b", "arc"), run.cell("a_b", "linear"));

        assertThatThrownBy(() -> run.finished("a_b", "linear"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds a_b by arc");
    }

    @Test
    void aFolderInACellsPlaceIsRefused() throws IOException {
        Files.createDirectories(run.cell("a_b", "arc"));

        assertThatThrownBy(() -> run.finished("a_b", "arc"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is no file");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Files.createDirectories(run.cell("a_b", "arc").getParent());
        Files.write(run.cell("a_b", "arc"), new byte[] {'"', (byte) 0xff, '"'});

        assertThatThrownBy(() -> run.finished("a_b", "arc"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aFolderBelongsToItsSettings() throws IOException {
        run.claim(Map.of("points", "3"));
        run.claim(Map.of("points", "3"));

        assertThatThrownBy(() -> run.claim(Map.of("points", "4")))
                .isInstanceOf(OtherConfigurationException.class)
                .hasMessageContaining("points is 4 now but was 3 there");
    }

    @Test
    void theFolderOfOtherNetworksSaysWhich() throws IOException {
        Map<String, String> first = new TreeMap<>(Map.of("points", "3", "endpoint.a", "f7", "endpoint.b", "c0"));
        run.claim(first);

        first.put("endpoint.a", "e1");
        assertThatThrownBy(() -> run.claim(first))
                .hasMessage(run.root() + " is the folder of another run: the file of its network 'a' is another now;"
                        + " choose another folder.");
        first.remove("endpoint.a");
        assertThatThrownBy(() -> run.claim(first)).hasMessageContaining("its networks are b now but were a, b there");
        first.remove("endpoint.b");
        assertThatThrownBy(() -> run.claim(first))
                .hasMessageContaining("its networks are trained now but were a, b there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | is not proper JSON
            {"settings"            | is not proper JSON
            {"settings": "points"} | names no settings
            []                     | names no settings
            """)
    void damagedSettingsAreNamed(String text, String problem) throws IOException {
        run.write("run.json", text);

        assertThatThrownBy(() -> run.claim(Map.of("points", "3")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("Source")
                .hasMessageNotContaining("\n");
    }
}
