package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.data.Suggestion;
import org.thalweg.path.BezierCurve;
import org.thalweg.path.Curve;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.result.AssignmentQuality;
import org.thalweg.result.MapUse;
import org.thalweg.result.OutputRefits;
import org.thalweg.result.TrainingCost;

/** The catalogue of methods: the one place where a method's name becomes a connector. */
public final class Methods {
    /** Fact of a path's provenance: cost of its matching. */
    static final String ASSIGNMENT_COST = "assignment.cost";

    /** Fact of a path's provenance: how far that cost may lie above the least one. */
    static final String DUALITY_GAP = "assignment.dualityGap";

    /** Fact of a path's provenance: passes over the training examples that its curves were trained for. */
    static final String TRAINING_EPOCHS = "training.epochs";

    /** Fact of a path's provenance: the steps of gradient descent that this took. */
    static final String TRAINING_STEPS = "training.steps";

    /** Fact of a path's provenance: fingerprint of the learned map that made it. */
    static final String MAP = "map.model";

    /** Fact of a path's provenance: which of its ends the map was trained on. */
    static final String TRAINED_ON = "map.trainedOn";

    /** Fact of a path's provenance: which of its ends the map's best state was chosen on. */
    static final String CHOSEN_ON = "map.chosenOn";

    private static final List<NeuronConnector> BASES =
            List.of(new LinearConnector(), new ArcConnector(), new OtConnector());

    private static final String LABELS = "training examples and sees their labels, as training does";

