package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Python with PyTorch: the commands of docs/own.md on files that it saved, and what it makes of the merged one. */
@Tag("peers")
class OwnNetworksInPyTorchTest {
    @TempDir
    private Path folder = Path.of("unset");

    private Cli.Outcome run(Object... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    @Test
    void aPanelAndAMergedNetworkComeBack() throws Exception {
        OwnNetworksAndDataTest.writeImagesAndDescriptions(folder);
        Python.run(folder, "own_networks.py", "save");
        Path a = folder.resolve("a.pt");
        Path b = folder.resolve("b.pt");
        Path net = folder.resolve("net.yaml");
        Path shapes = folder.resolve("shapes.yaml");
        Path merged = folder.resolve("merged.pt");

        run(
                "panel",
                "--endpoints",
                a + "," + b,
                "--architecture",
                net,
                "--data",
                shapes,
                "--methods",
                "linear,ot+wa",
                "--out",
                folder.resolve("panel"),
                "--quiet");
        Cli.Outcome merge = run(
                "merge",
                a,
                b,
                "--architecture",
                net,
                "--data",
                shapes,
                "--method",
                "ot+wa+ca",
                "--out",
                merged,
                "--format",
                "json",
                "--quiet");

        assertThat(folder.resolve("panel/report.html")).isNotEmptyFile();
        assertThat(Files.readString(folder.resolve("panel/results.csv"))).contains("\nlinear,1,", "\not+wa,1,");
        JsonNode json = new ObjectMapper().readTree(merge.out());
        assertAsInPyTorch(json.at("/parents/0/measures"), a);
        assertAsInPyTorch(json.at("/parents/1/measures"), b);
        assertAsInPyTorch(json.at("/merged"), merged);
    }

    private void assertAsInPyTorch(JsonNode measures, Path file) throws Exception {
        JsonNode measured = new ObjectMapper().readTree(Python.run(folder, "own_networks.py", file));
        double loss = measured.get(0).doubleValue();
        assertThat(measures.get("testLoss").doubleValue())
                .as(file + ": loss")
                .isCloseTo(loss, within(1e-5 + 1e-4 * loss));
        assertThat(measures.get("testAccuracy").doubleValue())
                .as(file + ": accuracy")
                .isCloseTo(measured.get(1).doubleValue(), within(1e-6));
    }
}
