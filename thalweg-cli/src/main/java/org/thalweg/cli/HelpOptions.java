package org.thalweg.cli;

import picocli.CommandLine.Option;

/** What every command answers to. {@link Errors} looks for {@code --debug} on the command line itself. */
final class HelpOptions {
    @Option(names = "--debug", description = "Print stack traces of errors.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
