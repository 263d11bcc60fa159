package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.engine.Engine;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Network;

/** Ensembles through the command line, from networks to predictions. */
class EnsembleCommandTest {
    private static final List<Object> SMALL = List.of("--train-examples", "300", "--test-examples", "200", "--quiet");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void makeEnsembles() {
        run("train", "--seeds=1-3", "--network=mlp-24-16", "--epochs=3", "--learning-rate=0.05", "--out", folder);
        run("train", "--seeds=4", "--network=mlp-24", "--epochs=1", "--out", folder.resolve("wide"));
        run("connect", network(1), network(2), "--method=arc", "--out", folder.resolve("arc.safetensors"));
        run = folder.resolve("run");
        assertThat(ensemble(run, "--threads=2").code()).isZero();
    }

    private static Path network(int seed) {
        return folder.resolve("networks/seed-" + seed + ".safetensors");
    }

    private static String networks() {
        return network(1) + "," + network(2) + "," + network(3);
    }

    private static Cli.Outcome ensemble(Path out, Object... more) {
        List<Object> args = new ArrayList<>(List.of("ensemble", "--endpoints", networks(), "--heads", "1,2,3"));
        args.addAll(List.of("--methods=wa,wa+ca", "--path", folder.resolve("arc.safetensors"), "--out", out));
        args.addAll(List.of(more));
        return run(args.toArray());
    }

    private static Cli.Outcome run(Object... args) {
        List<Object> all = new ArrayList<>(List.of(args));
        all.addAll(SMALL);
        return Cli.run(all.toArray());
    }

