package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;

class TrainerTest {
    private static final Architecture LAYERS = Architecture.named("mlp-12", 4, 3);
    private static final Recipe SHORT = new Recipe(6, 0.1, 0.9, 1e-4, 16);

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    /** Three clouds around corners of a simplex, 100 examples: the last batch of 16 has 4. */
    private static Examples clouds() {
        SplittableRandom random = new SplittableRandom(2);
        double[] values = new double[400];
        int[] labels = new int[100];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < 4; j++) {
                values[4 * i + j] = 0.3 * random.nextGaussian() + (j == labels[i] ? 1 : 0);
            }
        }
        return Examples.of(values, labels, 4, 3);
    }

    private static Trainer trainer(Recipe recipe, long seed) {
        return new Trainer(LAYERS, recipe, new Seed(seed));
    }

    private TrainingState trained(Trainer trainer) {
        return trainer.train(engine, clouds(), trainer.start(), TrainingListener.SILENT);
    }

    @Test
    void weightsStartUniformWithinOneOverTheRootOfTheInputs() {
        TrainingState start = trainer(SHORT, 1).start();

        assertThat(start.epoch()).isZero();
        assertThat(start.weights().asMap().keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
        start.weights().asMap().forEach((name, tensor) -> {
            double bound = name.startsWith("0") ? 1 / Math.sqrt(4) : 1 / Math.sqrt(12);
            double largest = 0;
            for (double value : tensor.toDoubles()) {
                largest = Math.max(largest, Math.abs(value));
            }
            // at least one of m uniform values lies in the outer half, but for 2^-m: the smallest tensor has 3
            assertThat(largest).as(name).isBetween(bound / 4, bound);
        });
        start.velocities()
                .asMap()
                .forEach((name, tensor) ->
                        assertThat(tensor.toDoubles()).as(name).containsOnly(0));
    }

    @Test
    void separableCloudsAreLearnt() {
        TrainingState end = trained(trainer(SHORT, 1));

        assertThat(end.epoch()).isEqualTo(6);
        assertThat(PlainForward.score(LAYERS, end.weights(), clouds()).accuracy())
                .isGreaterThan(0.9);
    }

    @Test
    void seedDecidesEveryBit() {
        TrainingState once = trained(trainer(SHORT, 1));

        assertThat(trained(trainer(SHORT, 1))).isEqualTo(once);
        assertThat(trained(trainer(SHORT, 2)).weights()).isNotEqualTo(once.weights());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void trainingThatGoesOnFromAnEpochEndsWithTheBitsOfAnUninterruptedOne(int epoch) {
        List<TrainingState> states = new ArrayList<>();
        Trainer trainer = trainer(SHORT, 1);
        TrainingState end = trainer.train(engine, clouds(), trainer.start(), (state, loss) -> states.add(state));

        TrainingState resumed =
                trainer(SHORT, 1).train(engine, clouds(), states.get(epoch - 1), TrainingListener.SILENT);

        assertThat(states).extracting(TrainingState::epoch).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(resumed).isEqualTo(end);
    }

    @Test
    void networksTrainedSideBySideHaveTheBitsOfThoseTrainedAlone() {
        List<TrainingState> together = engine.inOrder(4, i -> trained(trainer(SHORT, i)));

        for (int i = 0; i < 4; i++) {
            assertThat(together.get(i)).as("seed %d", i).isEqualTo(trained(trainer(SHORT, i)));
        }
    }

    /** Layers that are large enough for their work to be shared among threads, with those between that see a whole batch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(4,1100) relu linear(1100,1000) relu linear(1000,3)",
                "linear(4,1100,nobias) batchnorm(1100) relu dropout(0.2) linear(1100,1000) relu dropout(0.5) linear(1000,3)",
                "input(1,2,2) conv(1,400,1) batchnorm(400) relu conv(400,300,3,pad=2) relu avgpool(4) flatten dropout(0.5) "
                        + "linear(300,3)"
            })
    void largeNetworkHasTheSameBitsForAnyNumberOfThreads(String layers) {
        Recipe recipe = new Recipe(1, 0.1, 0.9, 1e-4, 70); // batches of 70, in two shards of convolutions, and 30
        Trainer trainer = new Trainer(Architecture.parse(layers), recipe, new Seed(1));
        TrainingState busy = engine.inOrder(2, i -> trained(trainer)).get(0);

        for (int threads : new int[] {1, 2, 4}) {
            try (Engine other = Engine.start(threads)) {
                TrainingState end = trainer.train(other, clouds(), trainer.start(), TrainingListener.SILENT);

                assertThat(end).as("%d threads", threads).isEqualTo(busy);
            }
        }
    }

    /** At a rate of almost 0 every step sees the same network, so the mean over unequal batches is its loss. */
    @Test
    void lossOfAnEpochIsTheMeanOverExamples() {
        List<Double> losses = new ArrayList<>();
        Trainer trainer = trainer(new Recipe(1, 1e-30, 0, 0, 16), 1);

        trainer.train(engine, clouds(), trainer.start(), (state, loss) -> losses.add(loss));

        double expected =
                PlainForward.score(LAYERS, trainer.start().weights(), clouds()).loss();
        assertThat(losses).hasSize(1).first().satisfies(l -> assertThat(l).isCloseTo(expected, within(1e-6)));
    }

    @Test
    void divergenceTellsEpochStepAndRate() {
        Trainer trainer = trainer(new Recipe(4, 1e20, 0.9, 0, 16), 1);

        assertThatThrownBy(() -> trained(trainer))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching(
                        "training diverged: the loss is (NaN|Infinity) in epoch 1, step [23], at learning rate "
                                + "1.0E20; try a smaller learning rate.");
        assertThat(Engine.liveBytes()).isZero();
    }

    /** One step an epoch: its loss is still finite, the weights after it are not. */
    @Test
    void divergenceInTheLastStepIsNoticedToo() {
        Trainer trainer = trainer(new Recipe(2, 1e38, 0, 1e10, 100), 1);

        assertThatThrownBy(() -> trained(trainer))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("in epoch 1, step 1,");
    }

    @Test
    void examplesThatDoNotFitAreRefused() {
        Trainer trainer = trainer(SHORT, 1);
        Examples wide = SmallProblem.examples(10, 5, 3, 1);
        Examples many = SmallProblem.examples(10, 4, 4, 1);

        for (Examples examples : List.of(wide, many)) {
            assertThatThrownBy(() -> trainer.train(engine, examples, trainer.start(), TrainingListener.SILENT))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContainingAll("does not fit data of", examples.features() + " features");
        }
    }
}
