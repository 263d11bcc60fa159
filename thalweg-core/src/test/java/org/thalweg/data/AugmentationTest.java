package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final ImageShape SHAPE = new ImageShape(2, 5, 6);

    private static Examples oneImage() {
        byte[] pixels = new byte[SHAPE.features()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i + 1); // no pixel is black, all differ
        }
        return Examples.ofPixels(SHAPE, pixels, new Answers.Labels(new byte[1], 2), new double[2], new double[] {1, 1});
    }

    private static byte[] drawn(Augmentation augmentation, SplittableRandom random) {
        byte[] out = new byte[SHAPE.features()];
        augmentation.copyPixels(oneImage(), 0, random, out, 0);
        return out;
    }

    @Test
    void noneCopiesAndDrawsNothing() {
        SplittableRandom random = new SplittableRandom(1);

        assertThat(drawn(Augmentation.NONE, random)).isEqualTo(drawn(Augmentation.NONE, random));
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(1).nextLong());
    }

    /** Every drawn image is one of the 2 · 9 · 9 that the definition allows, and all of them come. */
    @Test
    void flipCropGivesEveryFlipAndShiftAndNothingElse() {
        Set<String> allowed = new HashSet<>();
        for (boolean mirrored : new boolean[] {false, true}) {
            for (int down = -4; down <= 4; down++) {
                for (int right = -4; right <= 4; right++) {
                    allowed.add(Arrays.toString(shifted(mirrored, down, right)));
                }
            }
        }
        SplittableRandom random = new SplittableRandom(2);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4000; i++) {
            seen.add(Arrays.toString(drawn(Augmentation.FLIP_CROP, random)));
        }

        assertThat(seen).isEqualTo(allowed);
    }

    /** Pads the (mirrored) image by 4 black pixels on each side and cuts out a window of its size. */
    private static byte[] shifted(boolean mirrored, int down, int right) {
        int height = SHAPE.height() + 8;
        int width = SHAPE.width() + 8;
        byte[] out = new byte[SHAPE.features()];
        for (int c = 0; c < SHAPE.channels(); c++) {
            byte[][] padded = new byte[height][width];
            for (int y = 0; y < SHAPE.height(); y++) {
                for (int x = 0; x < SHAPE.width(); x++) {
                    int column = mirrored ? SHAPE.width() - 1 - x : x;
                    padded[y + 4][x + 4] = (byte) (c * SHAPE.height() * SHAPE.width() + y * SHAPE.width() + column + 1);
                }
            }
            for (int y = 0; y < SHAPE.height(); y++) {
                System.arraycopy(
                        padded[y + 4 + down], 4 + right, out, (c * SHAPE.height() + y) * SHAPE.width(), SHAPE.width());
            }
        }
        return out;
    }

    @Test
    void namesAreRead() {
        assertThat(Augmentation.parse("flip-crop")).isEqualTo(Augmentation.FLIP_CROP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.parse("flip"))
                .withMessage("unknown augmentation 'flip'; use none or flip-crop.");
    }

    @Test
    void onlyCifarImagesAreUsuallyVaried() {
        assertThat(Augmentation.usualFor("cifar-10")).isEqualTo(Augmentation.FLIP_CROP);
        assertThat(Augmentation.usualFor("mnist")).isEqualTo(Augmentation.NONE);
    }
}
