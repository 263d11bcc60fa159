package org.thalweg.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class MapTrainerTest {
    private static final Architecture ARCHITECTURE = Architecture.parse("linear(3,300) relu linear(300,2)");
    private static final Examples EXAMPLES = SmallProblem.examples(300, 3, 2, 9);

    private static Map<String, Network> networks(int first, int count) {
        Map<String, Network> networks = new LinkedHashMap<>();
        for (int i = first; i < first + count; i++) {
            networks.put("seed-" + i, SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, i));
        }
        return networks;
    }

    private static LearnSettings settings(Objective objective, MapKind kind, int steps) {
        return new LearnSettings(objective, kind, 2, 8, 2, Whitening.NONE, steps, 4, 3e-3, 64, 32, 100);
    }

    private static MapTrainer trainer(LearnSettings settings) {
        return new MapTrainer(settings, networks(1, 3), networks(4, 2), EXAMPLES, new Seed(5));
    }

    private static LearnedMap trained(int threads, MapTrainer trainer) {
        try (Engine engine = Engine.start(threads)) {
            LearnedMap start = trainer.start(engine);
            return trainer.train(engine, start, trainer.begin(start), LearningListener.SILENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOW,REALNVP", "FLOW,IAF", "BIJECTION,REALNVP", "BIJECTION,IAF"})
    void resumedAndOnMoreThreadsEndsWithTheSameBits(Objective objective, MapKind kind) {
        MapTrainer trainer = trainer(settings(objective, kind, 12));
        LearnedMap whole = trained(1, trainer);
        LearnedMap resumed;
        try (Engine engine = Engine.start(3)) {
            LearnedMap start = trainer.start(engine);
            List<LearningState> stored = new ArrayList<>(List.of(trainer.begin(start)));
            assertThatThrownBy(() -> trainer.train(engine, start, stored.get(0), state -> {
                        stored.add(state);
                        if (state.rounds().size() == 2) {
                            throw new IllegalStateException("stopped");
                        }
                    }))
                    .hasMessage("stopped");
            resumed = trainer.train(engine, start, stored.get(2), LearningListener.SILENT);
        }

        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
        assertThat(resumed.facts()).isEqualTo(whole.facts());
        assertThat(Engine.liveBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"FLOW,REALNVP", "FLOW,IAF", "BIJECTION,REALNVP", "BIJECTION,IAF"})
    void whatIsMinimisedFalls(Objective objective, MapKind kind) {
        MapTrainer trainer = trainer(settings(objective, kind, 120));
        List<Round> rounds = new ArrayList<>();
        try (Engine engine = Engine.start(2)) {
            LearnedMap start = trainer.start(engine);
            trainer.train(
                    engine,
                    start,
                    trainer.begin(start),
                    state -> rounds.add(state.rounds().get(state.rounds().size() - 1)));
        }

        assertThat(rounds).hasSize(4);
        assertThat(rounds.get(3).trainingLoss()).isLessThan(rounds.get(0).trainingLoss());
        assertThat(rounds.get(3).steps()).isEqualTo(120);
    }

    @Test
    void bestStateHasTheLeastWorstLoss() {
        Weights one = SmallMap.parameters(SmallMap.shape(MapKind.IAF), 1);
        Weights two = SmallMap.parameters(SmallMap.shape(MapKind.IAF), 2);
        LearningState state = new LearningState(one, one, one, one, List.of())
                .after(new Round(1, 5, 0, 0.5, 0.9), one, one, one)
                .after(new Round(2, 4, 0, 0.4, 0.9), two, one, one)
                .after(new Round(3, 3, 9, 0.6, 0.9), one, one, one);

        assertThat(state.bestRound()).isEqualTo(2);
        assertThat(state.best()).isEqualTo(two);
    }

    // A mixture of two Gaussians in the plane, at (-2, 0) and (2, 1) with deviations 0.3 and 1.
    private static DeviceTensor mixture(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] columns = new double[2 * count];
        for (int i = 0; i < count; i++) {
            boolean left = random.nextDouble() < 0.5;
            columns[i] = left ? -2 + 0.3 * random.nextGaussian() : 2 + random.nextGaussian();
            columns[count + i] = left ? random.nextGaussian() : 1 + 0.3 * random.nextGaussian();
        }
        return DeviceTensor.of(columns, 2, count).to(Precision.FLOAT32);
    }

    @ParameterizedTest
    @CsvSource({"REALNVP,6", "IAF,5"})
    void aMixtureIsMappedToAGaussian(MapKind kind, int layers) {
        MapShape shape = new MapShape(kind, 2, layers, 32, 3);
        LearnSettings settings =
                new LearnSettings(Objective.FLOW, kind, layers, 32, 3, Whitening.NONE, 1500, 1, 5e-3, 256, 1, 1);
        try (Engine engine = Engine.start(2);
                Scope scope = Scope.open()) {
            LearningState begin = begin(shape);
            Piece piece = new LikelihoodPiece(List.of(mixture(20_000, 1)), 256);
            LearnedMap any = untrained(shape, settings);
            double[] noise;
            try (MapDescent descent = new MapDescent(any, settings, new Seed(2), begin)) {
                for (int step = 1; step <= settings.steps(); step++) {
                    descent.step(engine, piece, step);
                }
                noise = new NeuronMap(shape, descent.parameters(), any.halves())
                        .forward(mixture(2000, 3)) // not seen before
                        .noise()
                        .toDoubles();
            }
            for (int row = 0; row < 2; row++) {
                double[] values = Arrays.copyOfRange(noise, row * 2000, (row + 1) * 2000);
                assertThat(moment(values, 1)).isCloseTo(0, within(0.1));
                assertThat(moment(values, 2)).isCloseTo(1, within(0.15));
                assertThat(kolmogorov(values)).isLessThan(0.05); // the mixture itself: above 0.2
            }
            assertThat(kolmogorov(mixture(2000, 3).narrow(0, 0, 1).toDoubles())).isGreaterThan(0.2);
        }
    }

    private static LearningState begin(MapShape shape) {
        Weights start = new MapParameters(shape).start(new Seed(4));
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        start.asMap()
                .forEach((name, tensor) -> zeros.put(
                        name,
                        Tensor.owning(tensor.shape(), new float[tensor.shape().elements()])));
        return new LearningState(start, Weights.of(zeros), Weights.of(zeros), start, List.of());
    }

    /** Two coordinates per neuron: one input, one output, no bias. */
    private static LearnedMap untrained(MapShape shape, LearnSettings settings) {
        Architecture smallest = Architecture.parse("linear(1,4,nobias) relu linear(4,1,nobias)");
        List<double[]> columns = List.of(SmallMap.normal(8, 1), SmallMap.normal(8, 2));
        return new LearnedMap(
                settings.objective(),
                shape,
                smallest,
                Standardisation.of(columns, 2, Whitening.NONE),
                SmallMap.HALVES,
                new MapParameters(shape).start(new Seed(4)),
                List.of(),
                Provenance.UNKNOWN);
    }

    private static double moment(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }

    /** Returns the greatest distance between the sample's distribution function and the standard normal one. */
    private static double kolmogorov(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double greatest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double normal = normalDistribution(sorted[i]);
            greatest = Math.max(greatest, Math.abs(normal - (i + 0.5) / sorted.length));
        }
        return greatest;
    }

    // By the trapezium rule from 0: 1/2 + the integral of the density, error below 1e-6.
    private static double normalDistribution(double x) {
        int parts = 200;
        double sum = 0;
        for (int i = 0; i <= parts; i++) {
            double u = x * i / parts;
            sum += (i == 0 || i == parts ? 0.5 : 1) * Math.exp(-u * u / 2);
        }
        return 0.5 + sum * x / parts / Math.sqrt(2 * Math.PI);
    }

    // Neurons of SmallProblem are Gaussian, so nothing is to be learned: the path stays the arc around the pooled mean.
    @Test
    void aFlowOnGaussianNeuronsMovesAsTheArc() {
        LearnSettings settings =
                new LearnSettings(Objective.FLOW, MapKind.REALNVP, 2, 8, 2, Whitening.NONE, 300, 3, 1e-3, 256, 1, 100);
        Network a = SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 11);
        Network b = SmallProblem.network(ARCHITECTURE, Precision.FLOAT32, 12);
        try (Engine engine = Engine.start(2)) {
            MapTrainer trainer = trainer(settings);
            LearnedMap start = trainer.start(engine);
            LearnedMap map = trainer.train(engine, start, trainer.begin(start), LearningListener.SILENT);
            Neurons neurons = new Neurons(ARCHITECTURE);
            double[] arc = neurons.of(LearnedRule.between(start, ARCHITECTURE, a.weights(), b.weights())
                    .at(0.5));
            double[] learned = neurons.of(LearnedRule.between(map, ARCHITECTURE, a.weights(), b.weights())
                    .at(0.5));
            double[] straight = new double[arc.length];
            double[] from = neurons.of(a.weights());
            double[] to = neurons.of(b.weights());
            for (int i = 0; i < straight.length; i++) {
                straight[i] = (from[i] + to[i]) / 2;
            }
            assertThat(distance(learned, arc)).isLessThan(0.15 * distance(straight, arc));
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void untrainedMapKeepsTheArcOfTheNetworks() {
        MapTrainer trainer = trainer(settings(Objective.FLOW, MapKind.IAF, 4));
        try (Engine engine = Engine.start(1)) {
            LearnedMap start = trainer.start(engine);
            Network a = SmallProblem.network(ARCHITECTURE, Precision.FLOAT64, 11);
            Network b = SmallProblem.network(ARCHITECTURE, Precision.FLOAT64, 12);
            double[] from = new Neurons(ARCHITECTURE).of(a.weights());
            double[] to = new Neurons(ARCHITECTURE).of(b.weights());
            double[] middle = new Neurons(ARCHITECTURE)
                    .of(LearnedRule.between(start, ARCHITECTURE, a.weights(), b.weights())
                            .at(0.5));
            double c = Math.sqrt(0.5);
            for (int i = 0; i < middle.length; i++) {
                double mean = start.standardisation().mean().get(i / 300);
                assertThat(middle[i]).isCloseTo(mean + c * (from[i] - mean) + c * (to[i] - mean), within(1e-13));
            }
        }
    }

    @Test
    void rejectsNetworksThatCannotTeach() {
        LearnSettings settings = settings(Objective.FLOW, MapKind.IAF, 4);
        Map<String, Network> others = new LinkedHashMap<>(networks(4, 1));
        others.put(
                "wide",
                SmallProblem.network(Architecture.parse("linear(3,301) relu linear(301,2)"), Precision.FLOAT32, 1));
        Map<String, Network> deep = new LinkedHashMap<>();
        Architecture three = Architecture.parse("linear(3,4) relu linear(4,4) relu linear(4,2)");
        deep.put("a", SmallProblem.network(three, Precision.FLOAT32, 1));
        deep.put("b", SmallProblem.network(three, Precision.FLOAT32, 2));

        assertThatThrownBy(() -> new MapTrainer(settings, networks(1, 1), networks(4, 2), EXAMPLES, new Seed(0)))
                .hasMessage("a map is trained on at least 2 networks and chosen on at least 2 others, got 1 and 2.");
        assertThatThrownBy(() -> new MapTrainer(settings, networks(1, 3), networks(3, 2), EXAMPLES, new Seed(0)))
                .hasMessage("networks 'seed-3' and 'seed-3' are the same; a map learns from networks that were trained"
                        + " independently.");
        assertThatThrownBy(() -> new MapTrainer(settings, networks(1, 3), others, EXAMPLES, new Seed(0)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("network 'wide' is linear(3,301)");
        assertThatThrownBy(() -> new MapTrainer(settings, deep, networks(4, 2), EXAMPLES, new Seed(0)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("two-layer network");
    }

    @Test
    void singularNetworksAreSaidToTeachNothing() {
        Map<String, Network> constant = new LinkedHashMap<>();
        for (float value : new float[] {1, 2}) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            ARCHITECTURE.tensors().forEach((name, shape) -> {
                float[] values = new float[shape.elements()];
                Arrays.fill(values, name.equals("2.bias") ? value : 1);
                tensors.put(name, Tensor.owning(shape, values));
            });
            constant.put("constant-" + value, new Network(ARCHITECTURE, Weights.of(tensors), Provenance.UNKNOWN));
        }
        MapTrainer trainer = new MapTrainer(
                settings(Objective.FLOW, MapKind.REALNVP, 4), constant, networks(4, 2), EXAMPLES, new Seed(0));
        try (Engine engine = Engine.start(1)) {
            assertThatThrownBy(() -> trainer.start(engine))
                    .hasMessage("of the 6 coordinates of the training networks' neurons only 0 differ from neuron to"
                            + " neuron; such networks leave nothing to learn.");
        }
    }
}
