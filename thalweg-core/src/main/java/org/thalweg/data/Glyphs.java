package org.thalweg.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.data.Skeletons.Stroke;

/**
 * The generated set {@code glyphs}: 28×28 grey-level digits drawn from pen strokes, so that everything works without a
 * download.
 *
 * <p>Each example picks a way of writing its digit, shifts the stroke's points, bends them by a smooth random field, turns,
 * shears and scales the whole, draws it with a pen of random width and pressure, and adds noise. An example depends on
 * seed, split and index alone, so a smaller set is the beginning of a larger one; only IEEE-exact operations are used (and
 * {@code StrictMath}), so the bytes are the same on every machine. About 20 µs an example.
 */
public final class Glyphs {
    /** The seed of the set called {@code glyphs}. */
    public static final Seed SEED = new Seed(20200712);

    /** Training examples unless another number is asked for. */
    public static final int DEFAULT_TRAIN = 10_000;
    /** Test examples unless another number is asked for. */
    public static final int DEFAULT_TEST = 2_000;

    private static final int MOST_TRAIN = 60_000;
    private static final int MOST_TEST = 10_000;
    private static final int SIDE = 28;
    private static final ImageShape SHAPE = new ImageShape(1, SIDE, SIDE);
    private static final int CLASSES = 10;

    // How hard the set is. Chosen so that a two-layer network ends at 96-99 % test accuracy (docs/data.md).
    private static final double JITTER = 0.032; // of a stroke's points, in units of the digit's height
    private static final double FIELD = 0.065; // of the smooth displacement
    private static final int FIELD_CELLS = 3; // the field's grid over the digit
    private static final double TURN = 0.22; // radians
    private static final double SHEAR = 0.25;
    private static final double SHIFT = 1.7; // pixels
    private static final double NOISE = 22; // grey levels

    private Glyphs() {}

    /**
     * Returns the first {@code train} and {@code test} examples of the set of this seed, on the calling thread.
     *
     * @throws IllegalArgumentException if {@code train} is outside 1 … 60,000 or {@code test} outside 1 … 10,000
     */
    public static Dataset generate(Seed seed, int train, int test) {
        requireAtMost(train, MOST_TRAIN, "training");
        requireAtMost(test, MOST_TEST, "test");
        return new Dataset("glyphs", SHAPE, split(seed.child("train"), train), split(seed.child("test"), test));
    }

