package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.network.MismatchException;
import picocli.CommandLine;

/** Which option mends what went wrong: the library, which says what went wrong, knows of no options. */
final class Advice {
    private Advice() {}

    /** Returns the end of the sentence, if an option of the command mends this failure. */
    static Optional<String> on(Throwable failure, CommandLine command) {
        return failure instanceof MismatchException mismatch && mismatch.isOfData() && couldHave("--data", command)
                ? Optional.of(CommonOptions.DATA + " is only the default: name your data set with --data.")
                : Optional.empty();
    }

    /** Returns whether the command takes an option that was not given. */
    private static boolean couldHave(String option, CommandLine command) {
        return command.getCommandSpec().findOption(option) != null
                && !command.getParseResult().hasMatchedOption(option);
    }
}
