package org.thalweg.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() throws Json.JsonException {
        Object value =
                Json.parse(" {\"a\": [1, -2.5, 1e3, true, false, null, \"x\\u00e9\\n\\\"\"], \"b\": {}, \"c\": []} ");

        assertThat(value)
                .isEqualTo(Map.of(
                        "a",
                        List.of(1L, -2.5, 1000.0, true, false, Json.NULL, "xé\n\""),
                        "b",
                        Map.of(),
                        "c",
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``              | a value is missing at character 0
            {               | '"' is missing
            {"a":1          | '}' is missing
            {"a" 1}         | ':' is missing
            [1 2]           | ']' is missing
            [1,]            | a value is not understood
            {"a":1,"a":2}   | name "a" occurs twice
            1 2             | something follows the end
            01              | a value is not understood
            1.              | a value is not understood
            .5              | a value is not understood
            +1              | a value is not understood
            NaN             | a value is not understood
            tru             | a value is not understood
            "a              | a string does not end
            "\\x"           | escape \\x is unknown
            "\\u12g4"       | \\u needs four hexadecimal digits
            "\\ud800"       | half a surrogate pair
            9223372036854775808 | is out of range
            """)
    void saysWhatIsWrongAndWhere(String text, String part) {
        assertThatExceptionOfType(Json.JsonException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessageContaining(part)
                .withMessageMatching(".* at character \\d+");
    }

    @Test
    void refusesControlCharactersAndTextThatIsNotUtf8() {
        assertThatExceptionOfType(Json.JsonException.class)
                .isThrownBy(() -> Json.parse("\"a\nb\""))
                .withMessageContaining("a control character");
        assertThatExceptionOfType(Json.JsonException.class)
                .isThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}))
                .withMessage("the text is not UTF-8");
    }

    @Test
    void boundsDepthAndNumberOfValues() {
        assertThatExceptionOfType(Json.JsonException.class)
                .isThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .withMessageContaining("nesting is deeper than 32");
        byte[] many = ("[" + "1,".repeat(Json.MOST_VALUES) + "1]").getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(Json.JsonException.class)
                .isThrownBy(() -> Json.parse(many))
                .withMessageContaining("there are more than 2000000 values");
    }

    @Test
    void quotedTextIsReadBackAsItWas() throws Json.JsonException {
        String text = "\u0000\u001f\"\\/é\ud83d\ude00";

        assertThat(Json.parse(Json.quoted(text))).isEqualTo(text);
    }
}
