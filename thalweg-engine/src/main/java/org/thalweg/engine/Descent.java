package org.thalweg.engine;

/**
 * The numbers of one step of stochastic gradient descent: v ← momentum · v + g + weightDecay · w, w ← w − rate · v
 * (PyTorch's convention).
 */
public record Descent(double rate, double momentum, double weightDecay) {}
