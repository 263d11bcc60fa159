package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Images in one folder per class, named as the class. Examples take turns through the classes, each by its files' names, so that
 * the first so many hold all of them.
 */
final class ImageFolder {
    private static final int MOST_VALUES = Integer.MAX_VALUE - 16; // of all pixels, one array

    private ImageFolder() {}

    /** An image and its class. */
    private record Labelled(Path file, String label) {}

    /**
     * Reads a folder.
     *
     * @param wanted shape of the images, else that of the first
     * @throws DataException if there is no class or image, or an image is damaged or of another size
     */
    static RawExamples read(Path folder, Optional<ImageShape> wanted) throws IOException {
        List<Labelled> images = inTurns(folder);
        ImageIO.setUseCache(false); // streams in memory: nothing is written elsewhere
        ImageShape shape = wanted.isPresent()
                ? wanted.get()
                : ImageFile.shape(images.get(0).file());
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new DataException(folder + ": images of " + shape.channels() + " channels; 1 or 3 are read.");
        }
        if ((long) images.size() * shape.features() > MOST_VALUES) {
            throw new DataException(folder + ": " + images.size() + " images of " + shape.features()
                    + " values are more than one array holds; use fewer or smaller ones.");
        }
        byte[] pixels = new byte[images.size() * shape.features()];
        for (int i = 0; i < images.size(); i++) {
            ImageFile.read(images.get(i).file(), shape, pixels, i * shape.features());
        }
        RawAnswers labels = new RawAnswers.Texts(
                images.stream().map(Labelled::label).toList(),
                i -> String.valueOf(images.get(i).file().getParent()));
        return new RawExamples(shape, labels, pixels, new double[0]);
    }

    private static List<Labelled> inTurns(Path folder) throws IOException {
        List<List<Labelled>> classes = new ArrayList<>();
        for (Path part : sorted(folder)) {
            List<Labelled> own = Files.isDirectory(part)
                    ? sorted(part).stream()
                            .filter(ImageFile::isImage)
                            .filter(Files::isRegularFile)
                            .map(file -> new Labelled(file, nameOf(part)))
                            .toList()
                    : List.of();
            if (!own.isEmpty()) {
                classes.add(own);
            }
        }
        if (classes.isEmpty()) {
            throw new DataException(folder
                    + ": no folder of PNG or JPEG images in it; there must be one per class, named as the class.");
        }
        List<Labelled> images = new ArrayList<>();
        int longest = classes.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (List<Labelled> own : classes) {
                if (turn < own.size()) {
                    images.add(own.get(turn));
                }
            }
        }
        return images;
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(ImageFolder::nameOf)).toList(); // the same on every system
        }
    }
}
