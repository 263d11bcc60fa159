package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.fetch.Fetcher;
import org.thalweg.fetch.PublicSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the data sets that have names. */
@Command(
        name = "data",
        description =
                "Lists the data sets that have names: where each is looked for, and whether it is there and whole.",
        subcommands = {ShowCommand.class, FetchCommand.class},
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class DataCommand implements Callable<Integer> {
    /** What to do where no folder was named. */
    static final String NAME_A_FOLDER = "name one with --data-dir, or set THALWEG_DATA";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the data sets (default: $THALWEG_DATA).")
    private @Nullable Path dataDir;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        line("glyphs", "generated, always there");
        Optional<Path> folder = folder(dataDir);
        for (PublicSet set : PublicSet.ALL) {
            line(set.name(), folder.isEmpty() ? "no data folder" : state(set, folder.get()));
        }
        line("FILE.yaml", "your own: images in folders, arrays or a table, described in FILE.yaml");
        if (folder.isEmpty()) {
            spec.commandLine()
                    .getOut()
                    .println("No data folder was given: " + NAME_A_FOLDER
                            + "; 'thalweg data fetch NAME --data-dir DIR' downloads a set.");
        }
        return ExitCode.DONE;
    }

    private void line(String name, String text) {
        spec.commandLine().getOut().printf("%-14s  %s%n", name, text);
    }

    private String state(PublicSet set, Path data) throws IOException {
        Path own = data.resolve(set.folder());
        Path folder =
                !Files.isDirectory(own) && Fetcher.status(set, data).state() != Fetcher.State.MISSING ? data : own;
        Fetcher.Status status = Fetcher.status(set, folder);
        return switch (status.state()) {
            case MISSING ->
                "not in " + own + "; thalweg data fetch " + set.name()
                        + (dataDir == null ? "" : " --data-dir " + dataDir);
            case DAMAGED -> folder + ": " + status.problem();
            case WHOLE -> folder + ": whole";
            case UNVERIFIED -> folder + ": of the right lengths; no SHA-256 is known of it";
        };
    }

    static Optional<Path> folder(@Nullable Path given) {
        return Optional.ofNullable(given)
                .or(() -> Optional.ofNullable(System.getenv("THALWEG_DATA"))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }
}
