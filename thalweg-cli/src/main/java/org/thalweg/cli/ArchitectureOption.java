package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.network.ArchitectureFile;
import picocli.CommandLine.Option;

/** What the networks of files are, where the files do not say. */
final class ArchitectureOption {
    @Option(
            names = "--architecture",
            paramLabel = "YAML",
            description = "Which layers the network files hold, where they do not say.")
    private @Nullable Path file;

    /** Returns the description, if there is one. */
    Optional<ArchitectureFile> read() throws IOException {
        return file == null ? Optional.empty() : Optional.of(ArchitectureFile.read(existing(file)));
    }

    /** Returns a file that is there. */
    static Path existing(Path file) throws MissingFileException {
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(file + ": no such file; check the path.");
        }
        return file;
    }
}
