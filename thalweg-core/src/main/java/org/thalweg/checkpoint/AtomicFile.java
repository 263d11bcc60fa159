package org.thalweg.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file to a temporary name in its folder, flushes it to the disk, and moves it into place. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Something that writes bytes. */
    public interface Content {
        /** Writes all of it; does not close {@code out}. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code file}, making its folder if it is missing and replacing a file of this name. What a
     * killed process left of the same file is removed.
     *
     * @throws WriteException if that fails; no part of the new content is then left
     */
    public static void write(Path file, Content content) throws WriteException {
        try {
            Path target = target(file);
            try (PartFile part = PartFile.begin(target)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(part.channel()), 1 << 16);
                content.writeTo(out);
                out.flush();
                part.channel().force(true);
                part.channel().close(); // an open file cannot be moved on every system
                Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
    }

    /**
     * Checks that {@code file} could be written now, so that hours of work need not end in an error; makes its folder.
     *
     * @throws WriteException if it could not
     */
    public static void requireWritable(Path file) throws WriteException {
        try {
            Path target = target(file);
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            PartFile.begin(target).close();
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
    }

    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("it is a folder");
        }
        if (!Files.isDirectory(folder)) { // createDirectories of Java 17 refuses a link to a folder
            Files.createDirectories(folder);
        }
        PartFile.removeAbandoned(target, folder);
        return target;
    }

    /** Removes whatever killed processes left half-written in {@code folder}, in which no other process may be writing. */
    public static void removeAbandoned(Path folder) throws IOException {
        PartFile.removeAll(folder);
    }

    /**
     * Ends all writing of this process, for good: files that are being written are removed and no other is begun. For a
     * program that is about to end while its threads still run.
     */
    public static void endAll() {
        PartFile.end();
    }
}
