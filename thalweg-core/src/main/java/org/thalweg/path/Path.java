package org.thalweg.path;

import java.util.List;
import java.util.stream.Collectors;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Weights;

/**
 * A path of networks: legs that share [0, 1] equally, each beginning bit for bit where the one before it ends.
 *
 * <p>Every point is a weighted sum of stored weights, so nothing is solved again to evaluate, save or export it; the
 * exception is a {@link ComputedLeg}. Immutable and safe for use by many threads.
 *
 * @param architecture what every point of the path computes with its weights
 * @param method the method's name, such as {@code ot+wa}
 * @param legs at least one
 * @param provenance how the path came about
 */
public record Path(Architecture architecture, String method, List<Leg> legs, Provenance provenance) {
    /** Positions within this distance of a leg's end are the end: t of a leg's end, printed and read, is the end again. */
    private static final double SNAP = 1e-12;

    /**
     * Checks that the legs meet.
     *
     * @throws IllegalArgumentException if there is no leg, or a leg does not start where the one before it ends
     */
    public Path {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("a path needs at least one leg.");
        }
        new Network(architecture, legs.get(0).at(0), Provenance.UNKNOWN); // fits, or says what does not
        for (int i = 1; i < legs.size(); i++) {
            if (!legs.get(i - 1).at(1).equals(legs.get(i).at(0))) {
                throw new IllegalArgumentException("leg '" + legs.get(i).name() + "' does not start where leg '"
                        + legs.get(i - 1).name() + "' ends.");
            }
        }
    }

    /**
     * A place on a path.
     *
     * @param leg the leg, counted from 0
     * @param s the leg's own position in [0, 1]
     */
    public record Position(int leg, double s) {}

    /**
     * Returns the place of {@code t}: of m legs, leg i holds (i/m, (i+1)/m]; at a t that two legs share it is the end of
     * the earlier one.
     *
     * @throws IllegalArgumentException if t is outside [0, 1] or NaN
     */
    public Position legAt(double t) {
        Curve.requireUnit(t);
        double scaled = t * legs.size();
        if (Math.abs(scaled - Math.rint(scaled)) < SNAP) {
            scaled = Math.rint(scaled);
        }
        int leg = Math.max(0, (int) Math.ceil(scaled) - 1);
        return new Position(leg, scaled - leg);
    }

    /** Returns t of a leg's own position {@code s}. */
    public double t(int leg, double s) {
        return s == 1 ? (leg + 1.0) / legs.size() : (leg + s) / legs.size();
    }

    /** Returns the weights at {@code t}; 0 and 1 give the end points bit for bit. */
    public Weights at(double t) {
        Position position = legAt(t);
        return legs.get(position.leg()).at(position.s());
    }

    /**
     * Returns the place of a leg's own position {@code s}.
     *
     * @throws IllegalArgumentException if there is no leg of this name, or s is outside [0, 1] or NaN
     */
    public Position onLeg(String name, double s) {
        Curve.requireUnit(s);
        for (int leg = 0; leg < legs.size(); leg++) {
            if (legs.get(leg).name().equals(name)) {
                return new Position(leg, s);
            }
        }
        throw new IllegalArgumentException("the path has no leg '" + name + "'; its legs are "
                + legs.stream().map(Leg::name).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * Returns this path with every computed leg replaced by straight segments through its points at {@code points} evenly
     * spaced positions ({@link ComputedLeg#tabulated}); this path itself if it has none.
     */
    public Path tabulated(int points) {
        if (legs.stream().noneMatch(ComputedLeg.class::isInstance)) {
            return this;
        }
        List<Leg> sums = legs.stream()
                .map(leg -> leg instanceof ComputedLeg computed ? computed.tabulated(points) : leg)
                .toList();
        return new Path(architecture, method, sums, provenance);
    }

    /** Returns the network at {@code t}, its provenance naming method, t and leg. */
    public Network networkAt(double t) {
        return networkAt(legAt(t), t);
    }

    /** Returns the network at a place, its provenance naming method, t of the path and leg. */
    public Network networkAt(Position position) {
        return networkAt(position, t(position.leg(), position.s()));
    }

    private Network networkAt(Position position, double t) {
        Leg leg = legs.get(position.leg());
        Provenance origin =
                provenance.with("method", method).with("t", Double.toString(t)).with("leg", leg.name());
        return new Network(architecture, leg.at(position.s()), origin);
    }
}
