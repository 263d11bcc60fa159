package org.thalweg.checkpoint.safetensors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** A safetensors file. Opening reads the header alone and allocates no more than the file's own size justifies. */
public final class SafetensorsArchive implements TensorArchive {
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path file;
    private final long start; // of the buffer
    private final Header header;
    private final Map<String, Entry> entries;

    private SafetensorsArchive(Path file, long start, Header header) {
        this.file = file;
        this.start = start;
        this.header = header;
        Map<String, Entry> entries = new LinkedHashMap<>();
        header.blocks().forEach((name, block) -> entries.put(name, block.entry()));
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Opens a file.
     *
     * @throws FormatException if it is not well-formed
     * @throws IOException if it cannot be read
     */
    public static SafetensorsArchive open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 8) {
                throw new FormatException(size + " bytes are too few for a safetensors file; is it whole?");
            }
            InputStream in = Channels.newInputStream(channel);
            long length = ByteBuffer.wrap(in.readNBytes(8))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
                throw new FormatException("the header's length is given as " + Long.toUnsignedString(length)
                        + " but the file has " + (size - 8)
                        + " bytes after it; it is cut off or no safetensors file.");
            }
            Header header = Header.parse(in.readNBytes((int) length), size - 8 - length);
            return new SafetensorsArchive(file, 8 + length, header);
        }
    }

    @Override
    public Map<String, Entry> entries() {
        return entries;
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public Weights read(Collection<String> names) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (String name : names) {
                Entry entry = entry(name);
                long begin = header.blocks()
                        .getOrDefault(name, new Block(entry, 0, 0))
                        .begin();
                channel.position(start + begin);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
                Elements elements = Elements.read(
                        in,
                        entry.dtype(),
                        ByteOrder.LITTLE_ENDIAN,
                        entry.heapShape().elements());
                tensors.put(name, elements.all(entry.heapShape()));
            }
        }
        return Weights.of(tensors);
    }
}
