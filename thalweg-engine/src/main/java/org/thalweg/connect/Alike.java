package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;

/** What every method asks of its two networks, and of data that it uses. */
final class Alike {
    private Alike() {}

    /**
     * Returns the architecture of both.
     *
     * @throws MismatchException if they differ in architecture or precision
     */
    static Architecture of(Network a, Network b) {
        Architecture architecture = a.architecture();
        if (architecture.differsInWidthsOnly(b.architecture())) {
            throw new MismatchException("the networks differ in width: " + architecture.text() + " and "
                    + b.architecture().text()
                    + "; only the methods of optimal transport, such as ot or ot+wa, join such.");
        }
        if (!architecture.equals(b.architecture())) {
            throw new MismatchException("the networks differ in architecture: " + architecture.text() + " and "
                    + b.architecture().text() + "; a path joins networks of one architecture.");
        }
        requireOnePrecision(a, b);
        return architecture;
    }

    /** Throws a {@link MismatchException} if the networks' weights differ in precision. */
    static void requireOnePrecision(Network a, Network b) {
        if (a.weights().precision() != b.weights().precision()) {
            throw new MismatchException("the networks differ in precision: "
                    + a.weights().precision() + " and " + b.weights().precision() + "; convert one of them.");
        }
    }

    /** Throws a {@link MismatchException} if the network cannot take the examples or has not the outputs that they ask for. */
    static void requireFits(Architecture architecture, Examples examples) {
        if (!examples.suit(architecture.inputs(), architecture.outputs())) {
            throw MismatchException.ofData(
                    "the network " + architecture.text() + " does not fit data of " + examples.sizes() + ".");
        }
    }
}
