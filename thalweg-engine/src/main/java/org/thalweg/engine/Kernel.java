package org.thalweg.engine;

import java.util.Locale;
import java.util.function.Supplier;

/** Turns what libtorch throws into one sentence. */
final class Kernel {
    private Kernel() {}

    static <T> T run(String what, Supplier<T> kernel) {
        try {
            return kernel.get();
        } catch (RuntimeException e) {
            if (e.getClass() != RuntimeException.class) { // libtorch's errors arrive as the plain class, ours never do
                throw e;
            }
            throw new EngineException(sentence(what, String.valueOf(e.getMessage())), e);
        }
    }

    private static String sentence(String what, String message) {
        if (message.toLowerCase(Locale.ROOT).contains("can't allocate memory")) {
            return "Out of native memory in " + what + "; use fewer threads or fewer examples.";
        }
        String first = message.lines().findFirst().orElse("no message");
        return "The engine failed in " + what + ": " + first + (first.endsWith(".") ? "" : ".");
    }
}
