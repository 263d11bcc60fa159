package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The catalogue of data sets. */
public final class Datasets {
    /** The names that {@link #open} knows. */
    public static final List<String> NAMES = List.of("glyphs", "mnist", "fashion-mnist", "cifar-10", "cifar-100");

    private Datasets() {}

    /**
     * Returns a data set, read and checked in full.
     *
     * @param name one of {@link #NAMES}, or the file ({@code .yaml}) of a description of a user's own data
     * @throws IllegalArgumentException if the name is unknown or more examples are asked for than there are
     * @throws NoDataFolderException if it is read from files and the options name no folder
     * @throws MissingDataException if a file or folder is missing
     * @throws DataException if a file is malformed
     * @throws org.thalweg.yaml.YamlException if a description is
     * @throws IOException if a file cannot be read
     */
    public static Dataset open(String name, DataOptions options) throws IOException {
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return cut(DataDescription.read(Path.of(name)), options);
        }
        return switch (name) {
            case "glyphs" ->
                Glyphs.generate(
                        Glyphs.SEED,
                        options.trainExamples().orElse(Glyphs.DEFAULT_TRAIN),
                        options.testExamples().orElse(Glyphs.DEFAULT_TEST));
            case "mnist", "fashion-mnist" ->
                cut(Mnist.read(name, folder(name, name, Mnist.TRAIN_IMAGES, options)), options);
            case "cifar-10" -> cut(cifar(Cifar.TEN, name, "cifar-10-batches-bin", options), options);
            case "cifar-100" -> cut(cifar(Cifar.HUNDRED, name, "cifar-100-binary", options), options);
            default ->
                throw new IllegalArgumentException(
                        "unknown data set '" + name + "'; " + Suggestion.sentence(name, NAMES));
        };
    }

    private static Dataset cifar(Cifar version, String name, String usual, DataOptions options) throws IOException {
        return version.read(folder(name, usual, version.marker(), options));
    }

    private static Path folder(String name, String usual, List<String> marker, DataOptions options)
            throws MissingDataException {
        Path given = options.folder().orElseThrow(() -> new NoDataFolderException(name));
        if (!Files.isDirectory(given)) {
            throw new MissingDataException(
                    given + ": no such folder; name the folder of data set '" + name + "' or its parent.");
        }
        Path inside = given.resolve(usual);
        return marker.stream().noneMatch(file -> Files.exists(given.resolve(file))) && Files.isDirectory(inside)
                ? inside
                : given;
    }

    private static Dataset cut(Dataset all, DataOptions options) {
        return new Dataset(
                all.name(),
                all.shape(),
                cut(all.train(), options.trainExamples(), all.name() + " training"),
                cut(all.test(), options.testExamples(), all.name() + " test"));
    }

    private static Examples cut(Examples all, OptionalInt count, String split) {
        if (count.isPresent() && count.getAsInt() > all.count()) {
            throw new IllegalArgumentException(
                    count.getAsInt() + " " + split + " examples were asked for but there are " + all.count() + ".");
        }
        return count.isPresent() ? all.first(count.getAsInt()) : all;
    }
}
