package org.thalweg.cli;

import java.util.Locale;
import org.thalweg.connect.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the methods. */
@Command(
        name = "methods",
        description = "What each method is, what it needs, what it costs.",
        footer = {"", ExitCode.FOOTER})
final class MethodsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    @Override
    public void run() {
        for (Methods.Method method : Methods.catalogue()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%-15s  %s%n                 needs %s; costs %s%n",
                            method.name(),
                            method.summary(),
                            method.needs(),
                            method.cost());
        }
    }
}
