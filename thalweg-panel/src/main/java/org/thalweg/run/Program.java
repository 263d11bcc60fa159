package org.thalweg.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which program wrote a result. */
public final class Program {
    /** Name and version, such as {@code thalweg 0.1.0}. */
    public static final String TITLE = "thalweg " + version();

    private Program() {}

    private static String version() {
        try (InputStream in = Objects.requireNonNull(Program.class.getResourceAsStream("program.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
