package org.thalweg.run;

import org.thalweg.data.Dataset;

/**
 * What a result was measured on.
 *
 * @param name of the data set
 * @param trainExamples how many training examples
 * @param testExamples how many test examples
 */
public record DataFacts(String name, int trainExamples, int testExamples) {
    /** Returns the facts of a data set. */
    public static DataFacts of(Dataset data) {
        return new DataFacts(data.name(), data.train().count(), data.test().count());
    }
}
