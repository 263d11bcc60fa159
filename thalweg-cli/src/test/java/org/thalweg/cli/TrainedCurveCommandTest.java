package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained curves through the command line. */
class TrainedCurveCommandTest {
    private static final List<String> DATA = List.of("--train-examples=400", "--test-examples=100", "--points=5");

    @TempDir
    static Path folder;

    private static Path a;
    private static Path b;

    @BeforeAll
    static void trainNetworks() {
        Cli.Outcome trained = Cli.run(
                "train",
                "--out",
                folder,
                "--network",
                "mlp-16",
                "--epochs",
                "6",
                "--learning-rate",
                "0.1",
                DATA.get(0));
        assertThat(trained.code()).isZero();
        a = folder.resolve("networks/seed-1.safetensors");
        b = folder.resolve("networks/seed-2.safetensors");
    }

    private static Cli.Outcome connect(String method, Path out, String... more) {
        List<Object> args = new ArrayList<>(List.of("connect", a, b, "--method", method, "--format", "json"));
        args.addAll(List.of("--out", out, "--curve-epochs", "5", "--curve-batch", "32"));
        args.addAll(DATA);
        args.addAll(List.of(more));
        return Cli.run(args.toArray());
    }

    @Test
    void resultTellsTheCostAndTheFileIsEvaluatedAgain() throws IOException {
        Path path = folder.resolve("trained.safetensors");

        Cli.Outcome connected = connect("ot:garipov-3", path);
        Cli.Outcome evaluated = Cli.run("evaluate", path, "--format", "json", DATA.get(0), DATA.get(1), DATA.get(2));

        JsonNode first = new ObjectMapper().readTree(connected.out());
        JsonNode again = new ObjectMapper().readTree(evaluated.out());
        assertThat(first.get("training")).hasToString("{\"epochs\":5,\"steps\":65}");
        for (String part : List.of("method", "worst", "points", "assignment", "training")) {
            assertThat(again.get(part)).as(part).isEqualTo(first.get(part)).isNotNull();
        }
        assertThat(folder.resolve("trained.training")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenIsNotTrained() throws IOException {
        Path blocked = folder.resolve("blocked.safetensors");
        Files.createDirectories(blocked.resolve("in the way"));

        Cli.Outcome outcome = connect("bezier-3", blocked);

        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.err()).contains("blocked.safetensors");
        assertThat(folder.resolve("blocked.training")).doesNotExist();
    }

    @Test
    void divergenceEndsWithCodeFourAndKeepsTheLastGoodEpoch() {
        Path path = folder.resolve("diverged.safetensors");

        Cli.Outcome outcome = connect("garipov-3", path, "--curve-learning-rate", "1e20");

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).startsWith("thalweg: curve training diverged").contains("--curve-learning-rate");
        assertThat(outcome.out()).isEmpty();
        assertThat(path).doesNotExist();
    }

    @Test
    void seedsGiveOtherCurves() throws IOException {
        Path zero = folder.resolve("zero.safetensors");
        Path one = folder.resolve("one.safetensors");
        connect("garipov-4", zero);
        connect("garipov-4", one, "--seed", "1");

        assertThat(Files.mismatch(zero, one)).isNotNegative();
    }
}
