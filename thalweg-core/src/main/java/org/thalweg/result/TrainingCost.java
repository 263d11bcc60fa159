package org.thalweg.result;

/**
 * What the training of a path's curves took, the same on every machine.
 *
 * @param epochs passes over the training examples
 * @param steps steps of gradient descent
 */
public record TrainingCost(int epochs, long steps) {
    /** Nothing was trained. */
    public static final TrainingCost NONE = new TrainingCost(0, 0);

    /** Returns this cost and that of one more training. */
    public TrainingCost plus(int moreEpochs, long moreSteps) {
        return new TrainingCost(epochs + moreEpochs, steps + moreSteps);
    }
}
