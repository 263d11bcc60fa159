package org.thalweg.engine;

import java.util.Locale;
import java.util.Optional;
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
        } catch (OutOfMemoryError e) {
            throw overLimit(e).orElseThrow(() -> e);
        }
    }

    /** Returns what to say if JavaCPP refused memory over its limit; an error of the Java heap is not ours to translate. */
    static Optional<EngineException> overLimit(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("hysicalBytes") || message.contains("totalBytes")
                ? Optional.of(new EngineException(
                        "More memory is needed than allowed (" + message
                                + "); allow more with --memory, or use fewer threads or fewer examples.",
                        error))
                : Optional.empty();
    }

    private static String sentence(String what, String message) {
        if (message.toLowerCase(Locale.ROOT).contains("can't allocate memory") || message.equals("std::bad_alloc")) {
            return "Out of native memory in " + what + "; use fewer threads or fewer examples.";
        }
        String first = message.lines().findFirst().orElse("no message");
        return "The engine failed in " + what + ": " + first + (first.endsWith(".") ? "" : ".");
    }
}
