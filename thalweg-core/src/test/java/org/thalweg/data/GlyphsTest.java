package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphsTest {
    private static final Seed SEED = new Seed(1);
    private static final int FEATURES = 784;

    private static byte[] pixels(Examples examples, int count) {
        byte[] pixels = new byte[count * FEATURES];
        for (int i = 0; i < count; i++) {
            examples.copyPixels(i, pixels, i * FEATURES);
        }
        return pixels;
    }

    @Test
    void bytesAreFixedForEver() {
        // Must hold on every machine and Java version. If the drawing changes on purpose, so does every saved result.
        byte[] first = pixels(Glyphs.generate(SEED, 100, 1).train(), 100);
        assertThat(HexFormat.of().formatHex(Examples.sha256().digest(first)))
                .isEqualTo("a1d9844ce3baba3e3739b050f138fca0c3c93e8f0a86b3a4be99711d43445b98");
    }

    @Test
    void smallerSetIsTheBeginningOfALargerOne() {
        Dataset small = Glyphs.generate(SEED, 37, 13);
        Dataset large = Glyphs.generate(SEED, 205, 60);
        assertThat(large.train().first(37).hash()).isEqualTo(small.train().hash());
        assertThat(large.test().first(13).hash()).isEqualTo(small.test().hash());
    }

    @Test
    void splitsAndSeedsDiffer() {
        Dataset one = Glyphs.generate(SEED, 20, 20);
        Dataset two = Glyphs.generate(new Seed(2), 20, 20);
        assertThat(new String[] {
                    one.train().hash(),
                    one.test().hash(),
                    two.train().hash(),
                    two.test().hash()
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void everyTenNeighboursHoldEachDigitOnceInAMixedOrder() {
        Examples train = Glyphs.generate(SEED, 1000, 1).train();
        int[] first = new int[10];
        for (int start = 0; start < 1000; start += 10) {
            int seen = 0;
            for (int i = start; i < start + 10; i++) {
                seen |= 1 << train.label(i);
            }
            assertThat(seen).isEqualTo(0x3ff);
            first[train.label(start)]++;
        }
        assertThat(IntStream.of(first)).allMatch(count -> count > 0 && count < 30); // 100 blocks: no digit always leads
    }

    @Test
    void everyImageHasInkAndBackground() {
        Examples train = Glyphs.generate(SEED, 2000, 1).train();
        byte[] pixels = pixels(train, 2000);
        for (int i = 0; i < 2000; i++) {
            int inked = 0;
            for (int k = 0; k < FEATURES; k++) {
                inked += (pixels[i * FEATURES + k] & 0xff) > 100 ? 1 : 0;
            }
            assertThat(inked)
                    .as("bright pixels of image %d, a %d", i, train.label(i))
                    .isBetween(15, 400);
        }
    }

    @Test
    void inputsAreInTheUnitInterval() {
        float[] out = new float[50 * FEATURES];
        Glyphs.generate(SEED, 50, 1).train().copyInputs(0, 50, out);
        float most = 0;
        for (float x : out) {
            assertThat(x).isBetween(0f, 1f);
            most = Math.max(most, x);
        }
        assertThat(most).isGreaterThan(0.9f);
    }

    @ParameterizedTest(name = "{0} to train, {1} to test")
    @CsvSource({"0,1", "1,0", "-5,1", "60001,1", "1,10001"})
    void rejectsSizesThatAreNotThere(int train, int test) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Glyphs.generate(SEED, train, test))
                .withMessageMatching("-?\\d+ glyphs (training|test) examples were asked for; use 1 to \\d+\\.");
    }
}
