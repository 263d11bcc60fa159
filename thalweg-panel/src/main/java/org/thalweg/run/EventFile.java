package org.thalweg.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.result.Measure;
import org.thalweg.result.ProfilePoint;

/**
 * A profile as an event file of TensorBoard: a scalar per measure, the step counting the points along the path. Records are a
 * length, its checksum, a message {@code Event} of {@code event.proto}, its checksum. Without a clock, so equal results give
 * equal files.
 */
public final class EventFile {
    private static final String NAME = "events.out.tfevents.0.thalweg";
    private static final String VERSION = "brain.Event:2";
    private static final int CHECKSUM_SHIFT = 15;
    private static final int CHECKSUM_MASK = 0xa282ead8;

    // field numbers and wire types, (number << 3) | type: Event.step, file_version, summary; Summary.value; Value.tag,
    // simple_value
    private static final int STEP = 2 << 3;
    private static final int FILE_VERSION = (3 << 3) | 2;
    private static final int SUMMARY = (5 << 3) | 2;
    private static final int VALUE = (1 << 3) | 2;
    private static final int TAG = (1 << 3) | 2;
    private static final int SIMPLE_VALUE = (2 << 3) | 5;

    private EventFile() {}

    /** Writes the events of one path, which TensorBoard shows as the run {@code PAIR/METHOD} of {@code root}. */
    public static void write(Path root, PathResult result) throws IOException {
        String method = RunFolder.fileName(result.method()).replaceAll("[^\\p{L}\\p{N}+.~ ·-]", "_");
        Path folder = root.resolve(result.pair().replaceAll("[^\\p{L}\\p{N}._-]", "_"))
                .resolve(method);
        List<ProfilePoint> points = result.profile().points();
        AtomicFile.write(folder.resolve(NAME), out -> {
            out.write(record(message(FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8))));
            for (int step = 0; step < points.size(); step++) {
                out.write(record(event(step, points.get(step))));
            }
        });
    }

    private static byte[] event(int step, ProfilePoint point) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Measure measure : point.measures().loss().measures()) {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            value.writeBytes(message(TAG, measure.key().getBytes(StandardCharsets.UTF_8)));
            value.write(SIMPLE_VALUE);
            value.writeBytes(
                    little(4).putFloat((float) point.measures().get(measure)).array());
            values.writeBytes(message(VALUE, value.toByteArray()));
        }
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write(STEP);
        varint(event, step);
        event.writeBytes(message(SUMMARY, values.toByteArray()));
        return event.toByteArray();
    }

    private static byte[] message(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field);
        varint(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] record(byte[] event) {
        byte[] length = little(8).putLong(event.length).array();
        return little(16 + event.length)
                .put(length)
                .putInt(checksum(length))
                .put(event)
                .putInt(checksum(event))
                .array();
    }

    // masked: rotated right by 15 and shifted by a constant, since checksums of checksums are weak
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), CHECKSUM_SHIFT) + CHECKSUM_MASK;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
