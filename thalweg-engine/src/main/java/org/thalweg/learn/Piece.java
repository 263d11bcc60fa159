package org.thalweg.learn;

import java.util.SplittableRandom;

/** One independent share of a step: a sample, its loss, and the loss's gradient. Safe for use by several threads. */
interface Piece {
    /**
     * Returns the loss of a sample and hands its gradient to {@code sink}.
     *
     * @param map over parameters that nobody changes meanwhile
     * @param random where the sample is drawn from
     */
    double run(NeuronMap map, SplittableRandom random, Gradients sink);
}
