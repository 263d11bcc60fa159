package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

class DeviceTensorTest {
    private final Scope scope = openScope();

    private static Scope openScope() {
        Engine.start(1).close(); // loads the natives
        return Scope.open();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource
    void valuesComeBackBitForBitInTheirPrecision(Precision precision) {
        double[] values = {0.1, -0.0, 1e-30, 3, 1e30, -7};
        Tensor tensor = Tensor.rounded(Shape.of(3, 2), values, precision);

        DeviceTensor device = DeviceTensor.of(tensor);

        assertThat(device.precision()).isEqualTo(precision);
        assertThat(device.toTensor()).isEqualTo(tensor);
        assertThat(device.transposed().transposed().toTensor()).isEqualTo(tensor);
        assertThat(device.to(precision)).isSameAs(device);
    }

    @Test
    void bytesAreUnsigned() {
        DeviceTensor pixels = DeviceTensor.ofUnsigned(new byte[] {0, 1, -1, -128}, Precision.FLOAT64, 2, 2);

        assertThat(pixels.toDoubles()).containsExactly(0, 1, 255, 128);
    }

    @Test
    void viewsShareMemoryAndCopiesDoNot() {
        DeviceTensor matrix = DeviceTensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        DeviceTensor copy = matrix.transposed().copied();

        matrix.narrow(1, 1, 1).scaleInPlace(10);

        assertThat(matrix.toDoubles()).containsExactly(1, 20, 3, 4, 50, 6);
        assertThat(copy.toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
    }
}
