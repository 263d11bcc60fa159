package org.thalweg.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.data.Seed;
import org.thalweg.learn.UsedNetwork.Role;
import org.thalweg.network.Architecture;
import org.thalweg.network.Fingerprint;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A trained map of neurons: joins any two networks of its architecture. Immutable.
 *
 * @param objective what it was trained for
 * @param shape its architecture
 * @param architecture of the networks whose neurons it maps
 * @param standardisation what it sees of a neuron
 * @param halves from which the random halves of RealNVP come
 * @param parameters its parameters, by name
 * @param networks what it was trained and chosen on
 * @param provenance how it came about
 */
public record LearnedMap(
        Objective objective,
        MapShape shape,
        Architecture architecture,
        Standardisation standardisation,
        Seed halves,
        Weights parameters,
        List<UsedNetwork> networks,
        Provenance provenance) {
    private static final String OBJECTIVE = "objective";
    private static final String MAP = "map";
    private static final String LAYERS = "layers";
    private static final String HIDDEN = "hidden";
    private static final String BOUND = "bound";
    private static final String HALVES = "halves";
    private static final String ARCHITECTURE = "architecture";
    private static final String NETWORKS = "networks";
    private static final List<String> OWN =
            List.of(OBJECTIVE, MAP, LAYERS, HIDDEN, BOUND, HALVES, ARCHITECTURE, NETWORKS);

    private static final String PARAMETER = "map.";
    private static final String MEAN = "statistics.mean";
    private static final String DEVIATION = "statistics.deviation";
    private static final String VARYING = "statistics.varying";
    private static final String AXES = "statistics.axes";

    /**
     * Checks that everything fits.
     *
     * @throws IllegalArgumentException if parameters, statistics and architecture do not fit each other
     */
    public LearnedMap {
        networks = List.copyOf(networks);
        int neuron = new Neurons(architecture).dimension();
        if (standardisation.neuron() != neuron || standardisation.dimension() != shape.dimension()) {
            throw new IllegalArgumentException("statistics of " + standardisation.neuron() + " coordinates, "
                    + standardisation.dimension() + " of which vary, do not fit a map of " + shape.dimension()
                    + " and neurons of " + neuron + ".");
        }
        new MapParameters(shape).requireFits(parameters);
    }

    /** Returns the name of the method that uses it, such as {@code flow-realnvp}. */
    public String method() {
        return objective.text() + "-" + shape.kind().text();
    }

    /** Returns the identity of its parameters. */
    public String fingerprint() {
        return Fingerprint.of(parameters);
    }

    /** Returns the map with other parameters. */
    LearnedMap with(Weights other) {
        return new LearnedMap(objective, shape, architecture, standardisation, halves, other, networks, provenance);
    }

    /** Returns the map with more facts of its provenance. */
    public LearnedMap with(Map<String, String> facts) {
        Map<String, String> all = new TreeMap<>(provenance.facts());
        all.putAll(facts);
        return new LearnedMap(
                objective, shape, architecture, standardisation, halves, parameters, networks, new Provenance(all));
    }

    /** Returns whether a network was used for {@code role}, by its weights. */
    public boolean saw(Network network, Role role) {
        String fingerprint = Fingerprint.of(network.weights());
        return networks.stream()
                .anyMatch(used -> used.role() == role && used.fingerprint().equals(fingerprint));
    }

    /**
     * Checks that the map joins networks of an architecture; the width of the hidden layer does not matter.
     *
     * @throws MismatchException if it does not
     */
    public void requireFits(Architecture other) {
        int dimension = new Neurons(other).dimension();
        if (dimension != standardisation.neuron()
                || other.inputs() != architecture.inputs()
                || other.outputs() != architecture.outputs()) {
            throw new MismatchException("the map " + method() + " was trained on neurons of " + architecture.text()
                    + ", which are not those of " + other.text() + "; train one with 'thalweg learn'.");
        }
    }

    /** Returns what the map is, as text by name. */
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(provenance.facts());
        facts.put(OBJECTIVE, objective.text());
        facts.put(MAP, shape.kind().text());
        facts.put(LAYERS, "" + shape.layers());
        facts.put(HIDDEN, "" + shape.hidden());
        facts.put(BOUND, "" + shape.bound());
        facts.put(HALVES, "" + halves.value());
        facts.put(ARCHITECTURE, architecture.text());
        facts.put(
                NETWORKS,
                networks.stream()
                        .map(used ->
                                "{\"role\":" + Json.quoted(used.role().name()) + ",\"name\":" + Json.quoted(used.name())
                                        + ",\"fingerprint\":" + Json.quoted(used.fingerprint()) + "}")
                        .collect(Collectors.joining(",", "[", "]")));
        return facts;
    }

    /** Returns the numbers of the map, by name. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(MEAN, standardisation.mean());
        tensors.put(DEVIATION, standardisation.deviation());
        tensors.put(VARYING, standardisation.varying());
        if (standardisation.axes().shape().elements() > 0) {
            tensors.put(AXES, standardisation.axes());
        }
        parameters.asMap().forEach((name, tensor) -> tensors.put(PARAMETER + name, tensor));
        return tensors;
    }

    /**
     * Restores a map from its facts and tensors.
     *
     * @throws IllegalArgumentException if they make no map, saying why
     */
    public static LearnedMap of(Map<String, String> facts, Map<String, Tensor> tensors) {
        Weights all = Weights.of(tensors);
        Standardisation standardisation = Standardisation.of(
                all.get(MEAN),
                all.get(DEVIATION),
                all.get(VARYING),
                tensors.getOrDefault(AXES, Standardisation.NO_AXES));
        MapShape shape = new MapShape(
                constant(MapKind.class, facts, MAP),
                standardisation.dimension(),
                (int) whole(facts, LAYERS),
                (int) whole(facts, HIDDEN),
                number(facts, BOUND));
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        new MapParameters(shape).shapes().keySet().forEach(name -> parameters.put(name, all.get(PARAMETER + name)));
        Map<String, String> provenance = new TreeMap<>(facts);
        OWN.forEach(provenance::remove);
        return new LearnedMap(
                constant(Objective.class, facts, OBJECTIVE),
                shape,
                Architecture.parse(fact(facts, ARCHITECTURE)),
                standardisation,
                new Seed(whole(facts, HALVES)),
                Weights.of(parameters),
                networks(fact(facts, NETWORKS)),
                new Provenance(provenance));
    }

    private static String fact(Map<String, String> facts, String name) {
        String text = facts.getOrDefault(name, "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it does not say its " + name + ".");
        }
        return text;
    }

    private static long whole(Map<String, String> facts, String name) {
        String text = fact(facts, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its " + name + " is '" + text + "' but must be a whole number.", e);
        }
    }

    private static double number(Map<String, String> facts, String name) {
        String text = fact(facts, name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its " + name + " is '" + text + "' but must be a number.", e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Map<String, String> facts, String name) {
        String text = fact(facts, name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("its " + name + " is '" + text + "', which is not known here.");
    }

    private static Object parsed(String json) {
        try {
            return Json.parse(json);
        } catch (Json.JsonException e) {
            throw new IllegalArgumentException("its list of networks is not proper JSON: " + e.getMessage() + ".", e);
        }
    }

    private static List<UsedNetwork> networks(String json) {
        List<UsedNetwork> networks = new ArrayList<>();
        if (parsed(json) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> used
                        && used.get("role") instanceof String role
                        && used.get("name") instanceof String name
                        && used.get("fingerprint") instanceof String fingerprint) {
                    networks.add(
                            new UsedNetwork(constant(Role.class, Map.of("role", role), "role"), name, fingerprint));
                    continue;
                }
                throw new IllegalArgumentException("its list of networks is not understood.");
            }
        }
        return networks;
    }
}