    @Test
    void runLeavesResultsFiguresAndEnsembles() throws IOException {
        assertThat(RunFiles.hashes(run).keySet())
                .contains(
                        "run.json",
                        "results.csv",
                        "results.json",
                        "summary.md",
                        "ensembles/wa-1.safetensors",
                        "ensembles/wa-3+ca.safetensors",
                        "figures/accuracy-by-members.svg",
                        "figures/accuracy-by-storage.svg",
                        "figures/accuracy-by-compute.svg");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("<h1>Ensembles on one backbone on glyphs</h1>", "One network has ", " On one backbone wa-")
                .contains("data-method=\"wa-1+ca\"", "id=\"plot-accuracy-by-compute\"")
                .doesNotContain("data-part=");
        List<String> lines = Files.readAllLines(run.resolve("results.csv"));
        assertThat(lines.get(0)).startsWith("method,head,backbone,members,testAccuracy,testLoss,testCalibrationError");
        assertThat(lines).hasSize(1 + 3 * (6 + 3)); // m up to 3: six ensembles, ind, path and average
        JsonNode seconds = JSON.readTree(Files.readString(run.resolve("timings.json")))
                .path("secondsPerImage")
                .path("wa-1");
        assertThat(seconds).hasSize(3);
        assertThat(seconds.get(2).doubleValue()).isGreaterThan(seconds.get(0).doubleValue());
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void reportDrawsTheSamePageFromWhatIsSaved(@TempDir Path out) throws IOException {
        Cli.Outcome outcome = Cli.run("report", run, "--out", out);

        assertThat(outcome.code()).isZero();
        assertThat(out.resolve("report.html")).hasSameTextualContentAs(run.resolve("report.html"));
        assertThat(out.resolve("figures/learning.svg").toFile().exists())
                .isEqualTo(run.resolve("figures/learning.svg").toFile().exists());
    }

    @Test
    void reportShowsEnsemblesAlone(@TempDir Path out) {
        Cli.Outcome outcome = Cli.run("report", run, run, "--out", out.resolve("both"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("holds ensembles, which have a page of their own");
        assertThat(out.resolve("both")).doesNotExist();
    }

    @Test
    void reportNamesWhatIsWrongWithSavedEnsembles(@TempDir Path copy) throws IOException {
        Files.copy(run.resolve("run.json"), copy.resolve("run.json"));
        assertThat(Cli.run("report", copy).err()).contains("no ensemble of this run is measured");
        Files.writeString(
                copy.resolve("results.json"),
                Files.readString(run.resolve("results.json"))
                        .replaceFirst("\"accuracy\" : [0-9.]+", "\"accuracy\" : \"high\""));
        Cli.Outcome outcome = Cli.run("report", copy);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("results.json", "has no number 'accuracy'");
    }

    private static JsonNode row(String method, int members) throws IOException {
        for (JsonNode row :
                JSON.readTree(Files.readString(run.resolve("results.json"))).path("rows")) {
            if (row.path("method").asText().equals(method)
                    && row.path("members").asInt() == members) {
                return row;
            }
        }
        throw new AssertionError("no row of " + method + " with " + members + " members");
    }

    @Test
    void headOfAllLayersIsTheIndependentEnsembleAndOneMemberTheNetwork() throws IOException {
        for (int m = 1; m <= 3; m++) {
            for (String part : List.of("test", "memberTest", "storageBytes", "multiplyAdds")) {
                assertThat(row("wa-3", m).get(part))
                        .isEqualTo(row("ind", m).get(part))
                        .isNotNull();
            }
        }
        for (String method : List.of("wa-1", "wa-2", "path", "average")) {
            assertThat(row(method, 1).get("test")).isEqualTo(row("ind", 1).get("test"));
        }
        // 784·24 + 24·16 once, 16·10 for each of three
        assertThat(row("wa-1", 3).get("multiplyAdds").intValue()).isEqualTo(784 * 24 + 24 * 16 + 3 * 160);
        assertThat(row("wa-1", 3).get("storageBytes").intValue())
                .isEqualTo(4 * (784 * 24 + 24 + 24 * 16 + 16 + 3 * (160 + 10)));
    }

    @Test
    void savedEnsemblePredictsWhatWasMeasured() throws IOException {
        Path csv = folder.resolve("predictions.csv");
        Cli.Outcome outcome = run("predict", run.resolve("ensembles/wa-2.safetensors"), "--out", csv);

        JsonNode test = row("wa-2", 3).get("test");
        assertThat(outcome.out())
                .isEqualTo(String.format(
                        java.util.Locale.ROOT,
                        "3 members, heads of 2 layers: accuracy %.2f %%, loss %.4f, calibration error %.2f %% on 200 test"
                                + " examples of glyphs%n",
                        100 * test.get("accuracy").doubleValue(),
                        test.get("loss").doubleValue(),
                        100 * test.get("calibrationError").doubleValue()));
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(201).first().asString().startsWith("example,label,predicted,p0,p1");
        long right = lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[1].equals(cells[2]))
                .count();
        assertThat(right / 200.0).isEqualTo(test.get("accuracy").doubleValue());
        double loss = lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .mapToDouble(cells -> -Math.log(Double.parseDouble(cells[3 + Integer.parseInt(cells[1])])))
                .average()
                .orElseThrow();
        assertThat(loss).isCloseTo(test.get("loss").doubleValue(), org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void aMemberIsExportedAsAnOrdinaryNetwork() throws IOException {
        Path file = folder.resolve("member.safetensors");
        Cli.Outcome outcome =
                exported("export", run.resolve("ensembles/wa-1.safetensors"), "--member=2", "--out", file);

        Network member = NetworkFile.read(file);
        Ensemble ensemble = EnsembleFile.read(run.resolve("ensembles/wa-1.safetensors"));
        assertThat(outcome.code()).isZero();
        assertThat(member.weights()).isEqualTo(ensemble.member(1).weights());
        assertThat(member.provenance().fact("member.2")).contains("seed-2");
        assertThat(run("predict", file).out())
                .startsWith(String.format(
                        java.util.Locale.ROOT,
                        "1 network: accuracy %.2f %%",
                        100 * row("wa-1", 2).get("memberTest").get("accuracy").doubleValue()));
        Path first = folder.resolve("first.safetensors");
        exported("export", run.resolve("ensembles/wa-1.safetensors"), "--member=1", "--out", first);
        assertThat(NetworkFile.read(first).weights())
                .isEqualTo(NetworkFile.read(network(1)).weights());
    }

    private static Cli.Outcome exported(Object... args) {
        return Cli.run(args);
    }

    @Test
    void bytesDoNotDependOnThreadsNorOnWhetherEnsemblesWereThere() throws IOException {
        Path other = folder.resolve("other");
        ensemble(other, "--threads=1");
        Map<String, String> hashes = RunFiles.hashes(run);

        assertThat(RunFiles.hashes(other)).isEqualTo(hashes);
        Files.delete(other.resolve("ensembles/wa-2.safetensors"));
        ensemble(other, "--threads=3");
        assertThat(RunFiles.hashes(other)).isEqualTo(hashes);
    }

    @Test
    void everyNetworkCanBeTheBackbone() throws IOException {
        Path out = folder.resolve("each");
        Cli.Outcome outcome = run(
                "ensemble",
                "--endpoints",
                networks(),
                "--backbone=each",
                "--average=logits",
                "--ridge=held-out",
                "--out",
                out);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("±", "mean ± population standard deviation over backbones");
        List<String> lines = Files.readAllLines(out.resolve("results.csv"));
        assertThat(lines).hasSize(1 + 3 * 3 * 3);
        assertThat(lines).anyMatch(line -> line.startsWith("wa-1,1,seed-3,2,"));
        assertThat(EnsembleFile.read(out.resolve("ensembles/wa-1.seed-3.safetensors"))
                        .provenance()
                        .facts())
                .containsEntry("member.1", "seed-3")
                .containsEntry("member.2", "seed-1")
                .containsKey("ridge.2");
    }

    @Test
    void bestNetworkIsTheBackboneOnRequest() throws IOException {
        Path worse = folder.resolve("worse");
        run("train", "--seeds=5", "--network=mlp-24-16", "--epochs=1", "--learning-rate=0.001", "--out", worse);
        Path out = folder.resolve("best");
        Cli.Outcome outcome = run(
                "ensemble",
                "--endpoints",
                worse.resolve("networks/seed-5.safetensors") + "," + network(1),
                "--heads=1",
                "--backbone=best",
                "--out",
                out);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(EnsembleFile.read(out.resolve("ensembles/wa-1.safetensors"))
                        .provenance()
                        .facts())
                .containsEntry("member.1", "seed-1")
                .containsEntry("member.2", "seed-5");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ensemble --endpoints NET1 --out OUT                           | 2 | an ensemble of 1 network; name at least two
            ensemble --endpoints NET1,NET2 --heads 4 --out OUT            | 2 | a head of 4 layers is not possible: the networks have 3
            ensemble --endpoints NET1,NET2 --heads 0 --out OUT            | 2 | a head of 0 layers
            ensemble --endpoints NET1,WIDE --out OUT                      | 3 | networks 1 and 2 differ in architecture
            ensemble --endpoints NET1,NET2 --path NET1 --out OUT          | 3 | holds no path
            ensemble --endpoints NET1,NET2 --methods wb --out OUT         | 2 | unknown method 'wb' of heads; use wa or wa+ca
            ensemble --endpoints NET1,NET2 --backbone worst --out OUT     | 2 | backbone is 'worst' but must be one of first, best, each
            ensemble --endpoints NET1,NET2 --average votes --out OUT      | 2 | averaging is 'votes'
            ensemble --endpoints NET1,NET2 --ridge=-1 --out OUT           | 2 | ridge is -1.0
            ensemble --endpoints NET1,NET2 --ridge much --out OUT         | 2 | --ridge is 'much'
            ensemble --endpoints NET1,NONE --out OUT                      | 2 | no such file
            ensemble --endpoints NET1,NET2 --heads 2 --out RUN            | 2 | is the folder of another run
            ensemble --endpoints NET1,WA1 --out OUT                       | 3 | holds an ensemble, not a network
            predict NONE                                                  | 2 | no such file
            predict ARC                                                   | 3 | holds a path
            predict WA1 --out RUN                                         | 5 | it is a folder
            evaluate WA1                                                  | 3 | holds no path
            """)
    void badInputGetsASentenceAndItsExitCode(String line, int code, String part) {
        Object[] args = line.replace("NET1", network(1).toString())
                .replace("NET2", network(2).toString())
                .replace(
                        "WIDE",
                        folder.resolve("wide/networks/seed-4.safetensors").toString())
                .replace("NONE", folder.resolve("none").toString())
                .replace("ARC", folder.resolve("arc.safetensors").toString())
                .replace("WA1", run.resolve("ensembles/wa-1.safetensors").toString())
                .replace("OUT", folder.resolve("bad").toString())
                .replace("RUN", run.toString())
                .split(" +");

        Cli.Outcome outcome = run(args);

        assertThat(outcome.err()).contains(part);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.err().strip().lines()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            export WA1 --out OUT             | --member is missing
            export WA1 --member 4 --out OUT  | --member is 4: * is an ensemble; say which member, from 1 to 3
            export WA1 --t 0.5 --out OUT     | --t and --leg have no meaning
            export NET1 --member 1 --out OUT | is no ensemble, so --member has no meaning
            """)
    void exportAsksForTheMember(String line, String part) {
        Object[] args = line.replace("NET1", network(1).toString())
                .replace("WA1", run.resolve("ensembles/wa-1.safetensors").toString())
                .replace("OUT", folder.resolve("bad.safetensors").toString())
                .split(" +");

        Cli.Outcome outcome = Cli.run(args);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(part.split("\\*", -1));
    }
}
