package org.thalweg.checkpoint.pytorch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.pytorch.Pickled.Constant;
import org.thalweg.checkpoint.pytorch.Pickled.Dict;
import org.thalweg.checkpoint.pytorch.Pickled.External;
import org.thalweg.checkpoint.pytorch.Pickled.Int;
import org.thalweg.checkpoint.pytorch.Pickled.Sequence;
import org.thalweg.checkpoint.pytorch.Pickled.Text;

/**
 * The layout before PyTorch 1.6: five pickles in a row (a magic number, the number 1001, facts about the machine, the object,
 * the storages' keys), then per key 8 bytes number of elements and the elements.
 *
 * @param positions where each storage's elements begin in the file, by key
 */
record LegacyLayout(Path file, ByteOrder order, Map<String, Long> positions) implements Layout {
    private static final Int MAGIC = new Int(new BigInteger("1950a86a20f9469cfc6c", 16));
    private static final Int PROTOCOL = new Int(BigInteger.valueOf(1001));

    /**
     * Opens a file of this layout and reads its pickles and where its storages lie.
     *
     * @throws FormatException if it is not one of {@code torch.save}, malformed or cut off
     */
    static Opened open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            PickleInput in = new PickleInput(from(channel, 0));
            if (!Unpickler.read(in).equals(MAGIC)) {
                throw new FormatException("is a pickle, but none that torch.save wrote.");
            }
            if (!Unpickler.read(in).equals(PROTOCOL)) {
                throw new FormatException(
                        "is of a version of PyTorch's old layout that is not read; save it with PyTorch 1.6 or later.");
            }
            ByteOrder order = order(Unpickler.read(in));
            Pickled root = Unpickler.read(in);
            Pickled keys = Unpickler.read(in);
            Map<String, Long> positions = positions(channel, in.position(), order, root, keys);
            return new Opened(new LegacyLayout(file, order, positions), root);
        }
    }

    private static InputStream from(FileChannel channel, long position) throws IOException {
        return new BufferedInputStream(Channels.newInputStream(channel.position(position)), 1 << 16);
    }

    private static ByteOrder order(Pickled facts) {
        boolean big = facts instanceof Dict dict && dict.at("little_endian") == Constant.FALSE;
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static Map<String, Long> positions(
            FileChannel channel, long start, ByteOrder order, Pickled root, Pickled keys) throws IOException {
        if (!(keys instanceof Sequence sequence)) {
            throw new FormatException("lacks the list of its storages.");
        }
        Map<String, Storage> storages = storages(root);
        Map<String, Long> positions = new LinkedHashMap<>();
        long position = start;
        for (Pickled key : sequence.items()) {
            @Nullable Storage storage = key instanceof Text text ? storages.get(text.value()) : null;
            if (storage == null) {
                throw new FormatException("has a storage that nothing in it refers to, so its size is not known.");
            }
            requireCount(channel, position, order, storage);
            positions.put(storage.key(), position + Long.BYTES);
            position += Long.BYTES + storage.bytes();
        }
        return positions;
    }

    /** All storages, those of an optimiser too: one must know their sizes to find the others. */
    private static Map<String, Storage> storages(Pickled root) throws FormatException {
        Map<String, Storage> storages = new HashMap<>();
        for (Pickled part : root.all()) {
            if (part instanceof External external
                    && external.id().items().indexOf(new Text("storage")) == 0) { // others are sources of modules
                Storage storage = Storage.referredBy(external).storage();
                @Nullable Storage known = storages.put(storage.key(), storage);
                if (known != null && !known.equals(storage)) {
                    throw new FormatException(
                            "gives storage " + Quote.of(storage.key()) + " two sizes or types; it is damaged.");
                }
            }
        }
        return storages;
    }

    private static void requireCount(FileChannel channel, long position, ByteOrder order, Storage storage)
            throws IOException {
        long left = channel.size() - position - Long.BYTES;
        if (left < storage.bytes()) {
            throw new FormatException("ends before storage " + Quote.of(storage.key()) + " does; it is cut off.");
        }
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(order);
        while (count.hasRemaining() && channel.read(count, position + count.position()) >= 0) {
            // until the buffer is full; the file is long enough, as was just checked
        }
        if (count.flip().getLong() != storage.elements()) {
            throw new FormatException("has another number of elements for storage " + Quote.of(storage.key())
                    + " than the " + storage.elements() + " that its pickle says; it is damaged.");
        }
    }

    @Override
    public void requireHolds(Collection<Storage> storages) throws FormatException {
        for (Storage storage : storages) {
            if (!positions.containsKey(storage.key())) {
                throw new FormatException("lacks storage " + Quote.of(storage.key()) + ".");
            }
        }
    }

    @Override
    public void read(Collection<Storage> storages, Receiver receiver) throws IOException {
        requireHolds(storages);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Storage storage : storages) {
                InputStream in = from(channel, positions.getOrDefault(storage.key(), 0L));
                receiver.receive(
                        storage, Elements.read(in, storage.dtype(), order, Math.toIntExact(storage.elements())));
            }
        }
    }
}
