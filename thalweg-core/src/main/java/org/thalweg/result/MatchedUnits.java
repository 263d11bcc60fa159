package org.thalweg.result;

import java.util.List;

/**
 * How alike the units are that a path leads to each other, as cosine similarities of their vectors, beside units paired at
 * random. Counts are over equal bins from −1 to 1.
 *
 * @param matched how many pairs of the path fall into each bin
 * @param random how many pairs of one fixed random pairing do
 * @param matchedMean mean similarity of the path's pairs
 * @param randomMean mean similarity of the random pairs
 */
public record MatchedUnits(List<Integer> matched, List<Integer> random, double matchedMean, double randomMean) {
    public MatchedUnits {
        matched = List.copyOf(matched);
        random = List.copyOf(random);
    }
}
