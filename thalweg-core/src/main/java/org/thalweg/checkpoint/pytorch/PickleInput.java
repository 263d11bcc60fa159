package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thalweg.checkpoint.format.FormatException;

/** The bytes of one or more pickles, with a position for messages and a bound on their number. One thread. */
final class PickleInput {
    /** Most bytes of all pickles of a file: 100,000 tensors need about 10 MB. */
    static final long MOST_BYTES = 64 << 20;

    /** Most bytes of one string; names are far shorter. */
    static final int LONGEST_TEXT = 1 << 20;

    private final InputStream in; // buffered by whoever made it
    private long position;

    PickleInput(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    FormatException wrong(String what) {
        return new FormatException("its pickle " + what + " (byte " + position + ").");
    }

    int u1() throws IOException {
        requireRoom(1);
        int b = in.read();
        if (b < 0) {
            throw wrong("ends in the middle; the file is cut off");
        }
        position++;
        return b;
    }

    int u2() throws IOException {
        return ByteBuffer.wrap(bytes(2)).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
    }

    int i4() throws IOException {
        return ByteBuffer.wrap(bytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    double bigEndianDouble() throws IOException {
        return ByteBuffer.wrap(bytes(8)).getDouble();
    }

    /** Returns an integer of {@code length} bytes, two's complement, little-endian; of none it is 0. */
    BigInteger integer(int length) throws IOException {
        byte[] little = bytes(length);
        byte[] big = new byte[length];
        for (int i = 0; i < length; i++) {
            big[i] = little[length - 1 - i];
        }
        return length == 0 ? BigInteger.ZERO : new BigInteger(big);
    }

    /** Returns UTF-8 text of {@code length} bytes, where a negative length is one beyond 2^31. */
    String text(int length) throws IOException {
        if (length < 0 || length > LONGEST_TEXT) {
            throw wrong("holds a string of " + Integer.toUnsignedString(length) + " bytes; at most " + LONGEST_TEXT
                    + " are read");
        }
        return decoded(bytes(length)).orElseThrow(() -> wrong("holds a string that is not UTF-8"));
    }

    /** Returns the text up to the next line feed. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = u1(); c != '\n'; c = u1()) {
            if (line.length() == 1000 || c < ' ' || c > '~') {
                throw wrong("names something that is no module or class");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    /** Returns the text that these bytes are in UTF-8, if they are. */
    static Optional<String> decoded(byte[] utf8) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void requireRoom(int length) throws FormatException {
        if (position + length > MOST_BYTES) {
            throw wrong("is longer than the " + MOST_BYTES + " bytes that are read");
        }
    }

    byte[] bytes(int length) throws IOException {
        requireRoom(length);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw wrong("ends in the middle; the file is cut off");
        }
        position += length;
        return bytes;
    }
}
