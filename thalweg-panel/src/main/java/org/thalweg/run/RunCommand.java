package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.MissingFileException;

/** The command line that made a run, {@code command.json}: what {@code thalweg reproduce} runs again. */
public final class RunCommand {
    private static final String FILE = "command.json";

    private RunCommand() {}

    /** Writes the command into a run's folder, unless an earlier one is there: the first one made the run. */
    public static void record(RunFolder folder, List<String> arguments) throws IOException {
        if (!Files.exists(folder.root().resolve(FILE))) {
            ObjectNode json = Numbers.MAPPER.createObjectNode().put("program", Program.TITLE);
            arguments.forEach(json.putArray("arguments")::add);
            folder.write(FILE, Numbers.pretty(json));
        }
    }

    /**
     * Returns the arguments that made a run.
     *
     * @throws MissingFileException if its folder does not say
     * @throws CheckpointException if the file is malformed
     * @throws IOException if it cannot be read
     */
    public static List<String> read(RunFolder folder) throws IOException {
        Path file = folder.root().resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(folder.root()
                    + ": records no command (no command.json), so it cannot be run again; name a folder that panel or demo"
                    + " made.");
        }
        JsonNode arguments = Numbers.read(file).path("arguments");
        List<String> texts = new ArrayList<>();
        arguments.forEach(argument -> texts.add(argument.asText()));
        if (texts.isEmpty()) {
            throw new CheckpointException(file, "names no arguments; delete it.");
        }
        return texts;
    }
}
