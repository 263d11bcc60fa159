package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.network.ArchitectureFile;
import org.thalweg.network.Network;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the networks of files are, where the files do not say. */
final class ArchitectureOption {
    @Option(
            names = "--architecture",
            split = ",",
            paramLabel = "YAML,…",
            hideParamSyntax = true,
            description = "Layers of the network files; each takes the first that fits.")
    private List<Path> files = List.of();

    /** Returns the descriptions. */
    List<ArchitectureFile> read() throws IOException {
        List<ArchitectureFile> read = new ArrayList<>();
        for (Path file : files) {
            read.add(ArchitectureFile.read(existing(file)));
        }
        return read;
    }

    /** Returns the network of a file, whatever was assumed of it. */
    Network network(Path file) throws IOException {
        return NetworkFile.read(file, read(), remark -> {});
    }

    /** Returns the network of a file, and prints what was assumed of it, unless only results are wanted. */
    Network network(CommandSpec spec, Path file, boolean quiet) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        return quiet ? network(file) : NetworkFile.read(file, read(), remark -> err.println(file + ": " + remark));
    }

    /** Returns a file that is there. */
    static Path existing(Path file) throws MissingFileException {
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(file + ": no such file; check the path.");
        }
        return file;
    }
}
