package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.data.NoDataFolderException;
import org.thalweg.network.MismatchException;
import picocli.CommandLine;

/** Which option mends what went wrong: the library, which says what went wrong, knows of no options. */
final class Advice {
    /** What to do about a network that is not recognised. */
    static final String DESCRIBE = "describe its layers in a file and name that with --architecture.";

    private Advice() {}

    /** Returns a sentence about a failure, at its end the options of the command that mend it, if there are such. */
    static String added(String sentence, Exception failure, CommandLine command) {
        return on(failure, command)
                .map(advice -> sentence.replaceFirst("\\.$", "; ") + advice)
                .orElse(sentence);
    }

    private static Optional<String> on(Exception failure, CommandLine command) {
        if (failure instanceof MismatchException mismatch && mismatch.isOfData() && couldHave("--data", command)) {
            return Optional.of(CommonOptions.DATA + " is only the default: name your data set with --data.");
        }
        if (failure instanceof CheckpointException checkpoint
                && checkpoint.wantsDescription()
                && couldHave("--architecture", command)) {
            return Optional.of(DESCRIBE);
        }
        if (failure instanceof NoDataFolderException missing) {
            return Optional.of(DataCommand.NAME_A_FOLDER + "; 'thalweg data fetch " + missing.dataSet()
                    + " --data-dir DIR' downloads it.");
        }
        return Optional.empty();
    }

    /** Returns whether the command takes an option that was not given. */
    private static boolean couldHave(String option, CommandLine command) {
        return command.getCommandSpec().findOption(option) != null
                && !command.getParseResult().hasMatchedOption(option);
    }
}
