package org.thalweg.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs scripts of the test resources in the Python that the system property {@code peers.python} names. */
public final class Python {
    private Python() {}

    /** Runs the script {@code name} beside {@code test} with arguments and standard input; returns what it prints. */
    public static List<String> run(Class<?> test, String name, String input, Object... arguments) throws IOException {
        Path in = Files.writeString(Files.createTempFile("python", ".in"), input);
        Path out = Files.createTempFile("python", ".out");
        try {
            List<String> command = new ArrayList<>();
            command.add(System.getProperty("peers.python", "/usr/bin/python3"));
            command.add(
                    Path.of(Objects.requireNonNull(test.getResource(name), name).toURI())
                            .toString());
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
            String text = Files.readString(out, UTF_8);
            assertThat(exit).as(text).isZero();
            return text.lines().toList();
        } catch (URISyntaxException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
