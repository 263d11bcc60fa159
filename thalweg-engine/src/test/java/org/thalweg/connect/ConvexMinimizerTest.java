package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.thalweg.connect.ConvexMinimizer.Evaluation;
import org.thalweg.connect.ConvexMinimizer.Minimum;

class ConvexMinimizerTest {
    /** F(w) = Σ_i f(w_i − i) for one f. */
    private record Sum(DoubleUnaryOperator f, DoubleUnaryOperator slope, double convexity)
            implements ConvexMinimizer.Objective {
        @Override
        public Evaluation at(Vector w) {
            double[] values = w.toArray();
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += f.applyAsDouble(values[i] - i);
                values[i] = slope.applyAsDouble(values[i] - i);
            }
            return new Evaluation(sum, Vector.owning(values));
        }

        @Override
        public Vector representable(Vector w) {
            return w;
        }
    }

    /** Returns {@code factor} times the gradient: no knowledge but a scale. */
    private static ConvexMinimizer.Preconditioner scale(double factor) {
        return new ConvexMinimizer.Preconditioner() {
            @Override
            public void moveTo(Vector w) {}

            @Override
            public Vector apply(Vector gradient) {
                return gradient.times(factor);
            }
        };
    }

    private static final Sum PARABOLAS = new Sum(x -> 2 * x * x, x -> 4 * x, 4);
    private static final Sum COSHES = new Sum(Math::cosh, Math::sinh, 1);

    @Test
    void exactPreconditionerNeedsOneStep() {
        Minimum minimum = new ConvexMinimizer(PARABOLAS, scale(0.25), 1e-12).minimise(Vector.owning(new double[5]));

        assertThat(minimum.w().toArray()).containsExactly(0, 1, 2, 3, 4);
        assertThat(minimum.evaluations()).isEqualTo(2);
        assertThat(minimum.certificate()).isZero();
    }

    @Test
    void stepsThatOvershootAreCut() {
        Minimum minimum =
                new ConvexMinimizer(COSHES, scale(1e3), 1e-12).minimise(Vector.owning(new double[] {9, -8, 7, -6, 5}));

        assertThat(minimum.w().toArray()).containsExactly(new double[] {0, 1, 2, 3, 4}, within(1e-5));
        assertThat(minimum.value()).isCloseTo(5, within(1e-12));
    }

    @Test
    void stepsThatAreTooShortAreMadeLonger() {
        Minimum minimum = new ConvexMinimizer(PARABOLAS, scale(1e-4), 1e-12).minimise(Vector.owning(new double[5]));

        assertThat(minimum.certificate()).isLessThanOrEqualTo(1e-12);
        assertThat(minimum.evaluations()).isLessThan(10);
    }

    @Test
    void startAtTheMinimumIsReturned() {
        Vector start = Vector.owning(new double[] {0, 1, 2});

        Minimum minimum = new ConvexMinimizer(COSHES, scale(1), 1e-12).minimise(start);

        assertThat(minimum.w()).isSameAs(start);
        assertThat(minimum.evaluations()).isEqualTo(1);
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        Sum broken = new Sum(x -> Double.NaN, x -> x, 1);

        assertThatThrownBy(() -> new ConvexMinimizer(broken, scale(1), 1e-12).minimise(Vector.owning(new double[2])))
                .isInstanceOf(NoConvergenceException.class)
                .hasMessageContaining("not within 1.0E-12");
    }
}
