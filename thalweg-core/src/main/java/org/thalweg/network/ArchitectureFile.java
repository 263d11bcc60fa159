package org.thalweg.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlFile;
import org.thalweg.yaml.YamlNode;

/**
 * An architecture described in YAML: what names and shapes of a weight file do not say.
 *
 * <pre>
 * input: [3, 32, 32]          # channels, height, width; of vectors their length: [784]
 * layers:
 *   - conv: {filters: 32, size: 5, pad: 2, name: conv1}
 *   - relu
 *   - maxpool: {size: 3, stride: 2}
 *   - flatten
 *   - linear: 10
 * </pre>
 *
 * Instead of {@code layers} there may be {@code stages}, a mapping from names to lists of layers. What a layer reads follows from
 * the layers before it. {@code input} and the units of the last layer may be left out where the data says them.
 *
 * @param architecture the layers
 * @param modules what a weight file calls a layer, by our name of it, where the description says so
 */
public record ArchitectureFile(Architecture architecture, Map<String, Module> modules) {
    private static final int LARGEST = 1 << 24; // extents; products are checked as shapes are made

    public ArchitectureFile {
        modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
    }

    /**
     * What a weight file calls a layer.
     *
     * @param name the name
     * @param place where the description says so
     */
    public record Module(String name, YamlNode.Place place) {}

    /**
     * What the data says of a network.
     *
     * @param input shape of one example
     * @param outputs number of classes
     */
    public record Task(Shape input, int outputs) {}

    /**
     * Returns the architecture of a file that says everything.
     *
     * @throws YamlException if it is malformed or its layers do not fit, naming the line
     * @throws IOException if it cannot be read
     */
    public static ArchitectureFile read(Path file) throws IOException {
        return of(YamlFile.read(file), Optional.empty());
    }

    /** Returns the architecture of a file for a task, which says what the file leaves out; as {@link #read(Path)}. */
    public static ArchitectureFile read(Path file, Task task) throws IOException {
        return of(YamlFile.read(file), Optional.of(task));
    }

    /**
     * Returns the architecture of a description.
     *
     * @throws YamlException if it is none or its layers do not fit, naming the line
     */
    static ArchitectureFile of(YamlNode description, Optional<Task> task) throws YamlException {
        YamlNode.Mapping root = description.mapping("an architecture");
        root.allow("input", "layers", "stages");
        Shape input = input(root, task);
        LayerList list = new LayerList(input, task.map(Task::outputs));
        List<Architecture.Stage> stages = new ArrayList<>();
        Optional<YamlNode> staged = root.find("stages");
        if (staged.isPresent() == root.find("layers").isPresent()) {
            throw root.wrong("an architecture has either 'layers' or 'stages'.");
        }
        if (staged.isPresent()) {
            YamlNode.Mapping parts = staged.get().mapping("'stages'");
            for (Map.Entry<String, YamlNode> part : parts.values().entrySet()) {
                if (!part.getKey().matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
                    throw part.getValue().wrong("'" + part.getKey() + "' is no name of a stage.");
                }
                stages.add(new Architecture.Stage(part.getKey(), list.size()));
                list.add(part.getValue().list("a stage"), part.getKey() + ".");
            }
        } else {
            list.add(root.need("layers").list("'layers'"), "");
        }
        try {
            return new ArchitectureFile(new Architecture(input, list.layers(), stages), list.modules());
        } catch (IllegalArgumentException e) {
            throw root.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Shape input(YamlNode.Mapping root, Optional<Task> task) throws YamlException {
        Optional<YamlNode> given = root.find("input");
        if (given.isEmpty()) {
            return task.map(Task::input)
                    .orElseThrow(() -> root.wrong(
                            "'input' is missing: the shape of one example, [features] or [channels, height, width]."));
        }
        List<YamlNode> items = given.get().list("'input'");
        if (items.size() != 1 && items.size() != 3) {
            throw given.get().wrong("'input' has " + items.size() + " extents but must have 1 or 3.");
        }
        int[] extents = new int[items.size()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = items.get(i).integer("an extent of 'input'", 1, LARGEST);
        }
        Shape shape = Shape.of(extents);
        if (task.isPresent() && shape.elements() != task.get().input().elements()) {
            throw given.get()
                    .wrong("'input' is " + shape + " but the data's examples are "
                            + task.get().input() + ".");
        }
        return shape;
    }
}
