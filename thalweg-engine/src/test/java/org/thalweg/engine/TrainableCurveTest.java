package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Curve;

class TrainableCurveTest {
    private static final Architecture DEEP = Architecture.named("mlp-4-5", 6, 3);
    private static final Examples EXAMPLES = SmallProblem.examples(11, 6, 3, 7);

    private static List<Weights> networks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SmallProblem.network(DEEP, Precision.FLOAT64, i).weights())
                .toList();
    }

    private static List<Weights> zeros(int count) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        DEEP.parameters().forEach((name, shape) -> zeros.put(name, Tensor.owning(shape, new double[shape.elements()])));
        return IntStream.range(0, count).mapToObj(i -> Weights.of(zeros)).toList();
    }

    private static Weights sum(List<Weights> controls, double[] coefficients) {
        Map<String, Tensor> sums = new LinkedHashMap<>();
        DEEP.parameters().forEach((name, shape) -> {
            double[] sum = new double[shape.elements()];
            for (int j = 0; j < coefficients.length; j++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += coefficients[j] * controls.get(j).get(name).get(i);
                }
            }
            sums.put(name, Tensor.owning(shape, sum));
        });
        return Weights.of(sums);
    }

    /** Returns the same controls with value {@code i} of one tensor of control {@code j} moved by {@code step}. */
    private static List<Weights> moved(List<Weights> controls, int j, String name, int i, double step) {
        double[] values = controls.get(j).get(name).toDoubles();
        values[i] += step;
        Map<String, Tensor> tensors = new LinkedHashMap<>(controls.get(j).asMap());
        tensors.put(name, Tensor.owning(controls.get(j).get(name).shape(), values));
        return IntStream.range(0, controls.size())
                .mapToObj(other -> other == j ? Weights.of(tensors) : controls.get(other))
                .toList();
    }

    /** Mean loss at ψ(t), and half the decay times its squared norm. */
    private static double objective(List<Weights> controls, double[] coefficients, double decay) {
        Weights point = sum(controls, coefficients);
        double squares = 0;
        for (Tensor tensor : point.asMap().values()) {
            for (double w : tensor.toDoubles()) {
                squares += w * w;
            }
        }
        return PlainForward.score(DEEP, point, EXAMPLES).loss() + decay / 2 * squares;
    }

    private static double step(TrainableCurve curve, double[] coefficients, Descent descent) {
        try (Scope scope = Scope.open()) {
            DeviceTensor inputs = Blocks.inputs(EXAMPLES, 0, EXAMPLES.count(), Precision.FLOAT64);
            return curve.step(
                    inputs,
                    Scoring.of(EXAMPLES, 0, EXAMPLES.count(), Precision.FLOAT64),
                    coefficients,
                    descent,
                    new SplittableRandom(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"chain(3), 0.3", "chain(3), 0.5", "chain(5), 0.4", "bezier(3), 0.2", "bezier(4), 0.85"})
    void gradientsOfControlsAreThoseOfFiniteDifferences(String text, double t) {
        Curve curve = Curve.parse(text);
        double[] c = new double[curve.controls()];
        curve.coefficients(t, c);
        List<Weights> controls = networks(c.length);
        double decay = 0.1;
        double rate = 0.5;
        List<Weights> after;
        try (Engine engine = Engine.start(1);
                TrainableCurve trained = new TrainableCurve(engine, DEEP, controls, zeros(c.length - 2))) {
            double loss = engine.alone(() -> step(trained, c, new Descent(rate, 0, decay)));
            after = trained.inner();
            assertThat(loss).isCloseTo(objective(controls, c, 0), within(1e-12));
        }

        double h = 1e-5; // central differences: error h² times the third derivative, and 1e-16 / h of rounding
        for (int j = 1; j < c.length - 1; j++) {
            for (String name : DEEP.parameters().keySet()) {
                for (int i = 0; i < controls.get(j).get(name).shape().elements(); i++) {
                    double gradient = (controls.get(j).get(name).get(i)
                                    - after.get(j - 1).get(name).get(i))
                            / rate;
                    double difference = (objective(moved(controls, j, name, i, h), c, decay)
                                    - objective(moved(controls, j, name, i, -h), c, decay))
                            / (2 * h);
                    assertThat(gradient)
                            .as("%s of control %d, value %d", name, j, i)
                            .isCloseTo(difference, within(1e-8));
                }
            }
        }
    }

    /** Where one control has all the weight it must move as a network does: through 300 steps the momentum is put off twice. */
    @ParameterizedTest
    @CsvSource({"0", "0.5", "0.9"})
    void aControlAloneMovesAsANetworkDoes(double momentum) {
        List<Weights> controls = networks(3);
        List<Weights> zeros = zeros(1);
        double[] middle = {0, 1, 0};
        try (Engine engine = Engine.start(1);
                TrainableCurve curve = new TrainableCurve(engine, DEEP, controls, zeros);
                TrainableNetwork network = new TrainableNetwork(engine, DEEP, controls.get(1), zeros.get(0))) {
            engine.alone(() -> {
                for (int i = 0; i < 300; i++) {
                    step(curve, middle, new Descent(0.05, momentum, 1e-3));
                    DeviceTensor inputs = Blocks.inputs(EXAMPLES, 0, EXAMPLES.count(), Precision.FLOAT64);
                    network.step(
                            inputs,
                            Scoring.of(EXAMPLES, 0, EXAMPLES.count(), Precision.FLOAT64),
                            new Descent(0.05, momentum, 1e-3),
                            new SplittableRandom(1));
                }
                return 0;
            });

            for (String name : DEEP.parameters().keySet()) {
                assertThat(curve.inner().get(0).get(name).toDoubles())
                        .as(name)
                        .containsExactly(network.weights().get(name).toDoubles(), within(1e-11));
                assertThat(curve.velocities().get(0).get(name).toDoubles())
                        .as("velocity of " + name)
                        .containsExactly(network.velocities().get(name).toDoubles(), within(1e-11));
            }
        }
    }

    @Test
    void controlsThatDoNotCountGoOnByTheirMomentum() {
        List<Weights> controls = networks(4);
        List<Weights> velocities = networks(2);
        try (Engine engine = Engine.start(1);
                TrainableCurve curve = new TrainableCurve(engine, DEEP, controls, velocities)) {
            engine.alone(() -> step(curve, new double[] {0.2, 0.8, 0, 0}, new Descent(0.1, 0.5, 0)));

            double[] w = controls.get(2).get("0.weight").toDoubles();
            double[] v = velocities.get(1).get("0.weight").toDoubles();
            double[] moved = curve.inner().get(1).get("0.weight").toDoubles();
            for (int i = 0; i < w.length; i++) {
                assertThat(moved[i]).isCloseTo(w[i] - 0.1 * 0.5 * v[i], within(1e-15));
            }
        }
    }

    @Test
    void aLossThatIsNotFiniteMovesNothing() {
        Tensor bad = Tensor.owning(Shape.of(3), new double[] {Double.NaN, 0, 0});
        Map<String, Tensor> tensors = new LinkedHashMap<>(networks(1).get(0).asMap());
        tensors.put("4.bias", bad);
        List<Weights> controls =
                List.of(networks(1).get(0), Weights.of(tensors), networks(1).get(0));
        try (Engine engine = Engine.start(1);
                TrainableCurve curve = new TrainableCurve(engine, DEEP, controls, zeros(1))) {
            double loss = engine.alone(() -> step(curve, new double[] {0.5, 0.5, 0}, new Descent(0.1, 0.9, 0)));

            assertThat(loss).isNaN();
            assertThat(curve.inner()).isEqualTo(controls.subList(1, 2));
        }
    }

    @Test
    void everyInnerControlNeedsAVelocity() {
        Engine engine = Engine.start(1);
        engine.close();
        assertThatThrownBy(() -> new TrainableCurve(engine, DEEP, networks(3), zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a curve of 3 controls and 2 velocities");
        assertThat(Engine.liveBytes()).isZero();
    }
}
