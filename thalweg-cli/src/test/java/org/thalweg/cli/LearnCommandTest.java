package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.run.Numbers;

class LearnCommandTest {
    private static final List<String> DATA =
            List.of("--train-examples", "120", "--test-examples", "50", "--threads", "2");

    @TempDir
    static Path shared = Path.of("unset");

    private static Path networks = Path.of("unset");

    @TempDir
    private Path folder = Path.of("unset");

    private static Cli.Outcome run(List<String> more, String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(more);
        return Cli.run(all.toArray());
    }

    @BeforeAll
    static void trainNetworks() {
        networks = shared.resolve("run/networks");
        Cli.Outcome outcome = run(
                DATA,
                "train",
                "--network",
                "mlp-12",
                "--epochs",
                "2",
                "--seeds",
                "1-6",
                "--out",
                shared.resolve("run").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static String network(int seed) {
        return networks.resolve("seed-" + seed + ".safetensors").toString();
    }

    private Cli.Outcome learn(String kind, String map, Path out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "learn",
                "--kind",
                kind,
                "--map",
                map,
                "--steps",
                "4",
                "--rounds",
                "2",
                "--hidden",
                "6",
                "--layers",
                "2",
                "--map-batch",
                "16",
                "--judged",
                "40",
                "--out",
                out.toString(),
                "--endpoints",
                network(1) + "," + network(2) + "," + network(3) + "," + network(4)));
        words.addAll(List.of(more));
        return run(DATA, words.toArray(new String[0]));
    }

    @Test
    void learnsThenConnectsAndSaysWhatItHasSeen() throws IOException {
        Path model = folder.resolve("m.safetensors");
        Cli.Outcome learned = learn("bijection", "realnvp", model);
        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(learned.out()).contains("bijection-realnvp of ", "coordinates, best after");
        assertThat(Files.readString(folder.resolve("m.csv")).lines()).hasSize(3);
        assertThat(folder.resolve("m.report/figures/learning.svg"))
                .content()
                .startsWith("<svg")
                .contains("Worst loss");
        assertThat(folder.resolve("m.report/report.html"))
                .content()
                .contains(
                        "The best of 2 rounds is that after ",
                        "id=\"plot-learning\"",
                        "<dt>objective</dt><dd>bijection</dd>",
                        " (validation)</dd>");

        Path path = folder.resolve("p.safetensors");
        Cli.Outcome connected = run(
                DATA,
                "connect",
                "--method",
                "bijection-realnvp",
                "--model",
                model.toString(),
                "--points",
                "3",
                "--format",
                "json",
                "--out",
                path.toString(),
                network(1),
                network(5));
        assertThat(connected.code()).as(connected.err()).isZero();
        JsonNode result = Numbers.MAPPER.readTree(connected.out());
        assertThat(result.at("/map/trainedOn").toString()).isEqualTo("[\"a\"]");
        assertThat(result.at("/map/chosenOn")).isEmpty();

        Cli.Outcome evaluated = run(DATA, "evaluate", path.toString(), "--points", "3", "--format", "json");
        JsonNode again = Numbers.MAPPER.readTree(evaluated.out());
        assertThat(again.at("/points")).isEqualTo(result.at("/points"));
        assertThat(again.at("/map")).isEqualTo(result.at("/map"));
        Cli.Outcome exported = Cli.run(
                "export",
                path.toString(),
                "--t",
                "0.5",
                "--out",
                folder.resolve("mid.npz").toString());
        assertThat(exported.code()).as(exported.err()).isZero();

        Cli.Outcome table = run(
                DATA,
                "connect",
                "--method",
                "bijection-realnvp",
                "--model",
                model.toString(),
                "--points",
                "3",
                network(3),
                network(5));
        assertThat(table.out()).contains("which was chosen on the start.");
    }

    @Test
    void panelHasRowsOfLearnedMaps() {
        Path flow = folder.resolve("flow.safetensors");
        Path bijection = folder.resolve("bijection.safetensors");
        assertThat(learn("flow", "iaf", flow).code()).isZero();
        assertThat(learn("bijection", "iaf", bijection).code()).isZero();

        Cli.Outcome panel = run(
                DATA,
                "panel",
                "--methods",
                "arc,flow-iaf,bijection-iaf",
                "--model",
                flow + "," + bijection,
                "--points",
                "3",
                "--endpoints",
                network(5) + "," + network(6),
                "--out",
                folder.resolve("panel").toString());

        assertThat(panel.code()).as(panel.err()).isZero();
        assertThat(panel.out()).contains("flow-iaf", "bijection-iaf");
    }

    @Test
    void anUnfinishedTrainingOfOtherSettingsIsNotTaken() throws IOException {
        Path model = folder.resolve("m.safetensors");
        Path other = folder.resolve("o.safetensors");
        assertThat(learn("flow", "realnvp", model).code()).isZero();
        assertThat(learn("flow", "realnvp", other, "--seed", "1").code()).isZero();

        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(model));
        assertThat(folder.resolve("m.training/state.safetensors")).doesNotExist();
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        Path out = folder.resolve("m.safetensors");
        Cli.Outcome few = run(DATA, "learn", "--out", out.toString(), "--endpoints", network(1) + "," + network(2));
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err())
                .isEqualTo(
                        "thalweg: a map learns from at least 2 networks and is chosen on at least 2 others; 2 networks with"
                                + " --validation 2 do not do." + System.lineSeparator());

        Cli.Outcome none = run(DATA, "connect", "--method", "flow-iaf", network(1), network(2));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .isEqualTo(
                        "thalweg: method 'flow-iaf' needs a model, a map that was learned for it; 'thalweg learn' makes one."
                                + System.lineSeparator());

        Cli.Outcome noMap = run(DATA, "connect", "--method", "flow-iaf", "--model", network(1), network(1), network(2));
        assertThat(noMap.code()).isEqualTo(3);
        assertThat(noMap.err()).contains("holds no learned map; 'thalweg learn' makes one.");

        Cli.Outcome panel = run(
                DATA,
                "panel",
                "--methods",
                "flow-iaf",
                "--endpoints",
                network(1) + "," + network(2),
                "--out",
                folder.resolve("panel").toString());
        assertThat(panel.code()).isEqualTo(2);
    }
}