    private static final String MODEL = "a model of 'thalweg learn'; two-layer networks";
    private static final Pattern LEARNED = Pattern.compile("(flow|bijection)-(realnvp|iaf)");

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
                    "an assignment, and one solve of size n per knot"),
            new Method(
                    "BASE+butterfly",
                    "linear, arc or ot layer by layer on a deep network",
                    "training examples",
                    "one solve of a layer's width per inner layer"),
            new Method(
                    "linear+ca",
                    "linear hidden layer, output layer refitted to the labels at knots",
                    LABELS,
                    "one convex solve per knot"),
            new Method(
                    "arc+ca",
                    "arc hidden layer, output layer refitted to the labels at knots",
                    LABELS,
                    "one convex solve per knot"),
            new Method(
                    "ot+ca",
                    "transported hidden layer, output layer refitted to the labels at knots",
                    LABELS,
                    "an assignment, and one convex solve per knot"),
            new Method(
                    "BASE+wa+ca",
                    "the same on a deep network, its inner layers joined layer by layer",
                    LABELS,
                    "BASE+wa, and one convex solve per knot"),
            new Method(
                    "garipov-K",
                    "straight segments through K controls, the inner ones trained",
                    "training examples with labels",
                    "20 epochs of training"),
            new Method(
                    "bezier-K",
                    "Bézier curve of K controls, the inner ones trained",
                    "training examples with labels",
                    "20 epochs of training"),
            new Method(
                    "START:garipov-K",
                    "a trained curve (or START:bezier-K) that begins as another method's path",
                    "what both need",
                    "START, and the training"),
            new Method(
                    "flow-realnvp",
                    "arc in noise, by couplings learned for the likelihood of neurons",
                    MODEL,
                    "three passes of the neurons per point"),
            new Method(
                    "flow-iaf",
                    "arc in noise, by an autoregressive map learned for the likelihood of neurons",
                    MODEL,
                    "some thirty passes of the neurons per point"),
            new Method(
                    "bijection-realnvp",
                    "arc in noise, by couplings learned for the loss along paths",
                    MODEL,
                    "three passes of the neurons per point"),
            new Method(
                    "bijection-iaf",
                    "arc in noise, by an autoregressive map learned for the loss along paths",
                    MODEL,
                    "some thirty passes of the neurons per point"));

    private static final String OT = "ot";
    private static final String REFITTED = "+ca";
    private static final Pattern TRAINED = Pattern.compile("(garipov|bezier)-(\\d{1,9}|K)");
    private static final int LEAST_CONTROLS = 3;

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

    /** Returns the names of the methods that join two-layer networks without training: a panel's unless told otherwise. */
    public static List<String> names() {
        return CATALOGUE.stream()
                .map(Method::name)
                .filter(name -> !name.endsWith("-K") && !name.startsWith("BASE") && !isLearned(name))
                .toList();
    }

    /** Returns whether a method is that of a learned map. */
    public static boolean isLearned(String name) {
        return LEARNED.matcher(name).matches();
    }

    /**
     * Returns the connector of a method's name: a base with suffixes, such as {@code ot+wa}; a trained curve, such as
     * {@code garipov-3}; or a trained curve after the path that it starts from, such as {@code ot+wa:garipov-5}. The suffix
     * {@code +ca} stands after any of these.
     *
     * @throws IllegalArgumentException if there is none, proposing the nearest name
     */
    public static Connector named(String name) {
        Connector connector = ofAlike(name);
        return joinsOtherWidths(name)
                ? new OtherWidths(name, connector, ofAlike("linear" + name.substring(OT.length())))
                : connector;
    }

    /** Returns whether a method joins networks that differ in the numbers of hidden units. */
    public static boolean joinsOtherWidths(String name) {
        return name.startsWith(OT);
    }

    /** Returns the connector of networks of one architecture. */
    private static Connector ofAlike(String name) {
        if (name.endsWith(REFITTED)) {
            Connector adjusted = ofAlike(name.substring(0, name.length() - REFITTED.length()));
            return new ConvexAdjustment(name, adjusted);
        }
        if (isLearned(name)) {
            return new LearnedConnector(name);
        }
        int colon = name.lastIndexOf(':');
        String last = name.substring(colon + 1);
        Matcher trained = TRAINED.matcher(last);
        if (trained.matches()) {
            Connector start = ofAlike(colon < 0 ? "linear" : name.substring(0, colon));
            return new TrainedCurve(name, start, curve(last, trained.group(1), trained.group(2)));
        }
        int plus = name.indexOf('+');
        String base = plus < 0 ? name : name.substring(0, plus);
        String suffixes = plus < 0 ? "" : name.substring(plus);
        return BASES.stream()
                .filter(connector -> connector.name().equals(base))
                .findFirst()
                .flatMap(connector -> composed(connector, suffixes))
                .orElseThrow(() -> unknown(last));
    }

    private static Curve curve(String name, String family, String k) {
        int controls = k.equals("K") ? 0 : Integer.parseInt(k); // K as the catalogue prints it
        if (controls < LEAST_CONTROLS || controls > BezierCurve.MOST_CONTROLS) {
            throw new IllegalArgumentException(
                    "method '" + name + "': K is the number of control points, both ends counted, " + "from "
                            + LEAST_CONTROLS + " to " + BezierCurve.MOST_CONTROLS + "; try " + family + "-3.");
        }
        return family.equals("bezier") ? new BezierCurve(controls) : new PolygonalChain(controls);
    }

    private static IllegalArgumentException unknown(String name) {
        List<String> known = CATALOGUE.stream().map(Method::name).toList();
        return new IllegalArgumentException("unknown method '" + name + "'; " + Suggestion.sentence(name, known));
    }

    /** Returns what a base's suffixes, such as {@code +wa}, make of it; nothing if they mean nothing. */
    private static Optional<Connector> composed(NeuronConnector base, String suffixes) {
        return switch (suffixes) {
            case "" -> Optional.of(new NeuronPath(base));
            case "+wa" -> Optional.of(new WeightAdjustment(base));
            case "+butterfly" -> Optional.of(new Butterfly(base));
            default -> Optional.empty();
        };
    }

    /** Returns how good the matching of a path is, if its method matched units. */
    public static Optional<AssignmentQuality> assignment(Path path) {
        return path.provenance()
                .fact(ASSIGNMENT_COST)
                .flatMap(cost -> path.provenance().fact(DUALITY_GAP).map(gap -> quality(cost, gap)));
    }

    /** Returns what the training of a path cost, if its method trained. */
    public static Optional<TrainingCost> training(Path path) {
        return path.provenance()
                .fact(TRAINING_EPOCHS)
                .flatMap(epochs -> path.provenance().fact(TRAINING_STEPS).map(steps -> cost(epochs, steps)));
    }

    private static TrainingCost cost(String epochs, String steps) {
        return new TrainingCost(Integer.parseInt(epochs), Long.parseLong(steps));
    }

    /** Returns how the output layer of a path was refitted, if its method refits. */
    public static Optional<OutputRefits> refits(Path path) {
        return RefitFacts.of(path);
    }

    /** Returns which learned map made a path, if one did. */
    public static Optional<MapUse> map(Path path) {
        return path.provenance()
                .fact(MAP)
                .map(model -> new MapUse(model, ends(path, TRAINED_ON), ends(path, CHOSEN_ON)));
    }

    private static List<String> ends(Path path, String fact) {
        return path.provenance()
                .fact(fact)
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    }

    private static AssignmentQuality quality(String cost, String gap) {
        return new AssignmentQuality(Double.parseDouble(cost), Double.parseDouble(gap));
    }
}
