package org.thalweg;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Merge;
import org.thalweg.connect.MergeMethod;
import org.thalweg.connect.MergeOrder;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.ensemble.EnsembleBuilder;
import org.thalweg.ensemble.EnsembleRunner;
import org.thalweg.ensemble.EnsembleScores;
import org.thalweg.ensemble.HeadMethod;
import org.thalweg.ensemble.Predictions;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.evaluate.TargetPredictions;
import org.thalweg.network.Architecture;
import org.thalweg.network.Averaging;
import org.thalweg.network.Catalogue;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.path.Path;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingState;

/**
 * Thalweg as a library: train networks, connect them, measure the path. Safe for use by many threads; close it when done.
 *
 * <p>Files are read and written by {@link org.thalweg.checkpoint.NetworkFile} and {@link org.thalweg.checkpoint.PathFile},
 * data sets opened by {@link org.thalweg.data.Datasets}.
 */
public final class Thalweg implements AutoCloseable {
    private final Engine engine;

    private Thalweg(Engine engine) {
        this.engine = engine;
    }

    /** Starts the engine with a worker per core. */
    public static Thalweg start() {
        return start(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Starts the engine. Results have the same bits for any number of threads.
     *
     * @param threads number of workers, positive
     * @throws org.thalweg.engine.EngineException if there are no native libraries for this machine
     */
    public static Thalweg start(int threads) {
        return new Thalweg(Engine.start(threads));
    }

    /** Returns the engine, for what this class does not offer. */
    public Engine engine() {
        return engine;
    }

    /**
     * Returns a network trained from a seed; the same bits for the same arguments, whatever the number of threads.
     *
     * @param architecture a name of the catalogue, such as {@code mlp-2000}
     * @throws org.thalweg.train.DivergedException if a loss becomes NaN or infinite
     */
    public Network train(String architecture, Dataset data, Recipe recipe, Seed seed) {
        Architecture layers = Catalogue.named(architecture, data.shape().extents(), data.outputs());
        Trainer trainer = new Trainer(layers, recipe, seed);
        TrainingState end = trainer.train(engine, data.train(), trainer.start(), TrainingListener.SILENT);
        Provenance provenance = Provenance.UNKNOWN
                .with("seed", Long.toString(seed.value()))
                .with("recipe", recipe.text())
                .with("data", data.name());
        return new Network(layers, end.weights(), provenance);
    }

    /**
     * Returns a path from {@code a} to {@code b} with default settings. Methods that begin with {@code ot} join networks of different
     * widths, too: the path's ends are then networks of one architecture that compute what these compute.
     *
     * @param method a name of {@link Methods#catalogue()}, such as {@code ot+wa} or {@code garipov-3}
     * @param data whose training examples adjust the path, for methods that need them
     * @throws IllegalArgumentException if the method is unknown or cannot join these networks
     */
    public Path connect(String method, Network a, Network b, Dataset data) {
        return connect(method, a, b, data, ConnectSettings.DEFAULTS);
    }

    /** Returns a path from {@code a} to {@code b}; as the shorter form, with settings. Trained curves draw from seed 0. */
    public Path connect(String method, Network a, Network b, Dataset data, ConnectSettings settings) {
        ConnectContext context = new ConnectContext(engine, Optional.of(data.train()), settings);
        return engine.alone(() -> Methods.named(method).connect(a, b, context));
    }

    /**
     * Returns one network made of several, units in the order of the first, with default settings.
     *
     * @param method a name of {@link MergeMethod#NAMES}, such as {@code ot+ca}
     * @param networks at least two, of one precision and one architecture; or two that differ in width, for {@code ot}
     * @param data whose training examples repair the merged network, for methods that need them
     * @throws IllegalArgumentException if the method is unknown or cannot merge these networks
     */
    public Network merge(String method, List<Network> networks, Dataset data) {
        ConnectContext context = new ConnectContext(engine, Optional.of(data.train()), ConnectSettings.DEFAULTS);
        Merge merge = new Merge(MergeMethod.named(method), MergeOrder.FIRST);
        return engine.alone(() -> merge.of(networks, context)).network();
    }

    /** Returns what one network measures. */
    public Measures measure(Network network, Dataset data) {
        return new Evaluator(engine, data, EvaluationSettings.DEFAULT_POINTS).measure(network);
    }

    /**
     * Returns an ensemble of networks on the lower layers of the first one, each other one's head adjusted by least squares, with
     * default settings: the mean of the members' probabilities.
     *
     * @param networks at least one, of one architecture and precision
     * @param head number of layers with weights in a head, the adjusted one included; all of them for independent networks
     * @param data whose training examples, without labels, heads are adjusted on
     * @throws IllegalArgumentException if the networks do not fit each other or the data, or have no such head
     */
    public Ensemble ensemble(List<Network> networks, int head, Dataset data) {
        ConnectContext context = new ConnectContext(engine, Optional.of(data.train()), ConnectSettings.DEFAULTS);
        OptionalDouble ridge = OptionalDouble.of(ConnectSettings.DEFAULTS.ridge());
        return new EnsembleBuilder(context, ridge, Averaging.PROBABILITIES).build(networks, head, HeadMethod.WA);
    }

    /** Returns the probabilities that an ensemble gives to the classes of examples. */
    public Predictions predict(Ensemble ensemble, Examples examples) {
        return new EnsembleRunner(engine, ensemble).predict(examples);
    }

    /** Returns what a network says of examples with real targets. */
    public TargetPredictions predict(Network network, Examples examples) {
        return TargetPredictions.of(engine, network, examples);
    }

    /** Returns accuracy, loss and calibration error of the first m members together, for every m, and of each alone. */
    public EnsembleScores score(Ensemble ensemble, Examples examples) {
        return new EnsembleRunner(engine, ensemble).score(examples);
    }

    /** Returns loss and accuracy along a path, at {@link EvaluationSettings#DEFAULT_POINTS} positions per leg. */
    public Profile evaluate(Path path, Dataset data) {
        return evaluate(path, data, EvaluationSettings.DEFAULT_POINTS);
    }

    /** Returns loss and accuracy along a path, at {@code points} positions per leg, both ends included. */
    public Profile evaluate(Path path, Dataset data, int points) {
        return new Evaluator(engine, data, points).evaluate(path);
    }

    /** Stops the engine's workers. */
    @Override
    public void close() {
        engine.close();
    }
}
