package org.thalweg.checkpoint.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that another file names: they must lie beside it, or below. */
public final class InFolder {
    private InFolder() {}

    /**
     * Returns the file that {@code name} means in the folder of {@code file}. Only the name is looked at: caches of downloads
     * keep links to files elsewhere, and those are the user's own.
     *
     * @throws FormatException if the name is absolute, leaves the folder, or is no name of a file
     */
    public static Path of(Path file, String name) throws FormatException {
        Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
        try {
            Path named = folder.resolve(name).normalize();
            if (!name.contains("\\")
                    && !Path.of(name).isAbsolute()
                    && named.startsWith(folder)
                    && !named.equals(folder)) {
                return named;
            }
        } catch (InvalidPathException e) {
            // refused below: it names nothing
        }
        throw new FormatException("names the file " + Quote.of(name) + ", which leaves its folder; it was not opened.");
    }
}
