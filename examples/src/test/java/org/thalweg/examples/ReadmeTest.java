package org.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** What the front page shows is compiled, and run by {@link ConnectTwoNetworksTest}. */
    @Test
    void theProgramOfTheFrontPageIsTheExample() throws IOException {
        String page = Files.readString(Path.of("../README.md"));
        int from = page.indexOf("```java\n") + "```java\n".length();
        String shown = page.substring(from, page.indexOf("```", from));

        assertThat(Files.readString(Path.of("src/main/java/org/thalweg/examples/ConnectTwoNetworks.java")))
                .contains(shown.indent(4));
    }
}
