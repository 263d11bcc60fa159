package org.thalweg.learn;

/**
 * A network that a map has seen.
 *
 * @param role what for
 * @param name its name
 * @param fingerprint of its weights
 */
public record UsedNetwork(Role role, String name, String fingerprint) {
    /** What a network was used for. */
    public enum Role {
        /** The map was trained on it. */
        TRAINING,
        /** The best state was chosen on it. */
        VALIDATION
    }
}
