package org.thalweg.checkpoint.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads zips through their central directory: PyTorch writes stored members with data descriptors, which a
 * {@code ZipInputStream} does not read. Sizes are checked before anything is read, check sums afterwards. One thread.
 */
public final class ZipReader implements AutoCloseable {
    /** How much larger than the file its compressed members may be; weights hardly shrink, bombs grow a thousandfold, … */
    private static final int MOST_UNFOLDED = 64;

    /** … and small files may unfold to this, in bytes. */
    private static final long UNFOLDED_ALLOWED = 64 << 20;

    private final ZipFile zip;
    private final List<String> names;
    private final long fileSize;
    private long unfolded;

    private ZipReader(ZipFile zip, List<String> names, long fileSize) {
        this.zip = zip;
        this.names = names;
        this.fileSize = fileSize;
    }

    /**
     * Opens a zip.
     *
     * @throws FormatException if it is none, or cut off
     */
    public static ZipReader open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged(e);
        }
        try {
            return new ZipReader(zip, zip.stream().map(ZipEntry::getName).toList(), Files.size(file));
        } catch (IllegalArgumentException e) { // of some names only, when they are asked for
            zip.close();
            throw new FormatException("has a member whose name is not UTF-8; it is damaged.");
        }
    }

    private static FormatException damaged(ZipException e) {
        return new FormatException("is no proper zip (" + e.getMessage() + "); it is cut off or damaged.");
    }

    /** Returns the members' names, in the zip's order. */
    public List<String> names() {
        return names;
    }

    /** Returns whether there is a member of this name. */
    public boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /**
     * Returns the length of a member in bytes, which the file can hold.
     *
     * @throws FormatException if there is no such member, or it is compressed or larger than the file
     */
    public long storedSize(String name) throws FormatException {
        ZipEntry member = member(name);
        if (member.getMethod() != ZipEntry.STORED) {
            throw new FormatException("has the compressed member " + Quote.of(name)
                    + ", but torch.save compresses nothing; unpack it and save it again.");
        }
        if (member.getSize() < 0 || member.getSize() > fileSize || member.getSize() != member.getCompressedSize()) {
            throw tooLarge(member);
        }
        return member.getSize();
    }

    /**
     * Returns the length of a member, compressed or not; those of all calls together may be 64 times the file, or 64 MiB.
     *
     * @throws FormatException if there is no such member, or it is larger than that
     */
    public long size(String name) throws FormatException {
        ZipEntry member = member(name);
        if (member.getMethod() == ZipEntry.STORED) {
            return storedSize(name);
        }
        long most = Math.max(UNFOLDED_ALLOWED, MOST_UNFOLDED * fileSize);
        if (member.getSize() < 0 || member.getSize() > most || unfolded + member.getSize() > most) {
            throw tooLarge(member);
        }
        unfolded += member.getSize();
        return member.getSize();
    }

    private static FormatException tooLarge(ZipEntry member) {
        return new FormatException("claims " + member.getSize() + " bytes for its member " + Quote.of(member.getName())
                + ", more than such a file can hold.");
    }

    private ZipEntry member(String name) throws FormatException {
        @Nullable ZipEntry member = zip.getEntry(name);
        if (member == null) {
            throw new FormatException("lacks its member " + Quote.of(name) + "; it is cut off or damaged.");
        }
        return member;
    }

    /** Reads something from the bytes of a member. */
    public interface Reading<T> {
        /** Reads it. */
        T from(InputStream in) throws IOException;
    }

    /**
     * Reads a member whose size has been asked for.
     *
     * @throws FormatException if its bytes do not match their check sum, or as {@code reading} throws it
     */
    public <T> T read(String name, Reading<T> reading) throws IOException {
        ZipEntry member = member(name);
        CRC32 sum = new CRC32();
        try (InputStream in =
                new BufferedInputStream(new CheckedInputStream(zip.getInputStream(member), sum), 1 << 16)) {
            T result = reading.from(in);
            in.transferTo(OutputStream.nullOutputStream()); // what is left counts for the check sum
            if (member.getCrc() != 0 && member.getCrc() != sum.getValue()) { // 0: written without check sums
                throw new FormatException(
                        "has a member " + Quote.of(name) + " whose bytes do not match their check sum; it is damaged.");
            }
            return result;
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    /** Reads the beginning of a member; nothing is said of its check sum. */
    public <T> T peek(String name, Reading<T> reading) throws IOException {
        try (InputStream in = zip.getInputStream(member(name))) {
            return reading.from(in);
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
