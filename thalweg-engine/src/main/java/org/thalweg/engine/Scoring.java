package org.thalweg.engine;

import java.io.Serializable;
import org.thalweg.data.Examples;
import org.thalweg.network.Precision;

/**
 * What a block of N examples asks for, and what outputs score on it: the loss of the examples' data set
 * ({@link org.thalweg.result.Loss}), its gradient, and how many are right where that can be said. Belongs to the scope it was
 * made in.
 */
public sealed interface Scoring permits Logits, SquaredError {
    /**
     * Sum of losses over examples and number of right ones, 0 where no answer is right or wrong; sums of blocks add up.
     */
    record Score(double loss, long right) implements Serializable {
        /** Returns the sums of both. */
        public Score plus(Score other) {
            return new Score(loss + other.loss, right + other.right);
        }
    }

    /** Returns the scoring of examples {@code from} … {@code to}−1 for outputs of this precision. */
    static Scoring of(Examples examples, int from, int to, Precision precision) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return of(examples, indices, precision);
    }

    /** Returns the scoring of these examples for outputs of this precision. */
    static Scoring of(Examples examples, int[] indices, Precision precision) {
        return switch (examples.loss()) {
            case CROSS_ENTROPY -> Logits.of(examples, indices);
            case MEAN_SQUARED_ERROR -> SquaredError.of(examples, indices, precision);
        };
    }

    /** Returns N. */
    int count();

    /** Returns the score of outputs [c, N]; O(c · N). */
    Score score(DeviceTensor outputs);

    /** Returns one score per point for outputs of rank 3, [points, c, N]; these are overwritten. */
    Score[] scoreInPlace(DeviceTensor outputs);

    /** Returns the gradient of each example's loss in its outputs [c, N]; O(c · N). */
    DeviceTensor gradient(DeviceTensor outputs);

    /**
     * Returns the scoring of the same examples by squared error: of real targets this one, of labels half the squared distance
     * of the outputs from 1 for the label and 0 for the others.
     *
     * @param outputs c
     */
    SquaredError squared(int outputs, Precision precision);
}
