package org.thalweg.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.WriteException;

/**
 * Keeps a run folder for one program at a time, by a lock of the operating system on its file {@code .lock}. The system gives
 * it up when the program ends, however it ends, so no killed run blocks the next. The file itself stays: if it were removed,
 * two programs could hold locks on two files of this name.
 */
public final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a run folder, making the folder if it is missing, and removes what killed runs left half-written.
     *
     * @throws FolderInUseException if another program holds it, or this one already
     * @throws WriteException if the folder cannot be made or written to
     * @throws IOException if it cannot be read
     */
    public static RunLock take(RunFolder run) throws IOException {
        Path file = run.root().resolve(FILE);
        RunLock lock = new RunLock(open(file));
        try {
            if (lock.acquire(file) == null) {
                throw new FolderInUseException(run.root());
            }
            AtomicFile.removeAbandoned(run.root());
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws WriteException {
        AtomicFile.makeWritable(file);
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
    }

    private @Nullable FileLock acquire(Path file) throws WriteException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this program
        } catch (IOException e) {
            throw new WriteException(file, e); // a file system without locks could not keep two programs apart
        }
    }

    /** Gives the folder to others. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
