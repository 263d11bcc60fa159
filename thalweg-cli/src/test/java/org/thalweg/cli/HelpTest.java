package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help texts are golden files; {@code mvn test -pl thalweg-cli -am -Dtest=HelpTest -Dthalweg.regenerate=true} rewrites them. */
class HelpTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/thalweg/cli/help");
    private static final int SCREEN = 42;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "train",
                "learn",
                "check",
                "connect",
                "evaluate",
                "panel",
                "report",
                "merge",
                "ensemble",
                "predict",
                "plane",
                "reproduce",
                "export",
                "data",
                "data fetch",
                "data show",
                "methods",
                "inspect"
            })
    void helpIsTheReviewedTextAndFitsAScreen(String command) throws IOException {
        Cli.Outcome outcome =
                command.isEmpty() ? Cli.run("--help") : Cli.run((Object[]) (command + " --help").split(" ", -1));
        Path golden = FOLDER.resolve((command.isEmpty() ? "thalweg" : command.replace(' ', '-')) + ".txt");
        String text = outcome.out().replace(System.lineSeparator(), "\n");
        if (Boolean.getBoolean("thalweg.regenerate")) {
            Files.writeString(golden, text);
        }

        assertThat(outcome.code()).isZero();
        assertThat(text).isEqualTo(Files.readString(golden)).contains("Exit codes:");
        assertThat(text.lines().count()).isLessThanOrEqualTo(SCREEN);
    }
}
