package org.thalweg.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file to a temporary name in its folder, flushes it to the disk, and moves it into place. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Something that writes bytes. */
    public interface Content {
        /** Writes all of it; does not close {@code out}. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code file}, making its folder if it is missing and replacing a file of this name.
     *
     * @throws WriteException if that fails; no part of the new content is then left
     */
    public static void write(Path file, Content content) throws WriteException {
        Path target = file.toAbsolutePath();
        Path folder = target.resolveSibling(".");
        try {
            Files.createDirectories(folder.normalize());
            Path part = Files.createTempFile(folder.normalize(), "." + target.getFileName(), ".part");
            try {
                writeFlushed(part, content);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new WriteException(file, e);
        }
    }

    private static void writeFlushed(Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }
}
