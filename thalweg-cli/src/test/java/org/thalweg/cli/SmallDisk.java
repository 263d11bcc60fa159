package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place with little room. Where we may mount, as root, it is a small file system, else a limit on the size of a file that
 * the system keeps for the process; both make a write fail half-way, and what the program sees is the same.
 */
sealed interface SmallDisk extends AutoCloseable {
    /** Returns a place with room for {@code kilobytes} in {@code folder}, an empty folder. */
    static SmallDisk at(Path folder, int kilobytes, int kilobytesPerFile) throws IOException, InterruptedException {
        boolean mounted =
                succeeds("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "thalweg", folder.toString());
        return mounted ? new Mounted(folder) : new Limited(kilobytesPerFile);
    }

    /** Returns the program as it must be started to meet the limit. */
    ProcessBuilder limited(ProcessBuilder program);

    /** Makes room. */
    void grow() throws IOException, InterruptedException;

    @Override
    void close() throws IOException, InterruptedException;

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    /** A file system of its own, in memory. */
    record Mounted(Path folder) implements SmallDisk {
        @Override
        public ProcessBuilder limited(ProcessBuilder program) {
            return program;
        }

        @Override
        public void grow() throws IOException, InterruptedException {
            if (!succeeds("mount", "-o", "remount,size=100m", folder.toString())) {
                throw new IOException(folder + " does not grow");
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (!succeeds("umount", folder.toString())) {
                throw new IOException(folder + " is still mounted");
            }
        }
    }

    /** A limit on the size of each file; {@code ulimit} counts blocks of 512 bytes. */
    record Limited(int kilobytesPerFile) implements SmallDisk {
        @Override
        public ProcessBuilder limited(ProcessBuilder program) {
            return RealProgram.inShell("ulimit -f " + 2 * kilobytesPerFile + " &&", program, "");
        }

        @Override
        public void grow() {}

        @Override
        public void close() {}
    }
}
