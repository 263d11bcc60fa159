package org.thalweg.checkpoint.npz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.checkpoint.format.ZipReader;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** A zip of arrays, as {@code numpy.savez} and {@code savez_compressed} write it. Opening reads the arrays' headers alone. */
public final class NpzArchive implements TensorArchive {
    private static final String SUFFIX = ".npy";

    private final Path file;
    private final Map<String, Entry> entries;

    private NpzArchive(Path file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** Returns whether a zip's member is an array of such a file. */
    public static boolean isArray(String member) {
        return member.endsWith(SUFFIX);
    }

    /**
     * Opens a file.
     *
     * @throws FormatException if it is no proper zip, or an array is malformed, larger than such a file can hold, or of a type
     *     that is not known
     */
    public static NpzArchive open(Path file) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            List<String> members =
                    zip.names().stream().filter(NpzArchive::isArray).toList();
            if (members.size() > MOST_TENSORS) {
                throw TensorArchive.tooMany(members.size());
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (String member : members) {
                String name = member.substring(0, member.length() - SUFFIX.length());
                entries.put(name, header(zip, name).entry());
            }
            return new NpzArchive(file, entries);
        }
    }

    private static NpyHeader header(ZipReader zip, String name) throws IOException {
        long size = zip.size(name + SUFFIX);
        NpyHeader header = zip.peek(name + SUFFIX, in -> NpyHeader.read(name, in));
        if (size != header.length() + header.entry().bytes()) {
            throw new FormatException(
                    "array " + Quote.of(name) + " of shape " + header.entry().shapeText() + " and type "
                            + header.entry().dtype() + " does not fill its " + (size - header.length()) + " bytes.");
        }
        return header;
    }

    @Override
    public Map<String, Entry> entries() {
        return entries;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public Weights read(Collection<String> names) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (ZipReader zip = ZipReader.open(file)) {
            for (String name : names) {
                entry(name);
                NpyHeader header = header(zip, name);
                Shape shape = header.entry().heapShape();
                tensors.put(name, zip.read(name + SUFFIX, in -> {
                    in.skipNBytes(header.length());
                    return Elements.read(in, header.entry().dtype(), header.order(), shape.elements())
                            .view(shape, 0, header.strides());
                }));
            }
        }
        return Weights.of(tensors);
    }
}
