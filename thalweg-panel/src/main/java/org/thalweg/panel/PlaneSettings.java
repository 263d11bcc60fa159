package org.thalweg.panel;

import org.thalweg.result.StatisticsPolicy;

/**
 * How a plane is measured.
 *
 * @param grid G: points per row and rows
 * @param statistics what batch norms' statistics are off the networks; not {@code REPAIR}
 */
public record PlaneSettings(int grid, StatisticsPolicy statistics) {
    /** The most points per row. */
    public static final int MOST_GRID = 1001;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if G is not in 3 … {@link #MOST_GRID}, or the policy is of paths only
     */
    public PlaneSettings {
        if (grid < 3 || grid > MOST_GRID) {
            throw new IllegalArgumentException("grid is " + grid + " but must lie between 3 and " + MOST_GRID + ".");
        }
        if (statistics == StatisticsPolicy.REPAIR) {
            throw new IllegalArgumentException(
                    "the policy 'repair' is of paths: beyond the networks its deviations would fall below zero; use re-estimate,"
                            + " interpolate or keep.");
        }
    }
}
