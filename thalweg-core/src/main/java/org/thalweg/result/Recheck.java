package org.thalweg.result;

/**
 * The worst points of a profile that was measured on some examples of a data set, measured again on all of them.
 *
 * @param trainExamples how many training examples that are
 * @param testExamples how many test examples
 * @param worst of each measure its value where the profile has its worst; elsewhere it may be worse on all examples
 */
public record Recheck(int trainExamples, int testExamples, WorstMeasures worst) {}
