package org.thalweg.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks that share their lowest layers: a backbone once, and a head for each member. Immutable.
 *
 * <p>The head is the last n layers W x + b with everything behind each of them (norms with their statistics, pools,
 * activations); the backbone is the rest. A head of all L layers leaves no backbone: the members are then independent networks.
 *
 * @param architecture the layers of each member
 * @param head n, from 1 to L
 * @param backbone the tensors below the head, by PyTorch's names
 * @param heads one per member, in their order: the other tensors
 * @param averaging what the members' mean is taken of
 * @param provenance how the ensemble came about
 */
public record Ensemble(
        Architecture architecture,
        int head,
        Weights backbone,
        List<Weights> heads,
        Averaging averaging,
        Provenance provenance) {
    /**
     * Checks that backbone and heads are those of the architecture.
     *
     * @throws IllegalArgumentException if there is no head, n is out of range, or a member is no network of the architecture
     */
    public Ensemble {
        requireHead(architecture, head);
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("an ensemble needs at least one head.");
        }
        int from = from(architecture, head);
        int to = architecture.layers().size();
        Weights below = backbone;
        heads = heads.stream()
                .map(own -> part(architecture, from, to, member(architecture, below, own)))
                .toList();
        backbone = part(architecture, 0, from, backbone);
        if (!backbone.asMap().keySet().equals(below.asMap().keySet())) {
            throw new IllegalArgumentException(
                    "the backbone holds " + below.asMap().keySet() + " but below a head of " + head
                            + " layers there are " + backbone.asMap().keySet() + ".");
        }
        for (Weights own : heads) {
            if (own.precision() != heads.get(0).precision()) {
                throw new IllegalArgumentException("the heads differ in precision: "
                        + heads.get(0).precision() + " and " + own.precision() + "; convert the networks.");
            }
        }
    }

    /** Returns the weights of a member, which are those of a network and divided as its heads say. */
    private static Weights member(Architecture architecture, Weights backbone, Weights head) {
        Map<String, Tensor> all = new LinkedHashMap<>(backbone.asMap());
        all.putAll(head.asMap());
        if (all.size() < backbone.asMap().size() + head.asMap().size()) {
            throw new IllegalArgumentException("backbone and head hold the same tensor: "
                    + backbone.asMap().keySet() + " and " + head.asMap().keySet() + ".");
        }
        return new Network(architecture, Weights.of(all), Provenance.UNKNOWN).weights();
    }

    /** Returns the ensemble of whole networks, which share nothing. */
    public static Ensemble independent(List<Network> networks, Averaging averaging) {
        Architecture architecture = networks.get(0).architecture();
        List<Weights> heads = networks.stream().map(Network::weights).toList();
        int layers = architecture.affine().size();
        return new Ensemble(architecture, layers, Weights.of(Map.of()), heads, averaging, Provenance.UNKNOWN);
    }

    private static void requireHead(Architecture architecture, int head) {
        int layers = architecture.affine().size();
        if (head < 1 || head > layers) {
            throw new IllegalArgumentException("a head of " + head + " layers is not possible: the networks have "
                    + layers + " layers with weights; use 1 to " + layers + ".");
        }
    }

    /**
     * Returns the position of the lowest layer of a head of n layers, 0 if it is the whole network.
     *
     * @throws IllegalArgumentException if n is not in 1 … L
     */
    public static int from(Architecture architecture, int head) {
        requireHead(architecture, head);
        List<Architecture.Affine> affine = architecture.affine();
        return head == affine.size() ? 0 : affine.get(affine.size() - head).position();
    }

    /** Returns the position of the lowest layer of the heads. */
    public int from() {
        return from(architecture, head);
    }

    /** Returns the tensors of layers {@code from} … {@code to}−1 of a network. */
    public static Weights part(Architecture architecture, int from, int to, Weights weights) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        for (int position = from; position < to; position++) {
            architecture.tensors(position).keySet().forEach(name -> part.put(name, weights.get(name)));
        }
        return Weights.of(part);
    }

    /** Returns m. */
    public int size() {
        return heads.size();
    }

    /** Returns member {@code index}, from 0 on, as a network of its own. */
    public Network member(int index) {
        Weights weights = member(architecture, backbone, heads.get(index)); // below the head first, so in order
        return new Network(architecture, weights, provenance.with("member", Integer.toString(index + 1)));
    }

    /**
     * Returns the same with the members' names among its facts.
     *
     * @param names one per member, in their order
     */
    public Ensemble named(List<String> names) {
        Provenance named = provenance;
        for (int i = 0; i < size(); i++) {
            named = named.with("member." + (i + 1), names.get(i));
        }
        return new Ensemble(architecture, head, backbone, heads, averaging, named);
    }

    /** Returns the precision, which all tensors of all members have. */
    public Precision precision() {
        return heads.get(0).precision();
    }

    /** Returns what {@code members} members cost: the backbone once, the head for each. */
    public Cost cost(int members) {
        Cost below = Cost.of(architecture, 0, from());
        Cost head = Cost.of(architecture, from(), architecture.layers().size());
        return below.plus(head.times(members));
    }
}
