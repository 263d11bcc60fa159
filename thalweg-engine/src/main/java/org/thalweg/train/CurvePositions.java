package org.thalweg.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.thalweg.data.Seed;

/** How t is drawn while a curve is trained, one t per mini-batch. */
public enum CurvePositions {
    /** U(0, 1), independently, as published: all of the curve counts alike. */
    UNIFORM,
    /** U(0, 1) in even shares: of n steps of an epoch one falls in each (i/n, (i+1)/n), in random order. Less noise. */
    STRATIFIED,
    /** Density 6 t (1−t), the median of three uniform draws: less effort near the ends, which are good already. */
    MIDDLE;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns t of each of {@code steps} steps, all in [0, 1). */
    double[] draw(Seed seed, int steps) {
        SplittableRandom random = seed.random();
        double[] t = new double[steps];
        int[] strata = seed.child("strata").shuffled(steps);
        for (int i = 0; i < steps; i++) {
            t[i] = switch (this) {
                case UNIFORM -> random.nextDouble();
                case STRATIFIED -> (strata[i] + random.nextDouble()) / steps;
                case MIDDLE -> median(random.nextDouble(), random.nextDouble(), random.nextDouble());
            };
        }
        return t;
    }

    private static double median(double... three) {
        Arrays.sort(three);
        return three[1];
    }
}
