package org.thalweg.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.learn.UsedNetwork.Role;
import org.thalweg.network.Architecture;
import org.thalweg.network.Fingerprint;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.train.DivergedException;

/**
 * Trains a map of neurons. Every draw comes from a child of the seed by name, so that a training that was stopped after any
 * round and resumed ends with the same bits.
 *
 * @param settings how
 * @param training what the map is trained on, by name, in order; at least two
 * @param validation what its best state is chosen on, by name; at least two
 * @param examples what losses along paths are measured on
 * @param seed from which all randomness comes
 */
public record MapTrainer(
        LearnSettings settings,
        Map<String, Network> training,
        Map<String, Network> validation,
        Examples examples,
        Seed seed) {
    /**
     * Checks that the networks can teach a map.
     *
     * @throws IllegalArgumentException if there are fewer than two of either kind, or one is used as both
     * @throws MismatchException if they differ in architecture, are not two-layer networks, or do not fit the examples
     */
    public MapTrainer {
        training = new LinkedHashMap<>(training);
        validation = new LinkedHashMap<>(validation);
        if (training.size() < 2 || validation.size() < 2) {
            throw new IllegalArgumentException(
                    "a map is trained on at least 2 networks and chosen on at least 2 others, got " + training.size()
                            + " and " + validation.size() + ".");
        }
        Architecture architecture = training.values().iterator().next().architecture();
        requireFits(architecture, examples);
        Map<String, String> seen = new LinkedHashMap<>();
        Stream.concat(training.entrySet().stream(), validation.entrySet().stream())
                .forEach(entry -> {
                    String other =
                            seen.putIfAbsent(Fingerprint.of(entry.getValue().weights()), entry.getKey());
                    if (other != null) {
                        throw new IllegalArgumentException("networks '" + other + "' and '" + entry.getKey()
                                + "' are the same; a map learns from networks that were trained independently.");
                    }
                    requireLike(architecture, entry.getKey(), entry.getValue());
                });
    }

    /**
     * Checks that networks of an architecture can teach a map, which can be told before they are trained.
     *
     * @throws MismatchException if they are not two-layer networks, or do not fit the examples
     */
    public static void requireFits(Architecture architecture, Examples examples) {
        new Neurons(architecture);
        examples.requireLabels("a learned map is trained and chosen by cross-entropy and accuracy");
        if (!examples.suit(architecture.inputs(), architecture.outputs())) {
            throw MismatchException.ofData(
                    "the networks " + architecture.text() + " do not fit data of " + examples.sizes() + ".");
        }
    }

    private static void requireLike(Architecture architecture, String name, Network network) {
        if (!network.architecture().equals(architecture)) {
            throw new MismatchException(
                    "network '" + name + "' is " + network.architecture().text() + " but the first is "
                            + architecture.text() + "; a map is trained on networks of one architecture.");
        }
    }

    private Architecture architecture() {
        return training.values().iterator().next().architecture();
    }

    /**
     * Returns the untrained map, whose paths are the arc's, with the statistics of the training networks.
     *
     * @throws IllegalArgumentException if their neurons do not differ
     */
    public LearnedMap start(Engine engine) {
        Neurons neurons = new Neurons(architecture());
        List<double[]> columns =
                training.values().stream().map(n -> neurons.of(n.weights())).toList();
        Standardisation standardisation =
                engine.alone(() -> Standardisation.of(columns, neurons.dimension(), settings.whitening()));
        MapShape shape = new MapShape(
                settings.kind(), standardisation.dimension(), settings.layers(), settings.hidden(), settings.bound());
        List<UsedNetwork> used = new ArrayList<>();
        training.forEach((name, network) -> used.add(used(Role.TRAINING, name, network)));
        validation.forEach((name, network) -> used.add(used(Role.VALIDATION, name, network)));
        return new LearnedMap(
                settings.objective(),
                shape,
                architecture(),
                standardisation,
                seed.child("halves"),
                new MapParameters(shape).start(seed.child("init")),
                used,
                Provenance.UNKNOWN.with("recipe", settings.text()));
    }

    private static UsedNetwork used(Role role, String name, Network network) {
        return new UsedNetwork(role, name, Fingerprint.of(network.weights()));
    }

    /** Returns the state before the first round. */
    public LearningState begin(LearnedMap start) {
        Weights zeros = zeros(start.parameters());
        return new LearningState(start.parameters(), zeros, zeros, start.parameters(), List.of());
    }

    private static Weights zeros(Weights like) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        like.asMap()
                .forEach((name, tensor) -> zeros.put(
                        name,
                        Tensor.owning(tensor.shape(), new float[tensor.shape().elements()])));
        return Weights.of(zeros);
    }

    /**
     * Trains from {@code state} to the last round.
     *
     * @param start the untrained map, of {@link #start}
     * @return the map after its best round
     * @throws DivergedException as soon as a loss is NaN or infinite
     */
    public LearnedMap train(Engine engine, LearnedMap start, LearningState state, LearningListener listener) {
        return engine.alone(() -> {
            Piece piece = piece(engine, start.standardisation());
            Judgement judgement = new Judgement(
                    List.copyOf(validation.values()), examples.first(Math.min(settings.judged(), examples.count())));
            LearningState now = state;
            try (MapDescent descent = new MapDescent(start, settings, seed, now)) {
                while (now.rounds().size() < settings.rounds()) {
                    now = round(engine, descent, piece, judgement, start, now);
                    listener.onRound(now);
                }
            }
            return best(start, now);
        });
    }

    private LearningState round(
            Engine engine,
            MapDescent descent,
            Piece piece,
            Judgement judgement,
            LearnedMap start,
            LearningState state) {
        int last = settings.stepsAfter(state.rounds().size() + 1);
        double sum = 0;
        for (int step = state.steps() + 1; step <= last; step++) {
            double loss = descent.step(engine, piece, step);
            if (!Double.isFinite(loss)) {
                throw DivergedException.ofMap(step, settings.rate(step), loss);
            }
            sum += loss;
        }
        Weights parameters = descent.parameters().copy();
        if (parameters.asMap().values().stream()
                .anyMatch(t -> t.firstNonFinite().isPresent())) {
            throw DivergedException.ofMap(last, settings.rate(last), Double.NaN);
        }
        Judgement.Found found = judgement.of(start.with(parameters), engine);
        double constant =
                settings.objective() == Objective.FLOW ? start.standardisation().logDeterminant() : 0;
        Round round = new Round(
                last,
                sum / (last - state.steps()) - constant,
                found.logLikelihood(),
                found.worstLoss(),
                found.worstAccuracy());
        return state.after(
                round, parameters, descent.means().copy(), descent.squares().copy());
    }

    /** Returns the map after the best round so far; the untrained map before any. */
    public LearnedMap best(LearnedMap start, LearningState state) {
        if (state.rounds().isEmpty()) {
            return start;
        }
        Round best = state.rounds().get(state.bestRound() - 1);
        return start.with(state.best())
                .with(Map.of(
                        "steps.done", "" + state.steps(),
                        "best.steps", "" + best.steps(),
                        "best.worstLoss", "" + best.worstLoss(),
                        "best.logLikelihood", "" + best.logLikelihood()));
    }

    /** Returns what a step is made of; its tensors live in the current scope. */
    private Piece piece(Engine engine, Standardisation standardisation) {
        Neurons neurons = new Neurons(architecture());
        List<DeviceTensor> columns = new ArrayList<>();
        List<DeviceTensor> biases = new ArrayList<>();
        for (Network network : training.values()) {
            try (Scope scope = Scope.open()) {
                DeviceTensor all = neurons.on(network.weights(), Precision.FLOAT32);
                boolean flow = settings.objective() == Objective.FLOW;
                columns.add(scope.keep(flow ? standardisation.standardised(all) : all));
                biases.add(scope.keep(neurons.outputBias(network.weights(), Precision.FLOAT32)));
            }
        }
        return settings.objective() == Objective.FLOW
                ? new LikelihoodPiece(columns, settings.neurons())
                : new PathPiece(engine, neurons, standardisation, columns, biases, examples, settings.batch());
    }
}
