package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import org.thalweg.data.Suggestion;
import org.thalweg.path.Path;
import org.thalweg.result.AssignmentQuality;

/** The catalogue of methods: the one place where a method's name becomes a connector. */
public final class Methods {
    /** Fact of a path's provenance: cost of its matching. */
    static final String ASSIGNMENT_COST = "assignment.cost";

    /** Fact of a path's provenance: how far that cost may lie above the least one. */
    static final String DUALITY_GAP = "assignment.dualityGap";

    private static final List<NeuronConnector> BASES =
            List.of(new LinearConnector(), new ArcConnector(), new OtConnector());

    private static final List<Method> CATALOGUE = List.of(
            new Method("linear", "straight line between the weights", "two networks", "nothing to solve"),
            new Method("arc", "arc that keeps mean and covariance of the neurons", "two networks", "nothing to solve"),
            new Method(
                    "ot",
                    "optimal transport: each neuron to a near neuron of B, then re-ordering",
                    "two networks",
                    "one assignment, O(n^3)"),
            new Method(
                    "linear+wa",
                    "linear hidden layer, output layer adjusted by least squares",
                    "training examples",
                    "one solve of size n per knot"),
            new Method(
                    "arc+wa",
                    "arc hidden layer, output layer adjusted by least squares",
                    "training examples",
                    "one solve of size n per knot"),
            new Method(
                    "ot+wa",
                    "transported hidden layer, output layer adjusted by least squares",
                    "training examples",
                    "an assignment, and one solve of size n per knot"));

    private Methods() {}

    /**
     * A line of the catalogue.
     *
     * @param name as on the command line
     * @param summary what it does
     * @param needs what it needs
     * @param cost what dominates its time
     */
    public record Method(String name, String summary, String needs, String cost) {}

    /** Returns all methods, from simple to elaborate. */
    public static List<Method> catalogue() {
        return CATALOGUE;
    }

    /** Returns the names of all methods. */
    public static List<String> names() {
        return CATALOGUE.stream().map(Method::name).toList();
    }

    /**
     * Returns the connector of a method's name.
     *
     * @throws IllegalArgumentException if there is none, proposing the nearest name
     */
    public static Connector named(String name) {
        int plus = name.indexOf('+');
        String base = plus < 0 ? name : name.substring(0, plus);
        String suffixes = plus < 0 ? "" : name.substring(plus);
        return BASES.stream()
                .filter(connector -> connector.name().equals(base))
                .findFirst()
                .flatMap(connector -> composed(connector, suffixes))
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown method '" + name + "'; " + Suggestion.sentence(name, names())));
    }

    /** Returns what a base's suffixes, such as {@code +wa}, make of it; nothing if they mean nothing. */
    private static Optional<Connector> composed(NeuronConnector base, String suffixes) {
        return switch (suffixes) {
            case "" -> Optional.of(new NeuronPath(base));
            case "+wa" -> Optional.of(new WeightAdjustment(base));
            default -> Optional.empty();
        };
    }

    /** Returns how good the matching of a path is, if its method matched units. */
    public static Optional<AssignmentQuality> assignment(Path path) {
        return path.provenance()
                .fact(ASSIGNMENT_COST)
                .flatMap(cost -> path.provenance().fact(DUALITY_GAP).map(gap -> quality(cost, gap)));
    }

    private static AssignmentQuality quality(String cost, String gap) {
        return new AssignmentQuality(Double.parseDouble(cost), Double.parseDouble(gap));
    }
}
