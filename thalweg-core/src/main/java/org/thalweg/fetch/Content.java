package org.thalweg.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.thalweg.checkpoint.AtomicFile;

/** What is in a downloaded file, told by its hash. */
final class Content {
    private static final int TAR_BLOCK = 512;
    private static final int MOST_ENTRIES = 1000;

    private Content() {}

    /**
     * A file's content.
     *
     * @param bytes its length, unpacked
     * @param sha256 of it, unpacked
     */
    record Sum(long bytes, String sha256) {}

    /** Takes one member's content. */
    private interface Taker {
        void take(String name, long bytes, InputStream in) throws IOException;
    }

    /**
     * Returns the sum of a file, unpacked if its name ends in {@code .gz}; at most {@code most} bytes are looked at, and one more.
     *
     * @throws FetchException if it is no whole gzip
     */
    static Sum of(Path file, String name, long most) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            return sum(in, most + 1);
        } catch (ZipException | EOFException e) {
            throw new FetchException(file + ": not a whole gzip file (" + e.getMessage() + ").");
        }
    }

    private static Sum sum(InputStream in, long most) throws IOException {
        try {
            DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            long bytes = copy(digested, OutputStream.nullOutputStream(), most);
            return new Sum(
                    bytes, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static long copy(InputStream in, OutputStream out, long most) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        while (copied < most) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
            if (n < 0) {
                break;
            }
            out.write(buffer, 0, n);
            copied += n;
        }
        return copied;
    }

    /** Returns the sums of an archive's members that {@code wanted} names. */
    static Map<String, Sum> ofMembers(Path archive, PublicFile wanted) throws IOException {
        Map<String, Sum> sums = new HashMap<>();
        eachMember(archive, wanted, (name, bytes, in) -> sums.put(name, sum(in, bytes)));
        return sums;
    }

    /** Writes the members that {@code wanted} names to {@code folder}; whatever folders the archive names are ignored. */
    static void unpack(Path archive, PublicFile wanted, Path folder) throws IOException {
        eachMember(
                archive,
                wanted,
                (name, bytes, in) -> AtomicFile.write(folder.resolve(name), out -> copy(in, out, bytes)));
    }

    // ustar: blocks of 512 bytes; a header holds name [0, 100), length in octal [124, 136), type at 156
    private static void eachMember(Path archive, PublicFile wanted, Taker taker) throws IOException {
        long left = wanted.mostBytes() * 2; // what the archive may unfold to
        try (InputStream raw = Files.newInputStream(archive);
                InputStream in = new GZIPInputStream(raw, 1 << 16)) {
            byte[] header = new byte[TAR_BLOCK];
            for (int entry = 0; in.readNBytes(header, 0, TAR_BLOCK) == TAR_BLOCK && header[0] != 0; entry++) {
                long bytes = length(archive, header);
                left -= bytes + 2 * TAR_BLOCK;
                if (left < 0 || entry > MOST_ENTRIES) {
                    throw new FetchException(archive + ": holds more than the data set has.");
                }
                String path = new String(header, 0, 100, StandardCharsets.ISO_8859_1);
                String whole = path.substring(0, path.indexOf('\0') < 0 ? path.length() : path.indexOf('\0'));
                String name = whole.substring(whole.lastIndexOf('/') + 1);
                Optional<PublicFile.Member> member = wanted.members().stream()
                        .filter(known -> known.name().equals(name) && known.bytes() == bytes)
                        .findFirst();
                if (member.isPresent()) {
                    taker.take(name, bytes, in);
                } else {
                    in.skipNBytes(bytes);
                }
                in.skipNBytes((TAR_BLOCK - bytes % TAR_BLOCK) % TAR_BLOCK);
            }
        } catch (ZipException | EOFException e) {
            throw new FetchException(archive + ": not a whole .tar.gz (" + e.getMessage() + ").");
        }
    }

    private static long length(Path archive, byte[] header) throws FetchException {
        String octal = new String(header, 124, 12, StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .strip();
        if (!octal.matches("[0-7]{1,11}")) {
            throw new FetchException(archive + ": is no tar that is understood.");
        }
        return Long.parseLong(octal, 8);
    }
}
