package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.Recipe;

class MethodCheckTest {
    /** What is said must be what happens: every method is tried on every kind of network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(4,3)",
                "linear(4,5) relu linear(5,3)",
                "linear(4,5) relu linear(5,6) relu linear(6,3)",
                "linear(4,6) groupnorm(2,6) relu linear(6,3)",
                "linear(4,5) batchnorm(5) relu linear(5,3)",
                "input(1,4,4) conv(1,4,3,pad=1) relu maxpool(2) flatten linear(16,5) relu linear(5,3)"
            })
    void answersAreWhatConnectorsDo(String text) {
        requireAnswersOf(Architecture.parse(text), Architecture.parse(text));
    }

    @Test
    void answersAreWhatConnectorsDoWithOtherWidths() {
        requireAnswersOf(
                Architecture.parse("linear(4,5) relu linear(5,3)"), Architecture.parse("linear(4,2) relu linear(2,3)"));
        requireAnswersOf(
                Architecture.parse("linear(4,5) relu linear(5,3) relu linear(3,3)"),
                Architecture.parse("linear(4,2) relu linear(2,3) relu linear(3,3)"));
    }

    private static void requireAnswersOf(Architecture ofA, Architecture ofB) {
        for (Precision precision : Precision.values()) {
            Network a = SmallProblem.network(ofA, precision, 1);
            Network b = SmallProblem.network(ofB, precision, 2);
            Examples train = SmallProblem.examples(40, ofA.inputs(), ofA.outputs(), 3);
            CurveSettings short_ =
                    new CurveSettings(new Recipe(1, 0.01, 0.9, 0, 20), CurveSettings.DEFAULTS.positions());
            ConnectSettings settings =
                    new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS, short_, ConvexSettings.DEFAULTS);
            try (Engine engine = Engine.start(1)) {
                ConnectContext context = new ConnectContext(engine, Optional.of(train), settings);
                for (MethodCheck.Answer answer : new MethodCheck(Sizes.of(a, b, context)).answers()) {
                    assertThat(failure(answer.method(), a, b, context).isPresent())
                            .as(answer + " of " + ofA.text() + " and " + ofB.text() + " in " + precision)
                            .isEqualTo(answer.obstacle().isPresent());
                }
            }
        }
    }

    private static Optional<String> failure(String method, Network a, Network b, ConnectContext context) {
        try {
            context.engine().alone(() -> Methods.named(method).connect(a, b, context));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
