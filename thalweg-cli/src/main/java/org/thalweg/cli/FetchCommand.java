package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.Suggestion;
import org.thalweg.fetch.EnvironmentProxies;
import org.thalweg.fetch.Fetcher;
import org.thalweg.fetch.PublicSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a data set. */
@Command(
        name = "fetch",
        description = {
            "Downloads a data set from its public address, checks lengths and SHA-256, and goes on where an earlier download "
                    + "stopped. The only command that opens a network connection; through https_proxy and http_proxy, if set."
        },
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class FetchCommand implements Callable<Integer> {
    private static final long STEP = 5_000_000; // bytes between two lines of progress

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist, cifar-10 or cifar-100.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Take the files from this http or https address instead, which ends where their names begin.")
    private @Nullable URI mirror;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the data sets (default: $THALWEG_DATA).")
    private @Nullable Path dataDir;

    @Option(names = "--quiet", description = "Print results only.")
    private boolean quiet;

    @Mixin
    HelpOptions help = new HelpOptions();

    private long told;

    @Override
    public Integer call() throws IOException {
        if (name.equals(CommonOptions.DATA)) {
            throw new IllegalArgumentException(
                    "data set '" + name + "' is generated and always there; there is nothing to fetch.");
        }
        PublicSet set = PublicSet.named(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown data set '" + name + "'; "
                        + Suggestion.sentence(
                                name,
                                PublicSet.ALL.stream().map(PublicSet::name).toList())));
        Path data = DataCommand.folder(dataDir)
                .orElseThrow(() ->
                        new IllegalArgumentException("no data folder was given; " + DataCommand.NAME_A_FOLDER + "."));
        Fetcher fetcher = new Fetcher(EnvironmentProxies.ofThisProcess(), this::tell);
        Fetcher.Fetched fetched = fetcher.fetch(set, data.resolve(set.folder()), address(set));
        PrintWriter out = spec.commandLine().getOut();
        out.println(fetched.folder());
        if (!fetched.recorded().isEmpty()) {
            out.println("No SHA-256 of these is known; those of this download were recorded beside the files: "
                    + String.join(", ", fetched.recorded()) + ".");
        }
        return ExitCode.DONE;
    }

    private URI address(PublicSet set) {
        if (mirror == null) {
            return set.address();
        }
        String text = mirror.toString();
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw new IllegalArgumentException("--mirror is '" + text + "' but must begin with http:// or https://.");
        }
        return text.endsWith("/") ? mirror : URI.create(text + "/");
    }

    private void tell(String address, long bytes, long whole) {
        if (bytes < told) {
            told = 0; // another file
        }
        if (!quiet && (bytes == whole || bytes - told >= STEP)) {
            told = bytes;
            spec.commandLine().getErr().println(address + ": " + bytes + (whole > 0 ? " of " + whole : "") + " bytes");
        }
    }
}
