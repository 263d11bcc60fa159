package org.thalweg.result;

import java.util.List;

/**
 * What was measured on one leg.
 *
 * @param name the leg's name
 * @param from the path's t where it begins
 * @param to the path's t where it ends
 * @param worst the worst of each measure on the leg
 * @param points what was sampled, by t, both ends included; of a re-ordering leg, which is sampled at every swap, the ends
 *     and the worst of each of several equal stretches
 */
public record LegProfile(String name, double from, double to, WorstMeasures worst, List<ProfilePoint> points) {
    public LegProfile {
        points = List.copyOf(points);
    }
}
