package org.thalweg.learn;

/**
 * What a round of training did.
 *
 * @param steps steps done by then
 * @param trainingLoss mean over the round's steps of what is minimised: the negative log-likelihood of a neuron, or the loss
 *     along paths between training networks
 * @param logLikelihood mean log-likelihood of a neuron of the validation networks, natural log, the scaling's share included
 * @param worstLoss greatest loss along the paths between validation networks
 * @param worstAccuracy least accuracy along them
 */
public record Round(int steps, double trainingLoss, double logLikelihood, double worstLoss, double worstAccuracy) {}
