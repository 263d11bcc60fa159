package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

/**
 * How large what a connector is to join is: all that its cost depends on, known without weights and data.
 *
 * @param a architecture where the path starts
 * @param b architecture where it ends
 * @param precision of the weights of both
 * @param examples number of training examples
 * @param cacheBytes native memory that a worker may keep to save work
 * @param settings settings of the methods
 */
public record Sizes(
        Architecture a, Architecture b, Precision precision, int examples, long cacheBytes, ConnectSettings settings) {
    /** Returns the sizes of two networks, of what a context holds, and of this machine. */
    public static Sizes of(Network a, Network b, ConnectContext context) {
        return new Sizes(
                a.architecture(),
                b.architecture(),
                a.weights().precision(),
                context.train().map(Examples::count).orElse(0),
                context.engine().cacheBytes(),
                context.settings());
    }

    /** Returns these sizes for what a path between networks of other widths begins and ends with, at most. */
    Sizes refined() {
        Architecture both = a.differsInWidthsOnly(b) ? Refinement.largest(a, b) : a;
        return new Sizes(both, both, precision, examples, cacheBytes, settings);
    }

    /** Returns what layers {@code from} … {@code to}−1 of A cost. */
    Cost layers(int from, int to) {
        return Cost.of(a, from, to);
    }

    /** Returns the bytes of the two networks that a path begins and ends with; for other widths, at most. */
    public long endsBytes() {
        return 2 * refined().networkBytes();
    }

    /** Returns the bytes of one network like A. */
    long networkBytes() {
        return layers(0, a.layers().size()).bytes(precision);
    }
}
