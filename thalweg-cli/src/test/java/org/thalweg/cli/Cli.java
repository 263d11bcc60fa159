package org.thalweg.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command line inside the test's JVM. */
final class Cli {
    private Cli() {}

    /** What a command left behind. */
    record Outcome(int code, String out, String err) {}

    static Outcome run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }
}
