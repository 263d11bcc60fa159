package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

class AlignmentTest {
    private static final Architecture DEEP =
            Architecture.parse("input(2,6,6) stem: conv(2,4,3,pad=1) batchnorm(4) relu "
                    + "maxpool(2) conv(4,5,3) relu flatten head: linear(5,6) relu linear(6,3)");

    private static Weights weights(Precision precision) {
        return SmallProblem.network(DEEP, precision, 1).weights();
    }

    private static Alignment turned() {
        Map<Integer, Permutation> orders = new HashMap<>();
        for (UnitGroup group : DEEP.unitGroups()) {
            int[] order = new int[group.size()];
            Arrays.setAll(order, i -> (i + 1) % order.length);
            orders.put(group.layer(), Permutation.of(order));
        }
        return new Alignment(DEEP, orders);
    }

    private static ConnectContext context(Engine engine, Optional<Examples> train) {
        return new ConnectContext(engine, train, ConnectSettings.DEFAULTS);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allLayersAreReListedAtOnce(Precision precision) {
        Weights before = weights(precision);
        Weights expected = before;
        for (UnitGroup group : DEEP.unitGroups()) {
            expected = group.relist(
                    expected, Objects.requireNonNull(turned().orders().get(group.layer())));
        }
        try (Engine engine = Engine.start(1)) {
            Optional<Examples> train = Optional.of(SmallProblem.examples(40, DEEP.inputs(), 3, 2));

            assertThat(turned().applied(before, context(engine, train)))
                    .isEqualTo(expected)
                    .isNotEqualTo(before);
            assertThat(turned().applied(before, context(engine, Optional.empty())))
                    .isEqualTo(expected);
        }
        assertThat(Engine.liveBytes()).isZero();
    }

    /** What a wrong set of groups would do: one tensor does not follow the units. */
    @ParameterizedTest
    @CsvSource({
        "stem.0.bias, stem.0",
        "stem.1.weight, stem.1",
        "stem.1.running_mean, stem.1",
        "stem.4.weight, stem.4",
        "head.0.weight, head.0",
        "head.2.weight, head.2"
    })
    void theFirstLayerThatDiffersIsNamed(String forgotten, String layer) {
        Weights before = weights(Precision.FLOAT32);
        try (Engine engine = Engine.start(1)) {
            ConnectContext context = context(engine, Optional.empty());
            Map<String, Tensor> wrong =
                    new LinkedHashMap<>(turned().applied(before, context).asMap());
            wrong.put(forgotten, before.get(forgotten));

            assertThatIllegalStateException()
                    .isThrownBy(() -> turned().requireSame(before, Weights.of(wrong), context))
                    .withMessageContaining("changed what layer " + layer + " (");
        }
    }

    @Test
    void unitsOfAGroupNormStayWhereTheyAre() {
        Architecture tied = Architecture.parse("linear(2,4) groupnorm(2,4) relu linear(4,2)");
        Alignment alignment = new Alignment(tied, Map.of(0, Permutation.of(1, 0, 2, 3)));
        Weights weights = SmallProblem.network(tied, Precision.FLOAT32, 1).weights();
        try (Engine engine = Engine.start(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alignment.applied(weights, context(engine, Optional.empty())))
                    .withMessage(
                            "the units of layer 0 are tied to each other by a group norm and cannot be re-listed.");
        }
    }
}
