package org.thalweg.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
     * Checks that {@code file} could be written now, so that hours of work need not end in an error. Leaves nothing: of
     * folders that are missing it is checked that the first could be made.
     *
     * @throws WriteException if it could not
     */
    public static void requireWritable(Path file) throws WriteException {
        try {
            Path target = file.toAbsolutePath();
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            Path folder = folder(target);
            while (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) { // a link to nothing is there, and is in the way
                target = folder;
                folder = folder(target);
            }
            if (!Files.isDirectory(folder)) {
                throw new FileAlreadyExistsException(folder.toString());
            }
            PartFile.begin(target).close();
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
    }

    private static Path folder(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("it is a folder");
        }
        return folder;
    }

    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        PartFile.removeAbandoned(target, makeFolder(target));
        return target;
    }

    private static Path makeFolder(Path target) throws IOException {
        Path folder = folder(target);
        if (!Files.isDirectory(folder)) { // createDirectories of Java 17 refuses a link to a folder
            Files.createDirectories(folder);
        }
        return folder;
    }

    /**
     * Makes the folder of {@code file} if it is missing, and checks that the file could be written there now.
     *
     * @throws WriteException if it could not
     */
    public static void makeWritable(Path file) throws WriteException {
        requireWritable(file);
        try {
            makeFolder(file.toAbsolutePath());
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
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
