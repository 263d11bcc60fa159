package org.thalweg.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;

class ElementsTest {
    private static Elements read(Dtype dtype, int count, byte... bytes) throws IOException {
        return Elements.read(new ByteArrayInputStream(bytes), dtype, ByteOrder.LITTLE_ENDIAN, count);
    }

    /** Returns the one value that the hexadecimal bits, written as a number, stand for. */
    private static double value(Dtype dtype, String bits) throws IOException {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.parseUnsignedLong(bits, 16))
                .array();
        return read(dtype, 1, bytes).all(Shape.of()).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "F64,  3ff8000000000000, 1.5",
        "F32,  bfc00000,         -1.5",
        "F16,  3c00,             1",
        "F16,  c000,             -2",
        "F16,  7bff,             65504",
        "F16,  0001,             5.9604644775390625E-8",
        "F16,  03ff,             6.097555160522461E-5",
        "F16,  8000,             -0.0",
        "F16,  7c00,             Infinity",
        "F16,  7e00,             NaN",
        "BF16, 3f80,             1",
        "BF16, ff80,             -Infinity",
        "I64,  0020000000000000, 9007199254740992",
        "I64,  ffffffffffffffff, -1",
        "U64,  0020000000000000, 9007199254740992",
        "I32,  80000000,         -2147483648",
        "U32,  ffffffff,         4294967295",
        "I16,  8000,             -32768",
        "U16,  ffff,             65535",
        "I8,   80,               -128",
        "U8,   ff,               255",
        "BOOL, 02,               1",
        "BOOL, 00,               0"
    })
    void decodesEveryTypeThatIsRead(Dtype dtype, String bits, Double expected) throws IOException {
        assertThat(value(dtype, bits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "I64,  0020000000000001, 9007199254740993",
        "I64,  8000000000000000, -9223372036854775808",
        "U64,  ffffffffffffffff, 18446744073709551615"
    })
    void refusesIntegersThatWouldBeRounded(Dtype dtype, String bits, String number) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> value(dtype, bits))
                .withMessage("the integer " + number + " is beyond the 2^53 that are kept exactly.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F8_E5M2", "F8_E4M3", "C64", "C128"})
    void refusesTypesWhoseValuesAreNotRead(Dtype dtype) {
        assertThat(dtype.isRead()).isFalse();
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(dtype, 1, new byte[16]))
                .withMessage("elements of type " + dtype + " are not read.");
    }

    @Test
    void readsMoreThanOneChunkInEitherByteOrder() throws IOException {
        int count = 40_000; // 2.4 chunks of 64 KiB
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(order);
            for (int i = 0; i < count; i++) {
                bytes.putFloat(i);
            }
            float[] values = Elements.read(new ByteArrayInputStream(bytes.array()), Dtype.F32, order, count)
                    .all(Shape.of(count))
                    .toFloats();
            for (int i = 0; i < count; i++) {
                assertThat(values[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void keepsWholeNumbersInSixtyFourBitsAndHalvesInThirtyTwo() throws IOException {
        assertThat(read(Dtype.U8, 2, (byte) 1, (byte) 2).all(Shape.of(2)).precision())
                .isEqualTo(Precision.FLOAT64);
        assertThat(read(Dtype.BF16, 1, (byte) 1, (byte) 2).all(Shape.of(1)).precision())
                .isEqualTo(Precision.FLOAT32);
    }

    @Test
    void saysWhenTheBytesEndEarly() {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(Dtype.F32, 2, new byte[7]));
    }

    @Test
    void viewsFollowOffsetAndStrides() throws IOException {
        Elements elements = read(Dtype.U8, 6, (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);

        assertThat(elements.view(Shape.of(2, 3), 0, List.of(3L, 1L)).toDoubles())
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(elements.view(Shape.of(3, 2), 0, List.of(1L, 3L)).toDoubles())
                .containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(elements.view(Shape.of(2, 1, 2), 2, List.of(2L, 99L, 1L)).toDoubles())
                .containsExactly(2, 3, 4, 5);
        assertThat(elements.view(Shape.of(2, 2), 5, List.of(0L, 0L)).toDoubles())
                .containsExactly(5, 5, 5, 5);
        assertThat(elements.view(Shape.of(), 4, List.of()).toDoubles()).containsExactly(4);
        assertThat(elements.view(Shape.of(0, 7), 0, List.of(7L, 1L)).toDoubles())
                .isEmpty();
    }

    @Test
    void viewsStayInside() throws IOException {
        Elements elements = read(Dtype.U8, 6, new byte[6]);

        for (List<Long> strides :
                List.of(List.of(4L, 1L), List.of(-1L, 1L), List.of(1L), List.of(Long.MAX_VALUE, 1L))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> elements.view(Shape.of(2, 3), 0, strides))
                    .withMessageContaining("leaves its 6 elements");
        }
    }

    @Test
    void theLastElementOfAViewSaturates() {
        assertThat(Elements.last(List.of(2L, 3L), 1, List.of(3L, 1L))).isEqualTo(6);
        assertThat(Elements.last(List.of(0L), 5, List.of(1L))).isEqualTo(-1);
        assertThat(Elements.last(List.of(3L), 5, List.of(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }
}
