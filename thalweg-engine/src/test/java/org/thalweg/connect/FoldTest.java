package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.network.Precision;

class FoldTest {
    /** Twenty examples that are their own place. */
    private static Examples numbered() {
        double[] inputs = new double[20];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i;
        }
        return Examples.of(inputs, new int[20], 1, 2);
    }

    private static List<Integer> places(Fold fold) {
        return Engine.here(() -> {
            List<Integer> places = new ArrayList<>();
            for (double value : fold.inputs(0, fold.count(), Precision.FLOAT64).toDoubles()) {
                places.add((int) value);
            }
            return places;
        });
    }

    @Test
    void everySixthExampleIsHeldOut() {
        assertThat(places(Fold.of(Fold.Kind.HELD_OUT, numbered()))).containsExactly(5, 11, 17);
        assertThat(places(Fold.of(Fold.Kind.KEPT, numbered()))).hasSize(17).doesNotContain(5, 11, 17);
        assertThat(places(Fold.of(Fold.Kind.ALL, numbered()))).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource
    void partsHaveTogetherWhatTheWholeHas(Fold.Kind kind) {
        Examples all = numbered();
        List<Integer> together = new ArrayList<>();
        together.addAll(places(Fold.of(kind, all.range(0, 7), 0)));
        together.addAll(places(Fold.of(kind, all.range(7, 12), 7)));
        together.addAll(places(Fold.of(kind, all.range(12, 20), 12)));

        assertThat(together).isEqualTo(places(Fold.of(kind, all)));
    }

    @Test
    void someExamplesAreEvenlySpread() {
        Fold kept = Fold.of(Fold.Kind.KEPT, numbered());

        assertThat(places(kept.spread(5))).containsExactly(0, 3, 7, 12, 15);
        assertThat(places(kept.spread(100))).isEqualTo(places(kept));
    }
}
