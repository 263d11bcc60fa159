package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds files of the zip layout, wrong ones too. */
final class Archive {
    private final Map<String, byte[]> members = new LinkedHashMap<>();

    /** Returns an archive whose pickle is {@code pickle}, ended here. */
    static Archive of(Pickle pickle) {
        return new Archive().with("any name/data.pkl", pickle.ops(".").toBytes());
    }

    /** Returns an archive of a state dict with one tensor {@code w} of floats, and its storage. */
    static Archive ofTensor(long offset, long[] shape, long[] strides, float... storage) {
        Pickle pickle = Pickle.begun()
                .ops("}")
                .text("w")
                .tensor("0", storage.length, offset, shape, strides)
                .ops("s");
        return of(pickle).with("any name/data/0", floats(storage));
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    Archive with(String name, byte[] content) {
        members.put(name, content);
        return this;
    }

    Archive with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "archive", ".pt");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(stored(member.getKey(), member.getValue()));
                zip.write(member.getValue());
            }
        }
        return file;
    }

    Path writeCompressed(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "archive", ".pt");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return file;
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        return entry;
    }
}
