package org.thalweg.panel;

import org.thalweg.result.PredictionScore;

/**
 * What an ensemble of m members scores on the test examples, and what it costs.
 *
 * @param method such as {@code wa-1} or {@code wa-1+ca}; or {@link EnsembleTable#INDEPENDENT} and the other baselines
 * @param head number of layers W x + b in a head
 * @param backbone name of the first member, whose lower layers all share
 * @param members m
 * @param together the score of the first m members
 * @param alone the score of member m by itself
 * @param storageBytes bytes of the weights, the backbone's once
 * @param multiplyAdds multiply-adds per image, the backbone's once
 */
public record EnsembleRow(
        String method,
        int head,
        String backbone,
        int members,
        PredictionScore together,
        PredictionScore alone,
        long storageBytes,
        long multiplyAdds) {}
