package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.engine.Engine;

class MemoryTest {
    private static final List<Object> SMALL = List.of("--train-examples=100", "--test-examples=50", "--quiet");

    @TempDir
    Path folder;

    private static Object[] with(Object... args) {
        return Stream.concat(Stream.of(args), SMALL.stream()).toArray();
    }

    private Object[] train(Object... args) {
        return Stream.concat(Stream.of("train", "--out", folder.resolve("run"), "--seeds=1-2"), Stream.of(args))
                .toArray();
    }

    @Test
    void aLimitThatIsTooLowIsASentence() throws IOException, InterruptedException {
        Cli.Outcome outcome = RealProgram.run(
                RealProgram.of(List.of(), with(train("--network=mlp-8", "--epochs=1", "--memory=50m"))));

        assertThat(outcome.err())
                .startsWith("thalweg: More memory is needed than allowed (")
                .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(4);
    }

    @Test
    void aFullJavaHeapIsASentence() throws IOException, InterruptedException {
        Cli.Outcome outcome = RealProgram.run(
                RealProgram.of(List.of("-Xmx24m"), train("--network=mlp-8", "--epochs=1", "--train-examples=60000")));

        assertThat(outcome.err())
                .startsWith("thalweg: out of memory: Java heap space, of 2")
                .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(4);
    }

    @Test
    void nativeMemoryIsGivenBackByEveryCommandAlsoWhenItFails() {
        Path a = folder.resolve("run/networks/seed-1.safetensors");
        Path b = folder.resolve("run/networks/seed-2.safetensors");
        Path path = folder.resolve("path.safetensors");

        assertLeavesNothing(0, with(train("--network=mlp-8", "--epochs=2")));
        assertLeavesNothing(0, with("connect", a, b, "--points=3", "--knots=3", "--out", path));
        assertLeavesNothing(0, with("evaluate", path, "--points=3"));
        assertLeavesNothing(0, with("panel", "--out", folder.resolve("p"), "--endpoints", a + "," + b, "--points=3"));
        assertLeavesNothing(4, with("train", "--out", folder.resolve("d"), "--network=mlp-8", "--learning-rate=1e30"));
        assertLeavesNothing(5, with("train", "--out", a.resolve("d"), "--network=mlp-8", "--epochs=1"));
        assertLeavesNothing(2, with("connect", a, b, "--method", "nonsense"));
    }

    private static void assertLeavesNothing(int code, Object... command) {
        long before = Engine.liveBytes();
        Cli.Outcome outcome = Cli.run(command);

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(Engine.liveBytes())
                .as(List.of(command).toString())
                .isEqualTo(before)
                .isZero();
    }
}
