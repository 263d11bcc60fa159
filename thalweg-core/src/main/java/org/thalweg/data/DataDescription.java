package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlFile;
import org.thalweg.yaml.YamlNode;

/**
 * A data set that a user describes in YAML: where its examples lie and what they mean.
 *
 * <pre>
 * train: pets/train            # a folder with a folder of images per class; or a CSV, or arrays
 * test: pets/test              # the same; or {every: 5}: each fifth example of train
 * image: [3, 32, 32]           # of images and arrays, where they do not say
 * mean: [0.485, 0.456, 0.406]  # per channel, of pixels / 255; or per column
 * deviation: [0.229, 0.224, 0.225]
 * classes: [cat, dog]          # in the order of the network's outputs
 * </pre>
 *
 * Arrays: {@code {file: all.npz, inputs: x_train, labels: y_train}} or {@code {inputs: x.npy, labels: y.npy}}. Of a CSV
 * {@code label} names the column of labels. With {@code task: regression} arrays have {@code targets} and a CSV {@code target}, a
 * column or a list of such. Files lie beside the description or below it.
 */
final class DataDescription {
    private static final int MOST_EXTENT = 1 << 20;

    private final Path folder;
    private final YamlNode.Mapping root;
    private final Task task;
    private final Optional<ImageShape> image;

    private DataDescription(Path folder, YamlNode.Mapping root) throws YamlException {
        this.task = Task.of(root);
        this.folder = folder;
        this.root = root;
        this.image = image(root);
    }

    /**
     * Reads a data set.
     *
     * @throws YamlException if the description is malformed
     * @throws MissingDataException if a file is missing
     * @throws DataException if a file is malformed, or they do not fit together
     */
    static Dataset read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MissingDataException(file + ": no such file; name a data set or its description.");
        }
        YamlNode.Mapping root = YamlFile.read(file).mapping("a data set");
        String stem = String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", "");
        Optional<YamlNode> name = root.find("name");
        Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
        return new DataDescription(folder, root)
                .dataset(name.isPresent() ? name.get().text("'name'") : stem);
    }

    private static Optional<ImageShape> image(YamlNode.Mapping root) throws YamlException {
        Optional<YamlNode> given = root.find("image");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        List<YamlNode> extents = given.get().list("'image'");
        if (extents.size() != 3) {
            throw given.get().wrong("'image' must be [channels, height, width].");
        }
        try {
            return Optional.of(new ImageShape(
                    extents.get(0).integer("channels", 1, MOST_EXTENT),
                    extents.get(1).integer("height", 1, MOST_EXTENT),
                    extents.get(2).integer("width", 1, MOST_EXTENT)));
        } catch (IllegalArgumentException e) {
            throw given.get().wrong(String.valueOf(e.getMessage()));
        }
    }

    private Dataset dataset(String name) throws IOException {
        RawExamples train = source(root.need("train"));
        YamlNode other = root.need("test");
        RawExamples test;
        if (other instanceof YamlNode.Mapping split && split.find("every").isPresent()) {
            split.allow("every");
            int step = split.need("every").integer("'every'", 2, 1000);
            if (train.count() < step) {
                throw other.wrong("each " + step + "th of " + train.count() + " examples is none.");
            }
            test = train.every(step);
            train = train.without(step);
        } else {
            test = source(other);
        }
        if (!train.shape().equals(test.shape()) || train.isPixels() != test.isPixels()) {
            throw other.wrong("training examples of shape " + train.shape().extents() + " and test examples of "
                    + test.shape().extents() + " (or of other types) do not fit together.");
        }
        Task.Answering answering = task.answering(train.answers());
        Normalisation normalisation = Normalisation.of(root, train);
        return new Dataset(
                name,
                train.shape(),
                normalisation.examples(train, answering.of(train.answers(), root.need("train"))),
                normalisation.examples(test, answering.of(test.answers(), other)));
    }

    private RawExamples source(YamlNode node) throws IOException {
        if (node instanceof YamlNode.Mapping arrays) {
            return arrays(arrays);
        }
        Path path = beside(node);
        if (Files.isDirectory(path)) {
            return task.images(node, path, image);
        }
        String name = existing(path).toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return task.table(path);
        }
        if (name.endsWith(".npz")) {
            return ArrayData.of(
                    ArrayData.array(path, Optional.of("x")), ArrayData.array(path, Optional.of("y")), task, image);
        }
        throw node.wrong("'" + path.getFileName()
                + "' is neither a folder of images nor a .csv or .npz; of .npy name both: {inputs: x.npy, "
                + task.arrayName() + ": y.npy}.");
    }

    private RawExamples arrays(YamlNode.Mapping arrays) throws IOException {
        arrays.allow("file", "inputs", task.arrayName());
        YamlNode inputs = arrays.need("inputs");
        YamlNode answers = arrays.need(task.arrayName());
        Optional<YamlNode> file = arrays.find("file");
        if (file.isPresent()) {
            Path path = existing(beside(file.get()));
            return ArrayData.of(
                    ArrayData.array(path, Optional.of(inputs.text("'inputs'"))),
                    ArrayData.array(path, Optional.of(answers.text("'" + task.arrayName() + "'"))),
                    task,
                    image);
        }
        Path of = existing(beside(inputs));
        return ArrayData.of(
                ArrayData.array(of, Optional.empty()),
                ArrayData.array(existing(beside(answers)), Optional.empty()),
                task,
                image);
    }

    private static Path existing(Path path) throws MissingDataException {
        if (!Files.isRegularFile(path)) {
            throw new MissingDataException(path + ": no such file or folder; check the description.");
        }
        return path;
    }

    /** Returns the file that a description names. One that came from elsewhere must not make us read what lies elsewhere. */
    private Path beside(YamlNode node) throws YamlException {
        String name = node.text("a file");
        try {
            Path path = folder.resolve(name).normalize();
            if (!Path.of(name).isAbsolute() && path.startsWith(folder)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // refused below: it names nothing
        }
        throw node.wrong("'" + name + "' leaves the folder of the description; put the files beside it, or below.");
    }
}
