package org.thalweg.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What every reader must do with every file: return, or throw an {@code IOException} with one sentence, and allocate no more
 * than a bound either way.
 */
public final class Fuzz {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** More than any small file justifies, far less than one that believes a size it reads: those run to gigabytes. */
    private static final long MOST_BYTES = 128L << 20;

    private Fuzz() {}

    /** Something that reads a file. */
    public interface Reading {
        /** Reads it. */
        void run() throws IOException;
    }

    /** Runs a reading and returns whether it was refused. */
    public static boolean isRefused(String input, Reading reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean refused = false;
        try {
            reading.run();
        } catch (IOException e) {
            refused = true;
            String sentence = String.valueOf(e.getMessage());
            assertThat(sentence).as(input).isNotBlank();
            assertThat(sentence.lines().count()).as(input + ": " + sentence).isEqualTo(1);
        } catch (RuntimeException | Error e) {
            fail(input, e);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as(input + ": bytes allocated")
                .isLessThan(MOST_BYTES);
        return refused;
    }
}
