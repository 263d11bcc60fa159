package org.thalweg.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.ZipReader;
import org.thalweg.checkpoint.npz.NpzArchive;

/** The formats of weight files, told apart by content; a file's name only helps to say what is wrong with it. */
public enum CheckpointFormat {
    /** One JSON header and the tensors' bytes. */
    SAFETENSORS("safetensors", ".safetensors"),
    /** What {@code torch.save} writes, in either layout. */
    PYTORCH("PyTorch", ".pt .pth"),
    /** NumPy's zip of arrays. */
    NPZ("NPZ", ".npz"),
    /** Several safetensors files and an index beside them. */
    SHARDS("safetensors in shards", ""),
    /** A model with its graph. */
    ONNX("ONNX", "");

    private static final int HEAD = 512; // a tar's magic stands at 257

    private final String title;
    private final String suffixes; // divided by spaces; a list would make the enum mutable

    CheckpointFormat(String title, String suffixes) {
        this.title = title;
        this.suffixes = suffixes;
    }

    /** Returns the name that users know it by. */
    public String title() {
        return title;
    }

    /** Returns the suffixes by which this format is asked for when writing, the dot included; none if it is not written. */
    public List<String> suffixes() {
        return suffixes.isEmpty() ? List.of() : List.of(suffixes.split(" ", -1));
    }

    /**
     * Returns the format that a file's suffix names, for writing.
     *
     * @throws IllegalArgumentException if it names none, listing those that it could
     */
    static CheckpointFormat bySuffix(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.suffixes().stream().anyMatch(name::endsWith))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(file + ": the suffix tells the format to write; use one of "
                                + Arrays.stream(values())
                                        .flatMap(format -> format.suffixes().stream())
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /**
     * Checks the name of a file that will be safetensors whatever it is called.
     *
     * @param what what is to be written, such as a path
     * @throws IllegalArgumentException if its suffix promises another format, as which it could then not be read
     */
    public static void requireSafetensors(Path file, String what) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (CheckpointFormat other : values()) {
            if (other != SAFETENSORS && other.suffixes().stream().anyMatch(name::endsWith)) {
                throw new IllegalArgumentException(file + ": " + what + " is written as safetensors, not as "
                        + other.title() + "; choose a name that ends in .safetensors.");
            }
        }
    }

    /** Returns whether a file's tensors stand in the order in which the program that made them defined them. */
    public boolean keepsOrder() {
        return this != SAFETENSORS && this != SHARDS; // whose writers sort, by type and name
    }

    /**
     * Returns the format of a file.
     *
     * @throws FormatException if it is none that is read, naming what it seems to be and what to do
     */
    static CheckpointFormat of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length > 8 && head[8] == '{' && length(head) <= 100_000_000 && length(head) > 0) {
            return SAFETENSORS;
        }
        if (startsWith(head, "PK\u0003\u0004") || startsWith(head, "PK\u0005\u0006")) {
            return inZip(file);
        }
        if (startsWith(head, "\u0080\u0002")) {
            return PYTORCH;
        }
        if (new String(head, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{")) {
            return SHARDS;
        }
        if (startsWith(head, "\b") && head.length > 1 && head[1] > 0 && head[1] < 100) { // field 1, a small version
            return ONNX;
        }
        if (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return SAFETENSORS; // whose reader says what is wrong with it
        }
        throw new FormatException(otherKind(head));
    }

    private static CheckpointFormat inZip(Path file) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            List<String> members = zip.names();
            if (members.stream().anyMatch(NpzArchive::isArray)
                    && members.stream().noneMatch(member -> member.endsWith("data.pkl"))) {
                return NPZ;
            }
            return PYTORCH;
        }
    }

    private static long length(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static boolean startsWith(byte[] head, String magic) {
        return at(head, 0, magic);
    }

    private static boolean at(byte[] head, int position, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= position + wanted.length
                && Arrays.equals(head, position, position + wanted.length, wanted, 0, wanted.length);
    }

    private static String otherKind(byte[] head) {
        if (head.length == 0) {
            return "is empty.";
        }
        if (startsWith(head, "\u0089HDF")) {
            return "is an HDF5 file, which is not read; save the weights as safetensors.";
        }
        if (startsWith(head, "\u0093NUMPY")) {
            return "is a single array; put all arrays of the network into one NPZ file, by numpy.savez.";
        }
        if (startsWith(head, "GGUF")) {
            return "is a GGUF file, whose weights are quantised for inference; take the original weights.";
        }
        if (at(head, 257, "ustar")) {
            return "is a tar, the oldest layout of PyTorch, which is not read; load it in Python and save it again.";
        }
        if (head[0] == (byte) 0x80) {
            return "is a pickle of a protocol that torch.save does not use; leave out pickle_protocol when you save.";
        }
        return "is no weight file of a format that is read: safetensors, PyTorch, NPZ or ONNX.";
    }
}
