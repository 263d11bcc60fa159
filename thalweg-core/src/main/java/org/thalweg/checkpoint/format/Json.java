package org.thalweg.checkpoint.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of the JSON that headers consist of: RFC 8259, UTF-8 only, no duplicate names, bounded depth, numbers as
 * {@code Long} where they are written as integers, else {@code Double}. A library would do, but none that the core may
 * depend on reports duplicates and bounds depth by default, and a file from a stranger must meet no reflection.
 */
public final class Json {
    /** JSON's null. */
    public static final Object NULL = new Object();

    private static final int DEEPEST = 32;

    /** Most values of one text: 100,000 tensors need about 900,000. One takes up to 60 bytes. */
    static final int MOST_VALUES = 2_000_000;

    private final String text;
    private int at;
    private int depth;
    private int values;

    private Json(String text) {
        this.text = text;
    }

    /** Text that is not such JSON; the message says what is wrong, and where. */
    public static final class JsonException extends Exception {
        private static final long serialVersionUID = 1L;

        JsonException(String message) {
            super(message);
        }
    }

    /**
     * Returns what UTF-8 text says: Map, List, String, Long, Double, Boolean or {@link #NULL}.
     *
     * @throws JsonException if it is not such text
     */
    public static Object parse(byte[] utf8) throws JsonException {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("the text is not UTF-8");
        }
    }

    /**
     * Returns what text says.
     *
     * @throws JsonException if it is not JSON
     */
    public static Object parse(String text) throws JsonException {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.at != text.length()) {
            throw json.wrong("something follows the end");
        }
        return value;
    }

    /** Returns the member of this name, {@link #NULL} if there is none. */
    public static Object member(Map<String, Object> object, String name) {
        return object.getOrDefault(name, NULL);
    }

    /** Returns {@code text} as a JSON string, quotes included. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private JsonException wrong(String what) {
        return new JsonException(what + " at character " + at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws JsonException {
        if (!take(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private Object value() throws JsonException {
        if (++values > MOST_VALUES) {
            throw wrong("there are more than " + MOST_VALUES + " values");
        }
        space();
        if (at == text.length()) {
            throw wrong("a value is missing");
        }
        return switch (text.charAt(at)) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private interface Part {
        Object read() throws JsonException;
    }

    private Object nested(Part part) throws JsonException {
        if (++depth > DEEPEST) {
            throw wrong("nesting is deeper than " + DEEPEST);
        }
        at++;
        Object value = part.read();
        depth--;
        return value;
    }

    private Object object() throws JsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        if (take('}')) {
            return members;
        }
        do {
            space();
            String name = string();
            expect(':');
            if (members.containsKey(name)) {
                throw wrong("name " + Quote.of(name) + " occurs twice");
            }
            members.put(name, value());
        } while (take(','));
        expect('}');
        return members;
    }

    private Object array() throws JsonException {
        List<Object> items = new ArrayList<>();
        if (take(']')) {
            return items;
        }
        do {
            items.add(value());
        } while (take(','));
        expect(']');
        return items;
    }

    private Object word(String word, Object value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw wrong("a value is not understood");
        }
        at += word.length();
        return value;
    }

    private String string() throws JsonException {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw wrong("a string does not end");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return wellFormed(out.toString());
            }
            if (c < 0x20) {
                throw wrong("a control character stands in a string");
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private String wellFormed(String string) throws JsonException {
        boolean plain = string.chars().noneMatch(c -> Character.isSurrogate((char) c));
        if (!plain && !StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw wrong("half a surrogate pair stands in a string");
        }
        return string;
    }

    private char escaped() throws JsonException {
        if (at == text.length()) {
            throw wrong("a string does not end");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("escape \\" + c + " is unknown");
        };
    }

    private char unicode() throws JsonException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw wrong("\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Object number() throws JsonException {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (isShortNatural(digits)) {
            return Long.valueOf(digits); // nearly all numbers of a header; patterns are ten times slower
        }
        if (digits.length() > 40 || !digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw wrong("a value is not understood");
        }
        try {
            return digits.matches("-?\\d+") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
        } catch (NumberFormatException e) {
            throw wrong("number " + digits + " is out of range");
        }
    }

    private static boolean isShortNatural(String digits) {
        return !digits.isEmpty()
                && digits.length() <= 18
                && (digits.charAt(0) != '0' || digits.length() == 1)
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
