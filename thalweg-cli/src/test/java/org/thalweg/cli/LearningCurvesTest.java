package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How networks were trained, on every page that shows what became of them. */
class LearningCurvesTest {
    private static final String CHART = "figures/learning.csv";

    @TempDir
    static Path folder;

    @BeforeAll
    static void trainNetworks() {
        run("train", "--network=mlp-6", "--epochs=2", "--seeds=1-3", "--out=" + folder.resolve("run"));
    }

    private static void run(String command, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--train-examples=120", "--test-examples=40", "--quiet"));
        Cli.Outcome outcome = Cli.run(all.toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static Path network(int seed) {
        return folder.resolve("run/networks/seed-" + seed + ".safetensors");
    }

    private static void assertHasCurves(Path report, int networks) {
        assertThat(report.resolve("report.html")).content().contains("<figure id=\"learning\">");
        assertThat(report.resolve(CHART)).content().startsWith("network,epoch,trainLoss\n");
        assertThat(report.resolve(CHART)).content().hasLineCount(1 + 2 * networks);
    }

    @Test
    void rebuiltPageHasWhatThePanelDrewThoughTheNetworksAreGone() throws IOException {
        Path a = Files.copy(network(1), folder.resolve("a.safetensors"));
        Path b = Files.copy(network(2), folder.resolve("b.safetensors"));
        Path panel = folder.resolve("panel");
        Path again = folder.resolve("again");
        run("panel", "--endpoints=" + a + "," + b, "--methods=linear", "--points=2", "--out=" + panel);
        Files.delete(a);
        Files.delete(b);

        Cli.Outcome outcome = Cli.run("report", panel, "--out", again);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertHasCurves(panel, 2);
        assertThat(again.resolve(CHART)).hasSameBinaryContentAs(panel.resolve(CHART));
        assertThat(again.resolve("report.html")).hasSameBinaryContentAs(panel.resolve("report.html"));
    }

    @Test
    void runOfAnEarlierBuildHasThoseOfTheNetworksThatItTrained() throws IOException {
        Path panel = folder.resolve("own");
        run(
                "panel",
                "--network=mlp-6",
                "--epochs=2",
                "--networks=2",
                "--methods=linear",
                "--points=2",
                "--out=" + panel);
        Files.delete(panel.resolve("learning.json")); // those builds wrote none
        Files.delete(panel.resolve(CHART));

        Cli.Outcome outcome = Cli.run("report", panel);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertHasCurves(panel, 2);
    }

    @Test
    void pageOfOnePathHasThoseOfItsEnds() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other")).resolve("seed-1.safetensors");
        Files.copy(network(2), other); // two networks of one name
        Path report = folder.resolve("path");

        run("connect", network(1), other, "--method=linear", "--points=2", "--report=" + report);

        assertHasCurves(report, 2);
        assertThat(report.resolve(CHART)).content().contains("\nseed-1,2,", "\n2-seed-1,2,");
    }

    @Test
    void pageOfEnsemblesHasThoseOfTheirNetworks() {
        Path report = folder.resolve("ensembles");

        run("ensemble", "--endpoints=" + network(1) + "," + network(2), "--out=" + report);

        assertHasCurves(report, 2);
    }

    @Test
    void pageOfAPlaneHasThoseOfItsNetworks() {
        Path report = folder.resolve("plane");

        run("plane", network(1), network(2), network(3), "--grid=3", "--out=" + report);

        assertHasCurves(report, 3);
    }
}
