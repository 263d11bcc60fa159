package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are made again, compared, shown side by side. */
class ReproduceTest {
    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void makeRun() {
        run = folder.resolve("run");
        Cli.Outcome outcome = Cli.run(
                "panel",
                "--out=" + run,
                "--network=mlp-16",
                "--epochs=2",
                "--networks=2",
                "--methods=linear,ot",
                "--points=3",
                "--train-examples=200",
                "--test-examples=50",
                "--quiet");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void runIsMadeAgainAndFoundTheSameFigureByFigure() {
        Cli.Outcome outcome = Cli.run("reproduce", run, "--out=" + folder.resolve("same"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("networks/seed-1.safetensors: same", "cells/seed-1_seed-2/ot.json: same, ")
                .contains("paths/seed-1_seed-2/linear.safetensors: same, 1 file", "figures/path.csv: same, ")
                .contains("The result was reproduced: ");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void runOfAClusterIsMadeAgainOnThisMachine() throws IOException {
        Path command = run.resolve("command.json");
        String before = Files.readString(command);
        Files.writeString(command, before.replace("\"--quiet\"", "\"--quiet\", \"--spark\", \"spark://none:7077\""));

        Cli.Outcome outcome = Cli.run("reproduce", run, "--out=" + folder.resolve("here"));
        Files.writeString(command, before);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @Test
    void aFigureThatDiffersIsNamedWithBothValues() throws IOException {
        Path changed = folder.resolve("changed");
        Cli.run("reproduce", run, "--out=" + changed);
        Path cell = run.resolve("cells/seed-1_seed-2/linear.json");
        String before = Files.readString(cell);
        Files.writeString(cell, before.replaceFirst("\"ratio\" : [0-9.E-]+", "\"ratio\" : 7.5"));

        Cli.Outcome outcome = Cli.run("reproduce", run, "--out=" + changed);
        Files.writeString(cell, before);

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.out())
                .contains("NOT reproduced")
                .containsPattern("linear.json: 1 of \\d+ differ, such as /length/ratio was 7.5 and is 1");
    }

    @Test
    void folderWithoutACommandIsToldSo() throws IOException {
        Cli.Outcome outcome = Cli.run("reproduce", Files.createDirectories(folder.resolve("empty")));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("records no command");
    }

    @Test
    void reportIsRebuiltFromTheSavedResults() throws IOException {
        String before = Files.readString(run.resolve("report.html"));
        Files.delete(run.resolve("report.html"));

        Cli.Outcome outcome = Cli.run("report", run, "--tensorboard");

        assertThat(outcome.code()).isZero();
        assertThat(run.resolve("report.html")).hasContent(before);
        assertThat(run.resolve("tensorboard/seed-1_seed-2/ot/events.out.tfevents.0.thalweg"))
                .isNotEmptyFile();
    }

    @Test
    void severalRunsStandSideBySide() throws IOException {
        Path other = folder.resolve("other");
        Cli.run("reproduce", run, "--out=" + other);

        Cli.Outcome without = Cli.run("report", run, other);
        Cli.Outcome outcome = Cli.run("report", run, other, "--out=" + folder.resolve("both"));

        assertThat(without.code()).isEqualTo(2);
        assertThat(outcome.code()).isZero();
        assertThat(Files.readString(folder.resolve("both/report.html")))
                .contains("<th scope=\"row\">ot · run", "<th scope=\"row\">ot · other");
    }

    @Test
    void whatIsNoRunIsRefused() {
        Cli.Outcome outcome = Cli.run("report", folder);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("no run folder");
    }
}
