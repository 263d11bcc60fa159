package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.checkpoint.format.Quote;

/** A network or path file that is malformed, or does not hold what it should; one sentence that names the file. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Longest problem that is told whole: what a file says of itself can be as long as the file. */
    private static final int LONGEST = 1000;

    private final String problem;
    private final boolean wantsDescription;

    /** Creates an exception whose message is {@code file: problem}, the problem made one line of bounded length. */
    public CheckpointException(Path file, String problem) {
        this(file, problem, false);
    }

    private CheckpointException(Path file, String problem, boolean wantsDescription) {
        super(file + ": " + Quote.line(shortened(problem)));
        this.problem = Quote.line(shortened(problem));
        this.wantsDescription = wantsDescription;
    }

    /** Returns an exception that says that a file does not tell which network it holds. */
    static CheckpointException notRecognised(Path file, String problem) {
        return new CheckpointException(file, problem, true);
    }

    /** Returns whether the file may hold a network all the same, of which a description can say what it is. */
    public boolean wantsDescription() {
        return wantsDescription;
    }

    /** Returns what is wrong, without the file's name. */
    public String problem() {
        return problem;
    }

    private static String shortened(String problem) {
        return problem.length() <= LONGEST
                ? problem
                : problem.substring(0, LONGEST) + "… (" + problem.length() + " characters)";
    }
}
