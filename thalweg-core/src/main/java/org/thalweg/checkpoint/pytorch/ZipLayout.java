package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.ZipReader;

/**
 * The layout since PyTorch 1.6: a zip with one folder of any name, in it {@code data.pkl}, {@code byteorder} (little if it is
 * missing) and one stored member {@code data/KEY} per storage. Compressed members, which PyTorch never writes, are refused, so
 * that no file can unfold to more than its own size.
 */
record ZipLayout(Path file, String folder, ByteOrder order) implements Layout {
    private static final String PICKLE = "data.pkl";

    /**
     * Opens a file of this layout and reads its pickle.
     *
     * @throws FormatException if it is no proper zip, not one of {@code torch.save}, or its pickle is malformed
     */
    static Opened open(Path file) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            String folder = folder(zip);
            if (zip.has(folder + "constants.pkl")) {
                throw new FormatException(
                        "is a TorchScript program, not a file of weights; in Python, save its weights: "
                                + "torch.save(torch.jit.load(FILE).state_dict(), \"weights.pt\").");
            }
            ByteOrder order = order(zip, folder + "byteorder");
            zip.storedSize(folder + PICKLE);
            Pickled root = zip.read(folder + PICKLE, in -> Unpickler.read(new PickleInput(in)));
            return new Opened(new ZipLayout(file, folder, order), root);
        }
    }

    /** Returns whether a member is the pickle of such a file. */
    static boolean isPickle(String member) {
        return member.equals(PICKLE) || member.endsWith("/" + PICKLE);
    }

    private static String folder(ZipReader zip) throws FormatException {
        List<String> pickles = zip.names().stream().filter(ZipLayout::isPickle).toList();
        if (pickles.size() != 1) {
            throw new FormatException(
                    "is a zip with " + pickles.size() + " members data.pkl, where a file of torch.save has one.");
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private static ByteOrder order(ZipReader zip, String name) throws IOException {
        if (!zip.has(name)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        zip.storedSize(name);
        String order = zip.read(name, in -> new String(in.readNBytes(10), StandardCharsets.UTF_8));
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default ->
                throw new FormatException("has the byte order " + Quote.of(order) + "; little or big was expected.");
        };
    }

    @Override
    public void requireHolds(Collection<Storage> storages) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            for (Storage storage : storages) {
                requireSize(zip, storage);
            }
        }
    }

    private String requireSize(ZipReader zip, Storage storage) throws FormatException {
        String name = folder + "data/" + storage.key();
        long size = zip.storedSize(name);
        if (size != storage.bytes()) {
            throw new FormatException("has " + size + " bytes for storage " + Quote.of(storage.key()) + ", whose "
                    + storage.elements() + " elements of type " + storage.dtype() + " take " + storage.bytes() + ".");
        }
        return name;
    }

    @Override
    public void read(Collection<Storage> storages, Receiver receiver) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            for (Storage storage : storages) {
                Elements elements = zip.read(
                        requireSize(zip, storage),
                        in -> Elements.read(in, storage.dtype(), order, Math.toIntExact(storage.elements())));
                receiver.receive(storage, elements);
            }
        }
    }
}
