package org.thalweg.cli;

/** What the process ends with. */
final class ExitCode {
    static final int DONE = 0;
    static final int OUR_FAULT = 1;
    static final int USAGE = 2;
    static final int BAD_FILE = 3;
    static final int NUMBERS = 4;
    static final int CANNOT_WRITE = 5;

    /** The line under every command's help. */
    static final String FOOTER =
            "Exit codes: 0 done, 1 our fault, 2 usage, 3 bad input, 4 numbers failed, 5 not written, 130 stopped";

    private ExitCode() {}
}
