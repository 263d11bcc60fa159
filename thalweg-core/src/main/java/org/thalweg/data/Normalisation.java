package org.thalweg.data;

import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/**
 * What is done to features before a network sees them: (x − mean) / deviation per channel, or per column of vectors; x is a pixel
 * / 255, or the value itself.
 */
final class Normalisation {
    private final Standard standard;

    private Normalisation(Standard standard) {
        this.standard = standard;
    }

    /**
     * Returns what a description says: {@code mean} and {@code deviation}, or {@code standardise: true}, by mean and deviation of
     * each column of the training examples.
     *
     * @throws YamlException if there are not as many as channels (or columns), or a deviation is not positive
     */
    static Normalisation of(YamlNode.Mapping root, RawExamples train) throws YamlException {
        int parts = train.shape().height() == 1 && train.shape().channels() == 1 && !train.isPixels()
                ? train.shape().width()
                : train.shape().channels();
        return new Normalisation(Standard.ofInputs(root, train, parts));
    }

    /** Returns examples as networks see them; the arrays are owned by them from now on. */
    Examples examples(RawExamples raw, Answers answers) {
        if (raw.isPixels()) {
            return Examples.ofPixels(raw.shape(), raw.pixels(), answers, standard.mean(), standard.deviation());
        }
        double[] values = raw.values();
        standard.applyTo(values);
        return Examples.ofValues(raw.shape(), values, answers);
    }
}
