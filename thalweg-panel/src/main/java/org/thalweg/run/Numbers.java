package org.thalweg.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.thalweg.checkpoint.CheckpointException;

/**
 * JSON text with numbers as short as they can be and still be read back to the same bits. {@code Double.toString} of Java 17
 * is not always shortest and that of Java 21 is, so Jackson's own writer is used: same bytes on both.
 */
public final class Numbers {
    /** Reads strictly and writes shortest numbers. */
    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; line: (\\d+), column: (\\d+)]");

    private Numbers() {}

    /** Returns the shortest decimal that reads back to the same bits. */
    public static String text(double value) {
        return NumberOutput.toString(value, true);
    }

    /**
     * Returns the JSON of a file.
     *
     * @throws CheckpointException if it is no JSON, or not UTF-8
     * @throws IOException if it cannot be read
     */
    public static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file, "is no file; remove it.");
        }
        try {
            JsonNode json = MAPPER.readTree(Files.readString(file));
            if (json.isMissingNode()) {
                throw new CheckpointException(file, "is not proper JSON (it is empty); delete it.");
            }
            return json;
        } catch (JsonProcessingException | CharacterCodingException e) {
            String problem = e instanceof JsonProcessingException json ? problem(json) : "not UTF-8";
            throw new CheckpointException(file, "is not proper JSON (" + problem + "); delete it.");
        }
    }

    /** Returns what is wrong and where; what Jackson says of its source, which it has as a text, helps nobody. */
    private static String problem(JsonProcessingException failure) {
        String problem = SOURCE.matcher(failure.getOriginalMessage()).replaceAll("line $1, column $2");
        JsonLocation at = failure.getLocation();
        return at == null ? problem : problem + ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Returns indented JSON with line feeds, ending in one. */
    public static String pretty(JsonNode json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(indenter)
                .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter());
        try {
            return MAPPER.writer(printer).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
