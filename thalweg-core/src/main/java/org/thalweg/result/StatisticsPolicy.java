package org.thalweg.result;

/**
 * What batch norm's statistics are between a path's ends. At the ends themselves the stored ones hold under every policy.
 *
 * <p>Weights between two networks make other features than either network, so statistics that were stored with the networks
 * fit the features on the way badly (Jordan et al. 2022, arXiv:2211.08403).
 */
public enum StatisticsPolicy {
    /** Those of the network that the path starts at, each with its unit. */
    KEEP("keep"),
    /** Those that the path has at t: on the way from one network's to the other's. */
    INTERPOLATE("interpolate"),
    /** Those of the features at t, over training examples, layer by layer from the input. */
    RE_ESTIMATE("re-estimate"),
    /**
     * Such that mean and standard deviation of what each norm makes of the training examples run straight, in the path's t,
     * from one network's to the other's (REPAIR).
     */
    REPAIR("repair");

    private final String text;

    StatisticsPolicy(String text) {
        this.text = text;
    }

    /** Returns the name on the command line and in results. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * Returns the policy of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static StatisticsPolicy named(String text) {
        for (StatisticsPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no policy of statistics; use keep, interpolate, re-estimate or repair.");
    }
}
