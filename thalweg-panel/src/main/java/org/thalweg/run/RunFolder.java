package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.result.PathAnatomy;

/**
 * The folder of one run: what it is a run of, and what is finished. Every file appears whole or not at all, so a run that
 * was stopped anywhere goes on from what is there.
 *
 * @param root the folder
 */
public record RunFolder(Path root) {
    /** Name of the file that says what the folder is a run of. */
    public static final String SETTINGS = "run.json";

    /** Beginning of the settings' names that have the hashes of the network files; the networks' names follow. */
    public static final String NETWORK = "endpoint.";

    /** Returns the folder of the run's networks. */
    public Path networks() {
        return root.resolve("networks");
    }

    /** Returns the files of the run's trained networks, in the order of their names. */
    public List<Path> networkFiles() throws IOException {
        if (!Files.isDirectory(networks())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(networks())) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .filter(file -> !file.toString().endsWith(".training.safetensors"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the file of a path. */
    public Path path(String pair, String method) {
        return root.resolve("paths").resolve(pair).resolve(fileName(method) + ".safetensors");
    }

    /** Returns the folder of a cell's unfinished trainings. */
    public Path training(String pair, String method) {
        return root.resolve("training").resolve(pair + "." + fileName(method));
    }

    /** Deletes the folder of unfinished trainings unless it holds one of a cell that failed. */
    public void deleteTraining() throws IOException {
        Path all = root.resolve("training");
        if (Files.isDirectory(all)) {
            try (Stream<Path> left = Files.list(all)) {
                if (left.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(all);
        }
    }

    /** Returns the file of a finished cell. */
    public Path cell(String pair, String method) {
        return root.resolve("cells").resolve(pair).resolve(fileName(method) + ".json");
    }

    static String fileName(String method) {
        return method.replace(':', '~');
    }

    /**
     * Makes this the folder of a run with these settings, or checks that it is.
     *
     * @throws OtherConfigurationException if it is the folder of a run with other settings, naming the first that differs
     * @throws CheckpointException if what it says of itself cannot be understood
     * @throws IOException if it cannot be read or written
     */
    public void claim(Map<String, String> settings) throws IOException {
        Path file = root.resolve(SETTINGS);
        if (!Files.exists(file)) {
            ObjectNode json = Numbers.MAPPER.createObjectNode().put("program", Program.TITLE);
            ObjectNode all = json.putObject("settings");
            settings.forEach(all::put);
            write(SETTINGS, Numbers.pretty(json));
            return;
        }
        SettingsDifference.between(settings, settings()).ifPresent(difference -> {
            throw new OtherConfigurationException(
                    root + " is the folder of another run: " + difference + "; choose another folder.");
        });
    }

    /**
     * Returns the settings that this is the folder of, by name.
     *
     * @throws CheckpointException if what it says of itself cannot be understood
     * @throws IOException if it cannot be read
     */
    public Map<String, String> settings() throws IOException {
        Path file = root.resolve(SETTINGS);
        JsonNode found = Numbers.read(file).path("settings");
        if (!found.isObject()) {
            throw new CheckpointException(file, "names no settings; delete it if this is a folder of Thalweg's.");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        found.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText("nothing")));
        return settings;
    }

    /** Returns the files of all cells that are finished, in the order of their names. */
    public List<Path> cells() throws IOException {
        Path cells = root.resolve("cells");
        if (!Files.isDirectory(cells)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cells, 2)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the result of a file of {@link #cells}. */
    public PathResult read(Path cell) throws IOException {
        return ResultJson.read(cell);
    }

    /** Returns the result of a cell that is finished. */
    public Optional<PathResult> finished(String pair, String method) throws IOException {
        Path file = cell(pair, method);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        PathResult result = ResultJson.read(file);
        if (!result.pair().equals(pair) || !result.method().equals(method)) {
            throw new CheckpointException(
                    file,
                    "holds " + result.pair() + " by " + result.method()
                            + ", which is not what its name says; delete it.");
        }
        return Optional.of(result);
    }

    /** Returns whether the file of a cell's path is there, and as long as its header says. */
    public boolean hasPath(String pair, String method) throws IOException {
        try {
            return PathFile.isPath(Checkpoint.open(path(pair, method)));
        } catch (MissingFileException | CheckpointException e) {
            return false;
        }
    }

    private Path anatomyFile(String pair, String method) {
        return root.resolve("anatomy").resolve(pair).resolve(fileName(method) + ".json");
    }

    /** Returns what the path of a cell is made of, if that was looked at. */
    public Optional<PathAnatomy> anatomy(String pair, String method) throws IOException {
        Path file = anatomyFile(pair, method);
        return Files.exists(file) ? AnatomyJson.read(file) : Optional.empty();
    }

    /** Writes what the path of a cell is made of. */
    public void keep(String pair, String method, PathAnatomy anatomy) throws IOException {
        String text = Numbers.pretty(AnatomyJson.write(anatomy));
        AtomicFile.write(anatomyFile(pair, method), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a text file of the run, whole or not at all. */
    public void write(String name, String text) throws IOException {
        AtomicFile.write(root.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a finished cell. */
    public void finish(PathResult result) throws IOException {
        String text = Numbers.pretty(ResultJson.write(result, Optional.empty()));
        AtomicFile.write(cell(result.pair(), result.method()), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
