package org.thalweg.train;

import java.util.List;

/**
 * What an epoch of curve training did.
 *
 * @param state where the training stands; may be stored to resume from
 * @param epochs how many epochs there are in all
 * @param loss mean loss over the epoch's batches, each before its step at its own t
 * @param profile the same by t, over equal parts of [0, 1]; NaN where no t fell: a look at the curve that costs nothing
 */
public record CurveEpoch(CurveState state, int epochs, double loss, List<Double> profile) {
    public CurveEpoch {
        profile = List.copyOf(profile);
    }
}
