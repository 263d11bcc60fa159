package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Precision;

class ScopeTest {
    private static final long BYTES = 4 * 6; // of 6 floats

    @BeforeAll
    static void loadNatives() {
        Engine.start(1).close();
    }

    private static DeviceTensor six() {
        return DeviceTensor.zeros(Precision.FLOAT32, 2, 3);
    }

    @Test
    void closingFreesWhatWasMadeInside() {
        long before = Engine.liveBytes();
        try (Scope scope = Scope.open()) {
            six();
            six();
            assertThat(Engine.liveBytes()).isEqualTo(before + 2 * BYTES);
        }
        assertThat(Engine.liveBytes()).isEqualTo(before);
    }

    @Test
    void tensorCannotBeMadeOutsideEveryScope() {
        assertThatThrownBy(ScopeTest::six)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside every Scope");
    }

    @Test
    void tensorCannotBeUsedAfterItsScope() {
        DeviceTensor tensor;
        try (Scope scope = Scope.open()) {
            tensor = six();
        }

        assertThatThrownBy(tensor::toDoubles)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("used after its scope was closed");
    }

    @Test
    void keptTensorBelongsToTheOuterScope() {
        long before = Engine.liveBytes();
        try (Scope outer = Scope.open()) {
            DeviceTensor kept;
            try (Scope inner = Scope.open()) {
                kept = inner.keep(six());
                six();
            }
            assertThat(kept.shiftInPlace(1).toDoubles()).containsOnly(1.0);
            assertThat(Engine.liveBytes()).isEqualTo(before + BYTES);
        }
        assertThat(Engine.liveBytes()).isEqualTo(before);
    }

    @Test
    void tensorKeptByTheOutermostScopeIsTheCallersToClose() {
        long before = Engine.liveBytes();
        DeviceTensor kept;
        try (Scope scope = Scope.open()) {
            kept = scope.keep(six());
        }
        assertThat(kept.extent(1)).isEqualTo(3);
        assertThat(Engine.liveBytes()).isEqualTo(before + BYTES);

        kept.close();
        kept.close(); // the second does nothing

        assertThat(Engine.liveBytes()).isEqualTo(before);
    }

    @Test
    void tensorOfAnotherScopeCannotBeKept() {
        try (Scope outer = Scope.open()) {
            DeviceTensor tensor = six();
            try (Scope inner = Scope.open()) {
                assertThatThrownBy(() -> inner.keep(tensor)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void scopesAreClosedInReverseOrder() {
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                assertThatThrownBy(outer::close)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("reverse order");
            }
        }
    }
}
