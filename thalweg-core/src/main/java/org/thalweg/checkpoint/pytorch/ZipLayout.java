package org.thalweg.checkpoint.pytorch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;

/**
 * The layout since PyTorch 1.6: a zip with one folder of any name, in it {@code data.pkl}, {@code byteorder} (little if it is
 * missing) and one stored member {@code data/KEY} per storage. Read through the central directory: PyTorch writes stored
 * members with data descriptors, which {@code ZipInputStream} does not read. Compressed members, which PyTorch never writes,
 * are refused, so that no file can unfold to more than its own size.
 */
record ZipLayout(Path file, String folder, ByteOrder order) implements Layout {
    private static final String PICKLE = "data.pkl";

    /** Reads something from the bytes of a member. */
    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    /**
     * Opens a file of this layout and reads its pickle.
     *
     * @throws FormatException if it is no proper zip, not one of {@code torch.save}, or its pickle is malformed
     */
    static Opened open(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String folder = folder(zip);
            if (zip.getEntry(folder + "constants.pkl") != null) {
                throw new FormatException(
                        "is a TorchScript program, not a file of weights; in Python, save its weights: "
                                + "torch.save(torch.jit.load(FILE).state_dict(), \"weights.pt\").");
            }
            ByteOrder order = order(zip, folder, file);
            Pickled root = read(zip, member(zip, folder + PICKLE, file), in -> Unpickler.read(new PickleInput(in)));
            return new Opened(new ZipLayout(file, folder, order), root);
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    private static FormatException damaged(ZipException e) {
        return new FormatException("is no proper zip (" + e.getMessage() + "); it is cut off or damaged.");
    }

    private static String folder(ZipFile zip) throws FormatException {
        List<String> pickles = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new FormatException(
                    "is a zip with " + pickles.size() + " members data.pkl, where a file of torch.save has one.");
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private static ByteOrder order(ZipFile zip, String folder, Path file) throws IOException {
        if (zip.getEntry(folder + "byteorder") == null) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        String order = read(
                zip,
                member(zip, folder + "byteorder", file),
                in -> new String(in.readNBytes(10), StandardCharsets.UTF_8));
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default ->
                throw new FormatException("has the byte order " + Quote.of(order) + "; little or big was expected.");
        };
    }

    private static ZipEntry member(ZipFile zip, String name, Path file) throws IOException {
        @Nullable ZipEntry member = zip.getEntry(name);
        if (member == null) {
            throw new FormatException("lacks its member " + Quote.of(name) + "; it is cut off or damaged.");
        }
        if (member.getMethod() != ZipEntry.STORED) {
            throw new FormatException("has the compressed member " + Quote.of(name)
                    + ", but torch.save compresses nothing; unpack it and save it again.");
        }
        if (member.getSize() < 0
                || member.getSize() > Files.size(file)
                || member.getSize() != member.getCompressedSize()) {
            throw new FormatException("claims " + member.getSize() + " bytes for its member " + Quote.of(name)
                    + ", which do not fit the file.");
        }
        return member;
    }

    private static <T> T read(ZipFile zip, ZipEntry member, Reading<T> reading) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in =
                new BufferedInputStream(new CheckedInputStream(zip.getInputStream(member), sum), 1 << 16)) {
            T result = reading.of(in);
            in.transferTo(OutputStream.nullOutputStream()); // what is left counts for the check sum
            if (member.getCrc() != 0 && member.getCrc() != sum.getValue()) { // 0: written without check sums
                throw new FormatException("has a member " + Quote.of(member.getName())
                        + " whose bytes do not match their check sum; it is damaged.");
            }
            return result;
        }
    }

    @Override
    public void requireHolds(Collection<Storage> storages) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Storage storage : storages) {
                member(zip, storage);
            }
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    private ZipEntry member(ZipFile zip, Storage storage) throws IOException {
        ZipEntry member = member(zip, folder + "data/" + storage.key(), file);
        if (member.getSize() != storage.bytes()) {
            throw new FormatException("has " + member.getSize() + " bytes for storage " + Quote.of(storage.key())
                    + ", whose " + storage.elements() + " elements of type " + storage.dtype() + " take "
                    + storage.bytes() + ".");
        }
        return member;
    }

    @Override
    public void read(Collection<Storage> storages, Receiver receiver) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Storage storage : storages) {
                Elements elements = read(
                        zip,
                        member(zip, storage),
                        in -> Elements.read(in, storage.dtype(), order, Math.toIntExact(storage.elements())));
                receiver.receive(storage, elements);
            }
        } catch (ZipException e) {
            throw damaged(e);
        }
    }
}