    private static void requireAtMost(int count, int most, String split) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(
                    count + " glyphs " + split + " examples were asked for; use 1 to " + most + ".");
        }
    }

    private static Examples split(Seed seed, int count) {
        byte[] pixels = new byte[count * SHAPE.features()];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) label(seed, i);
            byte[] image = image(seed.child("image/" + i).random(), labels[i]);
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
        }
        return Examples.ofPixels(
                SHAPE, pixels, new Answers.Labels(labels, CLASSES), new double[] {0}, new double[] {1});
    }

    /** Each ten neighbours hold each digit once, so every beginning of the set is balanced. */
    private static int label(Seed seed, int index) {
        return seed.child("labels/" + index / CLASSES).shuffled(CLASSES)[index % CLASSES];
    }

    private static byte[] image(SplittableRandom random, int digit) {
        List<List<Stroke>> variants = Skeletons.DIGITS.get(digit);
        List<Stroke> strokes = variants.get(random.nextInt(variants.size()));
        Distortion distortion = new Distortion(random);
        double[] distance = new double[SHAPE.features()]; // from each pixel's centre to the nearest stroke
        Arrays.fill(distance, Double.MAX_VALUE);
        double reach = 4;
        for (Stroke stroke : strokes) {
            double[] points = distortion.applied(sampled(stroke, random));
            for (int i = 0; i + 3 < points.length; i += 2) {
                lower(distance, points[i], points[i + 1], points[i + 2], points[i + 3], reach);
            }
        }
        return inked(distance, random);
    }

    /** Returns the stroke's points after their jitter, a smooth stroke as eight chords a span. */
    private static double[] sampled(Stroke stroke, SplittableRandom random) {
        double[] p = stroke.points().stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < p.length; i++) {
            p[i] += JITTER * bell(random);
        }
        if (!stroke.smooth()) {
            return chords(p, 4, false);
        }
        return chords(p, 8, true);
    }

    private static double[] chords(double[] p, int pieces, boolean smooth) {
        int spans = p.length / 2 - 1;
        double[] out = new double[2 * (spans * pieces + 1)];
        for (int span = 0; span < spans; span++) {
            for (int piece = 0; piece < pieces; piece++) {
                double s = piece / (double) pieces;
                for (int axis = 0; axis < 2; axis++) {
                    out[2 * (span * pieces + piece) + axis] = smooth
                            ? catmullRom(p, span, axis, s)
                            : (1 - s) * p[2 * span + axis] + s * p[2 * span + 2 + axis];
                }
            }
        }
        out[out.length - 2] = p[p.length - 2];
        out[out.length - 1] = p[p.length - 1];
        return out;
    }

    // Catmull-Rom: q(s) = p1 + s/2 (p2-p0) + s^2/2 (2p0-5p1+4p2-p3) + s^3/2 (-p0+3p1-3p2+p3), end points doubled
    private static double catmullRom(double[] p, int span, int axis, double s) {
        int last = p.length / 2 - 1;
        double p0 = p[2 * Math.max(0, span - 1) + axis];
        double p1 = p[2 * span + axis];
        double p2 = p[2 * (span + 1) + axis];
        double p3 = p[2 * Math.min(last, span + 2) + axis];
        return p1 + s / 2 * (p2 - p0 + s * (2 * p0 - 5 * p1 + 4 * p2 - p3 + s * (3 * (p1 - p2) + p3 - p0)));
    }

    /** Lowers the distances of pixels near the segment from (x0, y0) to (x1, y1), in pixels. */
    private static void lower(double[] distance, double x0, double y0, double x1, double y1, double reach) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
        int bottom = Math.min(SIDE - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
        int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
        int right = Math.min(SIDE - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double along = squared == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squared;
                double nearest = Math.max(0, Math.min(1, along));
                double ex = x - x0 - nearest * dx;
                double ey = y - y0 - nearest * dy;
                distance[y * SIDE + x] = Math.min(distance[y * SIDE + x], ex * ex + ey * ey);
            }
        }
    }

    private static byte[] inked(double[] squaredDistance, SplittableRandom random) {
        double radius = 0.8 + 0.9 * random.nextDouble();
        double ink = 150 + 105 * random.nextDouble();
        byte[] image = new byte[squaredDistance.length];
        for (int i = 0; i < image.length; i++) {
            double edge = radius + 0.5 - Math.sqrt(squaredDistance[i]); // one pixel of soft edge
            double grey = ink * Math.max(0, Math.min(1, edge)) + NOISE * bell(random);
            image[i] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
        }
        return image;
    }

    /** Returns a number of mean 0 and deviation 1, shaped like a bell within ±3.5: a sum of four uniform ones. */
    private static double bell(SplittableRandom random) {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return (sum - 2) * 1.7320508075688772; // the sum's deviation is 1/sqrt(3)
    }

    /** A smooth displacement followed by an affine map from the unit square to pixels. */
    private static final class Distortion {
        private final double[] field = new double[2 * (FIELD_CELLS + 1) * (FIELD_CELLS + 1)];
        private final double xx;
        private final double xy;
        private final double yx;
        private final double yy;
        private final double x0;
        private final double y0;

        Distortion(SplittableRandom random) {
            for (int i = 0; i < field.length; i++) {
                field[i] = FIELD * bell(random);
            }
            double angle = TURN * (2 * random.nextDouble() - 1);
            double shear = SHEAR * (2 * random.nextDouble() - 1);
            double width = SIDE * (0.48 + 0.20 * random.nextDouble());
            double height = SIDE * (0.64 + 0.14 * random.nextDouble());
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            xx = cos * width;
            xy = (cos * shear - sin) * height;
            yx = sin * width;
            yy = (sin * shear + cos) * height;
            x0 = (SIDE - 1) / 2.0 + SHIFT * (2 * random.nextDouble() - 1);
            y0 = (SIDE - 1) / 2.0 + SHIFT * (2 * random.nextDouble() - 1);
        }

        double[] applied(double[] points) {
            double[] out = new double[points.length];
            for (int i = 0; i < points.length; i += 2) {
                double x = points[i] + displacement(points[i], points[i + 1], 0) - 0.5;
                double y = points[i + 1] + displacement(points[i], points[i + 1], 1) - 0.5;
                out[i] = x0 + xx * x + xy * y;
                out[i + 1] = y0 + yx * x + yy * y;
            }
            return out;
        }

        /** Interpolates the field between the four corners of the point's cell. */
        private double displacement(double x, double y, int axis) {
            double u = Math.max(0, Math.min(FIELD_CELLS - 1e-9, x * FIELD_CELLS));
            double v = Math.max(0, Math.min(FIELD_CELLS - 1e-9, y * FIELD_CELLS));
            int column = (int) u;
            int row = (int) v;
            double s = smooth(u - column);
            double r = smooth(v - row);
            return (1 - r) * ((1 - s) * corner(row, column, axis) + s * corner(row, column + 1, axis))
                    + r * ((1 - s) * corner(row + 1, column, axis) + s * corner(row + 1, column + 1, axis));
        }

        private double corner(int row, int column, int axis) {
            return field[2 * (row * (FIELD_CELLS + 1) + column) + axis];
        }

        private static double smooth(double s) {
            return s * s * (3 - 2 * s);
        }
    }
}
