package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    private static final ImageShape TWO_CHANNELS = new ImageShape(2, 1, 2);

    /** Three examples of two channels of two pixels. */
    private static Examples pixels() {
        byte[] pixels = {0, 1, 2, 3, 10, 20, 30, 40, -1, -2, -128, 127}; // -1 is pixel 255
        return Examples.ofPixels(
                TWO_CHANNELS,
                pixels,
                new Answers.Labels(new byte[] {0, 2, 1}, 3),
                new double[] {0.5, 0.25},
                new double[] {0.2, 0.4});
    }

    private static Examples values() {
        return Examples.of(new double[] {1, 2, 3, 4, 0.1, 6}, new int[] {1, 0, 1}, 2, 2);
    }

    @Test
    void pixelsAreUnsignedAndNormalisedByChannel() {
        double[] out = new double[4];
        pixels().copyInputs(2, 3, out);
        double[] expected = {
            (1 - 0.5) / 0.2, (254 / 255.0 - 0.5) / 0.2, (128 / 255.0 - 0.25) / 0.4, (127 / 255.0 - 0.25) / 0.4
        };
        assertThat(out).containsExactly(expected, offset(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void inputsFollowTheDocumentedRoundingBitForBit(long seed) {
        byte[] bytes = new byte[50 * 4];
        new SplittableRandom(seed).nextBytes(bytes);
        double[] mean = {0.485, 0.456};
        double[] deviation = {0.229, 0.224};
        Examples examples =
                Examples.ofPixels(TWO_CHANNELS, bytes, new Answers.Labels(new byte[50], 1), mean, deviation);
        float[] floats = new float[bytes.length];
        double[] doubles = new double[bytes.length];
        examples.copyInputs(0, 50, floats);
        examples.copyInputs(0, 50, doubles);
        for (int i = 0; i < bytes.length; i++) {
            int c = i % 4 / 2;
            float product = (bytes[i] & 0xff) * (float) (1 / (255 * deviation[c]));
            assertThat(floats[i]).isEqualTo(product + (float) (-mean[c] / deviation[c]));
            assertThat(doubles[i]).isEqualTo((bytes[i] & 0xff) * (1 / (255 * deviation[c])) + -mean[c] / deviation[c]);
        }
    }

    @Test
    void everyCopyAgreesOnTheSameExamples() {
        Examples examples = pixels();
        byte[] raw = new byte[6];
        examples.copyPixels(1, raw, 1);
        assertThat(raw).containsExactly(0, 10, 20, 30, 40, 0);
        double[] values = new double[5];
        values().copyValues(1, values, 3);
        assertThat(values).containsExactly(0, 0, 0, 3, 4);
        float[] floats = new float[4];
        values().copyInputs(1, 3, floats);
        assertThat(floats).containsExactly(3, 4, 0.1f, 6);
    }

    @Test
    void rejectsRangesAndRoomThatDoNotFit() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> pixels().copyInputs(2, 4, new float[100]));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> pixels().copyInputs(0, 2, new double[7]));
    }

    @Test
    void rejectsReadingTheOtherStorage() {
        assertThatIllegalStateException().isThrownBy(() -> values().copyPixels(0, new byte[2], 0));
        assertThatIllegalStateException().isThrownBy(() -> pixels().copyValues(0, new double[4], 0));
    }

    @Test
    void ownsACopyOfWhatItIsGiven() {
        double[] given = {1, 2};
        Examples examples = Examples.of(given, new int[] {0, 1}, 1, 2);
        given[0] = 9;
        examples.scale()[0] = 9;
        examples.shift()[0] = 9;
        double[] out = new double[2];
        examples.copyInputs(0, 2, out);
        assertThat(out).containsExactly(1, 2);
        assertThat(examples.scale()).containsExactly(1);
        assertThat(examples.shift()).containsExactly(0);
    }

    @Test
    void rejectsWhatIsNoSetOfExamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.of(new double[3], new int[2], 2, 2))
                .withMessage("2 labels and 3 values do not make examples of 2 features.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.of(new double[2], new int[] {0, 2}, 1, 2))
                .withMessageContaining("label 1 is 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Examples.of(new double[1], new int[] {-1}, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Examples.of(new double[1], new int[] {128}, 1, 200));
        assertThatIllegalArgumentException().isThrownBy(() -> Examples.of(new double[0], new int[0], 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Examples.of(new double[0], new int[1], 0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.of(new double[] {0, Double.NaN}, new int[2], 1, 2))
                .withMessageContaining("NaN");
    }

    @Test
    void firstKeepsTheBeginning() {
        Examples two = pixels().first(2);
        double[] all = new double[12];
        double[] some = new double[8];
        pixels().copyInputs(0, 3, all);
        two.copyInputs(0, 2, some);
        assertThat(some).containsExactly(Arrays.copyOf(all, 8));
        assertThat(two.count()).isEqualTo(2);
        assertThat(two.label(1)).isEqualTo(2);
        assertThat(values().first(1).isPixels()).isFalse();
    }

    @ParameterizedTest(name = "first({0}) of 3")
    @ValueSource(ints = {-1, 0, 4})
    void rejectsSubsetsThatAreNotThere(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pixels().first(count))
                .withMessage(count + " examples were asked for but there are 3; use 1 to 3.");
    }

    @Test
    void equalExamplesHaveEqualHashes() {
        assertThat(pixels().hash()).isEqualTo(pixels().hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void everyPartChangesTheHash() {
        byte[] data = {1, 2, 3, 4};
        ImageShape flat = new ImageShape(1, 1, 2);
        double[] zero = {0};
        double[] one = {1};
        Examples base = Examples.ofPixels(flat, data, new Answers.Labels(new byte[] {0, 1}, 2), zero, one);
        byte[] other = {1, 2, 3, 5};
        assertThat(new String[] {
                    base.hash(),
                    base.first(1).hash(),
                    Examples.ofPixels(flat, other, new Answers.Labels(new byte[] {0, 1}, 2), zero, one)
                            .hash(),
                    Examples.ofPixels(flat, data, new Answers.Labels(new byte[] {1, 0}, 2), zero, one)
                            .hash(),
                    Examples.ofPixels(flat, data, new Answers.Labels(new byte[] {0, 1}, 3), zero, one)
                            .hash(),
                    Examples.ofPixels(flat, data, new Answers.Labels(new byte[] {0, 1}, 2), one, one)
                            .hash(),
                    Examples.ofPixels(flat, data, new Answers.Labels(new byte[] {0, 1}, 2), zero, new double[] {2})
                            .hash(),
                    values().hash(),
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void dataSetRejectsSplitsThatDoNotFit() {
        ImageShape shape = new ImageShape(1, 1, 2);
        Examples three = Examples.of(new double[2], new int[1], 2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dataset("toy", shape, values(), three))
                .withMessageContaining("toy")
                .withMessageContaining("3 classes");
        Dataset toy = new Dataset("toy", shape, values(), values().first(1));
        assertThat(toy.hash()).isNotEqualTo(new Dataset("toy", shape, values().first(1), values()).hash());
    }

    @Test
    void imageShapeRejectsExtentsThatAreNotPositiveOrTooLarge() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(1, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(1, 1 << 16, 1 << 16));
        assertThat(new ImageShape(3, 32, 32).features()).isEqualTo(3072);
    }
}
