package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.data.ImageShape;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

class TargetPredictionsTest {
    private static final Architecture LAYERS = Architecture.parse("linear(3,5) relu linear(5,2)");
    private static final int COUNT = 300; // more than a block

    private static Examples examples() {
        SplittableRandom random = new SplittableRandom(4);
        return Examples.ofTargets(
                random.doubles(3 * COUNT, -1, 1).toArray(),
                random.doubles(2 * COUNT, -1, 1).toArray(),
                3,
                2);
    }

    private static Network network(Precision precision) {
        return SmallProblem.network(LAYERS, precision, 1);
    }

    @Test
    void outputsAreTheNetworksAndTheErrorIsTheirLoss() {
        Examples examples = examples();
        Network network = network(Precision.FLOAT64);
        try (Engine engine = Engine.start(2)) {
            TargetPredictions predictions = TargetPredictions.of(engine, network, examples);

            double squares = 0;
            for (int i = 0; i < COUNT; i++) {
                double[] outputs = PlainForward.logits(LAYERS, network.weights(), examples, i);
                double[] targets = new double[2];
                examples.copyTargets(i, targets, 0);
                for (int t = 0; t < 2; t++) {
                    assertThat(predictions.predicted(i, t)).isCloseTo(outputs[t], within(1e-14));
                    assertThat(predictions.actual(i, t)).isEqualTo(targets[t]);
                    squares += (outputs[t] - targets[t]) * (outputs[t] - targets[t]);
                }
            }
            assertThat(predictions.meanSquaredError()).isCloseTo(squares / (2 * COUNT), within(1e-13));
            double first = predictions.typicalError(0);
            double second = predictions.typicalError(1);
            assertThat((first * first + second * second) / 2)
                    .isCloseTo(predictions.meanSquaredError(), within(1e-13)); // targets are in their own units here
        }
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void errorIsWhatTheEvaluatorMeasuresWithAnyNumberOfThreads() {
        Examples examples = examples();
        Network network = network(Precision.FLOAT32);
        Dataset data = new Dataset("random", new ImageShape(1, 1, 3), examples, examples);
        double[] errors = new double[2];
        for (int threads = 1; threads <= 2; threads++) {
            try (Engine engine = Engine.start(threads)) {
                errors[threads - 1] =
                        TargetPredictions.of(engine, network, examples).meanSquaredError();

                double measured =
                        new Evaluator(engine, data, 2).measure(network).testLoss();
                // the evaluator multiplies in another order: float32, relative to a loss of size 1
                assertThat(errors[threads - 1]).isCloseTo(measured, within(1e-6));
            }
        }
        assertThat(errors[1]).isEqualTo(errors[0]);
    }

    @Test
    void labelsAndOtherSizesAreRefused() {
        Examples labelled = SmallProblem.examples(5, 3, 2, 1);
        Network wide = SmallProblem.network(Architecture.parse("linear(4,2)"), Precision.FLOAT32, 1);
        try (Engine engine = Engine.start(1)) {
            assertThatExceptionOfType(MismatchException.class)
                    .isThrownBy(() -> TargetPredictions.of(engine, network(Precision.FLOAT32), labelled))
                    .withMessage("predicting numbers needs real targets, but these examples have labels.");
            assertThatExceptionOfType(MismatchException.class)
                    .isThrownBy(() -> TargetPredictions.of(engine, wide, examples()))
                    .withMessageContaining("does not fit data of 3 features and 2 targets");
        }
    }
}
