package org.thalweg.checkpoint.format;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes zips as PyTorch and NumPy do: members stored, not compressed, each member's data at a multiple of 64 bytes, so that
 * arrays can be mapped. Equal members give equal bytes: their time is a constant. One thread.
 */
public final class StoredZip {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;

    /** The first instant that Java writes without adding a field that depends on the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Counting counting;
    private final ZipOutputStream zip;

    /** Begins a zip on {@code out}, which is not closed by {@link #finish}. */
    public StoredZip(OutputStream out) {
        counting = new Counting(out);
        zip = new ZipOutputStream(counting);
    }

    /** What a member holds; written twice, because its check sum stands before it. */
    public interface Content {
        /** Writes the same bytes at each call. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Adds a member. */
    public void add(String name, Content content) throws IOException {
        CRC32 sum = new CRC32();
        Counting length = new Counting(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
        content.writeTo(length);
        ZipEntry member = new ZipEntry(name);
        member.setMethod(ZipEntry.STORED);
        member.setSize(length.count);
        member.setCrc(sum.getValue());
        member.setTimeLocal(TIME);
        member.setExtra(padding(name));
        zip.putNextEntry(member);
        content.writeTo(zip);
        zip.closeEntry();
    }

    /** Adds a member of these bytes. */
    public void add(String name, byte[] content) throws IOException {
        add(name, out -> out.write(content));
    }

    /** Ends the zip. */
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    /** PyTorch's own padding: a field "FB" filled with Z, which every reader of zips skips. */
    private byte[] padding(String name) {
        long start = counting.count + LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length + EXTRA_HEADER;
        int fill = (int) Math.floorMod(-start, (long) ALIGNMENT);
        byte[] extra = new byte[EXTRA_HEADER + fill];
        Arrays.fill(extra, (byte) 'Z');
        ByteBuffer.wrap(extra)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'F')
                .put((byte) 'B')
                .putShort((short) fill);
        return extra;
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }
}
