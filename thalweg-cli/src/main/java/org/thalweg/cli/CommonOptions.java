package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every computing command has. */
final class CommonOptions {
    /** The data set that is used if none is named. */
    static final String DATA = "glyphs";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            description = "Data set: glyphs (default), mnist, cifar-10, …, or FILE.yaml.")
    String data = DATA;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the data set, or its parent (default: $THALWEG_DATA).")
    @Nullable
    Path dataDir;

    /** The same by the names that other programs have for it. */
    @Option(
            names = {"--data-path", "--data_path"},
            hidden = true)
    void dataPath(Path folder) {
        dataDir = folder;
    }

    @Option(names = "--train-examples", paramLabel = "N", description = "Use only the first N training examples.")
    @Nullable
    Integer trainExamples;

    @Option(names = "--test-examples", paramLabel = "N", description = "Use only the first N test examples.")
    @Nullable
    Integer testExamples;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads (default: all cores); same bytes for any N.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Most memory to use, such as 4g (default: no limit).")
    @Nullable
    String memory;

    @Option(names = "--seed", paramLabel = "S", description = "Root of all randomness (default: 0).")
    long seed;

    @Option(names = "--quiet", description = "Print results only.")
    boolean quiet;

    @Mixin
    HelpOptions help = new HelpOptions();

    Seed root() {
        return new Seed(seed);
    }

    /** Returns the data set, and prints what is suspicious about it, unless only results are wanted. */
    Dataset open() throws IOException {
        Dataset data = read();
        if (!quiet) {
            ShowCommand.printRemarks(data, command.commandLine().getErr());
        }
        return data;
    }

    /** Returns the data set, and prints nothing. */
    Dataset read() throws IOException {
        return Datasets.open(data, new DataOptions(folder(), optional(trainExamples), optional(testExamples)));
    }

    /** Returns whether only some examples are used. */
    boolean isPart() {
        return trainExamples != null || testExamples != null;
    }

    /** Returns the data set with all its examples. */
    Dataset openWhole() throws IOException {
        return Datasets.open(data, new DataOptions(folder(), OptionalInt.empty(), OptionalInt.empty()));
    }

    private Optional<Path> folder() {
        return DataCommand.folder(dataDir);
    }

    private static OptionalInt optional(@Nullable Integer count) {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    Engine startEngine() {
        limitMemory();
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("--threads is " + threads + " but must lie between 1 and 1024.");
        }
        return Engine.start(threads);
    }

    /** Sets how much native memory the process may use; to be called before its first engine starts. */
    void limitMemory() {
        if (memory != null) {
            if (!memory.matches("[1-9]\\d{0,8}[kKmMgGtT]?")) {
                throw new IllegalArgumentException("--memory is '" + memory + "' but must be a size such as 4g.");
            }
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", memory);
        }
    }
}
