package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Work;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

/** Costs of small methods, counted by hand. */
class WorkTest {
    private static final Architecture LAYERS =
            Architecture.parse("linear(10,6) relu linear(6,4,nobias) relu linear(4,3)");

    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private Optional<Work> cost(String method) {
        return cost(method, 3);
    }

    private Optional<Work> cost(String method, int knots) {
        Network network = SmallProblem.network(LAYERS, Precision.FLOAT64, 1);
        ConnectContext context = new ConnectContext(
                engine,
                Optional.of(SmallProblem.examples(100, 10, 3, 2)),
                new ConnectSettings(knots, 1e-6, GroundCost.WEIGHTS));
        return Methods.named(method).cost(Sizes.of(network, network, context));
    }

    @Test
    void straightLinesCostNothing() {
        assertThat(cost("linear")).contains(Work.NOTHING);
        assertThat(cost("arc")).contains(Work.NOTHING);
    }

    /** 20 epochs of 100 examples, forward and backward, 60 + 24 + 12 multiply-adds each. */
    @Test
    void trainedCurveCostsItsEpochs() {
        assertThat(cost("garipov-3").orElseThrow().layers()).isEqualTo(3.0 * 20 * 100 * 96);
    }

    /**
     * Four solves per transition. First: 6 unknowns; A's pre-activations take 60 + 24 per example, layer 1 runs once for each end
     * of its curve. Second: 5 unknowns with the bias; 96, layer 1 once more (60), and layer 2 (24) for each end.
     */
    @Test
    void weightAdjustmentCostsItsSolves() {
        Work cost = cost("linear+wa", 5).orElseThrow();

        assertThat(cost.layers()).isEqualTo(100 * (84 + 2 * 60) + 100 * (96 + 60 + 2 * 24));
        double first = 100 * 36 / 2.0 + 2 * 100 * 6 * 4 + 216 / 6.0 + 36 * 4;
        double second = 100 * 25 / 2.0 + 2 * 100 * 5 * 3 + 125 / 6.0 + 25 * 3;
        assertThat(cost.products()).isEqualTo(4 * first + 4 * second);
        assertThat(cost.recomputes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ot, linear", "ot+butterfly, linear+butterfly", "ot+wa, linear+wa"})
    void matchingCostsMore(String matched, String plain) {
        assertThat(cost(matched).orElseThrow().multiplyAdds())
                .isGreaterThan(cost(plain).orElseThrow().multiplyAdds());
    }

    /** Nine refits, each with a pass below the output layer, 60 + 24 per example, and 14 products of its 12 weights. */
    @Test
    void convexAdjustmentCostsItsRefitsBesideItsBase() {
        Work cost = cost("linear+ca").orElseThrow();

        assertThat(cost.layers()).isEqualTo(9.0 * 100 * 84);
        assertThat(cost.products()).isEqualTo(9.0 * 100 * 14 * 12);
        assertThat(cost("linear+wa+ca")).contains(cost.plus(cost("linear+wa").orElseThrow()));
    }

    /** 10 · 6 + 6 · 4 distances and searches twice; then the fits of the largest refinement, 15 slots and 7. */
    @Test
    void otherWidthsCostTheirTransportsAndTheRefinement() {
        Network a = SmallProblem.network(LAYERS, Precision.FLOAT64, 1);
        Architecture wider = Architecture.parse("linear(10,6) relu linear(6,5,nobias) relu linear(5,3)");
        Network b = SmallProblem.network(wider, Precision.FLOAT64, 2);
        Architecture largest = Architecture.parse("linear(10,6) relu linear(6,8,nobias) relu linear(8,3)");
        Network refined = SmallProblem.network(largest, Precision.FLOAT64, 3);
        ConnectContext context =
                new ConnectContext(engine, Optional.of(SmallProblem.examples(100, 10, 3, 2)), ConnectSettings.DEFAULTS);

        Work cost = Methods.named("ot+wa").cost(Sizes.of(a, b, context)).orElseThrow();

        double transports = 6 * 6 * (16.0 + 6 + 6) + 4 * 5 * (9.0 + 4 + 5);
        Work of =
                Methods.named("ot+wa").cost(Sizes.of(refined, refined, context)).orElseThrow();
        assertThat(cost.multiplyAdds()).isEqualTo(of.multiplyAdds() + transports);
    }
}
