package org.thalweg.connect;

/** Whose order of units the networks of a merge are brought into. */
public enum MergeOrder {
    /** That of the first network. */
    FIRST,
    /**
     * That of their mean, by turns: each is matched to the mean of the others, until no unit moves (Ainsworth et al. 2022,
     * MergeMany). The sum of squared distances to the mean of all falls with each turn.
     */
    MEAN
}
