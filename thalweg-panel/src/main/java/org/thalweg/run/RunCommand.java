package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.MissingFileException;

/**
 * A command line that made a result: what {@code thalweg reproduce} runs again. A folder keeps its commands in {@code
 * command.json}, a file in {@code FILE.command.json} beside it and not in itself: equal results have equal bytes, wherever their
 * inputs lay and however many threads worked, and not every format has room for a command.
 *
 * @param arguments the whole command line
 * @param output the option that named the result, such as {@code --out}
 * @param data the hash of the data set, if one was used and it is known
 * @param files the SHA-256 of each file that was read, by its name on the command line
 */
public record RunCommand(List<String> arguments, String output, Optional<String> data, Map<String, String> files) {
    private static final String FILE = "command.json";
    private static final String OUT = "--out";

    /** Later commands that added to the same folder, such as {@code panel} to the networks of {@code train}. */
    private static final String THEN = "then";

    public RunCommand {
        arguments = List.copyOf(arguments);
        files = Map.copyOf(files);
    }

    /** Writes this to the folder that it made or went on with; what resumed it in the same words is not named twice. */
    public void addTo(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        List<RunCommand> all = new ArrayList<>(Files.exists(file) ? read(file) : List.of());
        if (all.stream().noneMatch(command -> command.arguments().equals(arguments))) {
            all.add(this);
            write(file, all);
        }
    }

    /** Writes this as what alone made a folder or a file, replacing what was there. */
    public void recordOf(Path result) throws IOException {
        write(record(result), List.of(this));
    }

    private static Path record(Path result) {
        return Files.isDirectory(result)
                ? result.resolve(FILE)
                : result.resolveSibling(result.getFileName() + "." + FILE);
    }

    private static void write(Path file, List<RunCommand> commands) throws IOException {
        ObjectNode json = commands.get(0).json();
        if (commands.size() > 1) {
            commands.subList(1, commands.size())
                    .forEach(command -> json.withArray(THEN).add(command.json()));
        }
        String text = Numbers.pretty(json);
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private ObjectNode json() {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("program", Program.TITLE);
        arguments.forEach(json.putArray("arguments")::add);
        json.put("output", output);
        data.ifPresent(hash -> json.put("data", hash));
        ObjectNode hashes = json.putObject("files");
        new TreeMap<>(files).forEach(hashes::put);
        return json;
    }

    /**
     * Returns the commands that made a result, in their order.
     *
     * @param result a folder or a file
     * @throws MissingFileException if it is not there or nothing says how it was made
     * @throws CheckpointException if the record is malformed
     * @throws IOException if it cannot be read
     */
    public static List<RunCommand> of(Path result) throws IOException {
        if (!Files.exists(result)) {
            throw new MissingFileException(result + ": no such file or folder; check the path.");
        }
        Path record = record(result);
        if (!Files.isRegularFile(record)) {
            throw new MissingFileException(result + ": records no command (no " + record.getFileName()
                    + (Files.isDirectory(result) ? " in it" : " beside it")
                    + "), so it cannot be run again; name a folder or file that a command of thalweg wrote, and of what lies in a"
                    + " run the run's folder.");
        }
        return read(record);
    }

    private static List<RunCommand> read(Path file) throws IOException {
        JsonNode json = Numbers.read(file);
        List<RunCommand> commands = new ArrayList<>(List.of(of(file, json)));
        for (JsonNode later : json.path(THEN)) {
            commands.add(of(file, later));
        }
        return commands;
    }

    private static RunCommand of(Path file, JsonNode json) throws CheckpointException {
        List<String> arguments = new ArrayList<>();
        json.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        if (arguments.isEmpty()) {
            throw new CheckpointException(file, "names no arguments; delete it.");
        }
        Map<String, String> files = new TreeMap<>();
        json.path("files")
                .properties()
                .forEach(entry -> files.put(entry.getKey(), entry.getValue().asText()));
        return new RunCommand(
                arguments,
                json.path("output").asText(OUT),
                Optional.ofNullable(json.get("data")).map(JsonNode::asText),
                files);
    }
}
