package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A result compared, file by file, with what the same command made again. Files that the saved result does not have are no
 * difference: an earlier version, or an interrupted run, wrote fewer.
 *
 * @param files what was found of each file of the saved result, in order
 */
public record RunComparison(List<FileComparison> files) {
    public RunComparison {
        files = List.copyOf(files);
    }

    /** Returns whether nothing differs. */
    public boolean isSame() {
        return files.stream().allMatch(file -> file.different() == 0);
    }

    /** Returns how many values were compared. */
    public int figures() {
        return files.stream().mapToInt(FileComparison::figures).sum();
    }

    /**
     * Compares a result with what should have reproduced it.
     *
     * @param saved a folder with all that is in it, or a file of any suffix with those beside it that the command wrote too
     * @param again the folder or file that was made again; what is beside such a file was made by the same command
     * @throws IOException if a file cannot be read or is malformed
     */
    public static RunComparison of(Path saved, Path again) throws IOException {
        boolean isFolder = Files.isDirectory(saved);
        Path from = isFolder ? saved : parent(saved);
        Path to = isFolder ? again : parent(again);
        List<Path> names = isFolder
                ? figures(saved)
                : Stream.concat(
                                Stream.of(saved.getFileName()),
                                figures(to).stream().filter(name -> Files.exists(from.resolve(name))))
                        .distinct()
                        .toList();
        List<FileComparison> files = new ArrayList<>();
        for (Path name : names) {
            files.add(FileComparison.of(name, from.resolve(name), to.resolve(name)));
        }
        return new RunComparison(files);
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    /** Returns the files of a folder that hold figures, by their names in it, in order. */
    private static List<Path> figures(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(FileComparison::holdsFigures)
                    .sorted()
                    .toList();
        }
    }
}
