package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs scripts of the test resources in the Python that the system property {@code peers.python} names. */
final class Python {
    private Python() {}

    /** Runs the script {@code name} beside this class in a folder; returns what it prints. */
    static String run(Path folder, String name, Object... arguments)
            throws IOException, InterruptedException, URISyntaxException {
        Path script = Path.of(
                Objects.requireNonNull(Python.class.getResource(name), name).toURI());
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("peers.python", "/usr/bin/python3"), script.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path out = folder.resolve("python.out");
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String text = Files.readString(out);
        assertThat(exit).as(text).isZero();
        return text;
    }
}
