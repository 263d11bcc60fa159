package org.thalweg.run;

import org.thalweg.data.Dataset;
import org.thalweg.result.Loss;

/**
 * What a result was measured on.
 *
 * @param name of the data set
 * @param trainExamples how many training examples
 * @param testExamples how many test examples
 * @param loss which loss
 */
public record DataFacts(String name, int trainExamples, int testExamples, Loss loss) {
    /** Creates the facts of a classification. */
    public DataFacts(String name, int trainExamples, int testExamples) {
        this(name, trainExamples, testExamples, Loss.CROSS_ENTROPY);
    }

    /** Returns the facts of a data set. */
    public static DataFacts of(Dataset data) {
        return new DataFacts(data.name(), data.train().count(), data.test().count(), data.loss());
    }
}
