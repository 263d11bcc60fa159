package org.thalweg.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class NeuronMapTest {
    private static final int N = 5; // columns
    private static final double STEP = 1e-6; // of central differences: error about 1e-10, of rounding and of the cube

    private Engine engine;
    private Scope scope;

    @BeforeEach
    void open() {
        engine = Engine.start(1);
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
        engine.close();
        assertThat(Engine.liveBytes()).isZero();
    }

    /** What one test works on. */
    private record Case(MapShape shape, DeviceValues values, NeuronMap map) {
        static Case of(MapKind kind) {
            MapShape shape = SmallMap.shape(kind);
            DeviceValues values = SmallMap.values(shape, 1);
            return new Case(shape, values, new NeuronMap(shape, values, SmallMap.HALVES));
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    @ParameterizedTest
    @EnumSource
    void inverseUndoesTheMap(MapKind kind) {
        Case c = Case.of(kind);
        DeviceTensor x = SmallMap.columns(7, N, 2);

        DeviceTensor back = c.map()
                .inverse(c.map().forward(x).noise(), SmallMap.zeros(c.shape(), N))
                .output();

        assertThat(back.toDoubles()).containsExactly(x.toDoubles(), within(1e-11)); // conditions of about 100
        c.values().close();
    }

    @ParameterizedTest
    @EnumSource
    void theInverseHasTheNegativeLogDeterminant(MapKind kind) {
        Case c = Case.of(kind);
        NeuronMap.Trace trace = c.map().forward(SmallMap.columns(7, N, 2));
        double[] back = c.map()
                .inverse(trace.noise(), SmallMap.zeros(c.shape(), N))
                .logDeterminant()
                .times(-1.0)
                .toDoubles();

        assertThat(back).containsExactly(trace.passage().logDeterminant().toDoubles(), within(1e-10));
        c.values().close();
    }

    @ParameterizedTest
    @EnumSource
    void logDeterminantIsThatOfTheJacobian(MapKind kind) {
        Case c = Case.of(kind);
        DeviceTensor x = SmallMap.columns(7, 1, 4);
        NeuronMap.Trace trace = c.map().forward(x);
        double[][] byGradients = new double[7][];
        double[][] byDifferences = new double[7][];
        for (int i = 0; i < 7; i++) {
            double[] unit = new double[7];
            unit[i] = 1;
            byGradients[i] = trace.passage()
                    .back()
                    .run(DeviceTensor.of(unit, 7, 1), 0, Gradients.NONE)
                    .toDoubles(); // row i of the Jacobian
            DeviceTensor step = DeviceTensor.of(unit, 7, 1).times(STEP);
            byDifferences[i] = c.map()
                    .forward(x.plus(step))
                    .noise()
                    .minus(c.map().forward(x.minus(step)).noise())
                    .times(0.5 / STEP)
                    .toDoubles(); // column i
        }
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                assertThat(byGradients[i][j]).isCloseTo(byDifferences[j][i], within(1e-7));
            }
        }
        assertThat(trace.passage().logDeterminant().total())
                .isCloseTo(Math.log(Math.abs(determinant(byGradients))), within(1e-10));
        c.values().close();
    }

    /** By elimination with pivots. */
    private static double determinant(double[][] matrix) {
        double product = 1;
        for (int k = 0; k < matrix.length; k++) {
            int pivot = k;
            for (int i = k + 1; i < matrix.length; i++) {
                pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
            }
            double[] row = matrix[pivot];
            matrix[pivot] = matrix[k];
            matrix[k] = row;
            product *= pivot == k ? row[k] : -row[k];
            for (int i = k + 1; i < matrix.length; i++) {
                double factor = matrix[i][k] / row[k];
                for (int j = k; j < matrix.length; j++) {
                    matrix[i][j] -= factor * row[j];
                }
            }
        }
        return product;
    }

    @Test
    void masksAreAutoregressive() {
        Case c = Case.of(MapKind.IAF);
        Conditioner conditioner = new Conditioner("1", c.values());
        double[] before = conditioner.run(SmallMap.columns(7, 1, 5)).output().toDoubles();
        for (int changed = 0; changed < 7; changed++) {
            double[] x = SmallMap.normal(7, 5);
            x[changed] += 10;
            double[] after = conditioner.run(DeviceTensor.of(x, 7, 1)).output().toDoubles();
            for (int i = 0; i < 14; i++) {
                if (i % 7 <= changed) {
                    assertThat(after[i]).isEqualTo(before[i]);
                }
            }
        }
        c.values().close();
    }

    @Test
    void everyEarlierCoordinateMayBeRead() {
        Map<String, Tensor> masks = new MapParameters(SmallMap.shape(MapKind.IAF)).masks();
        Tensor input = masks.getOrDefault("0.input.weight", Tensor.owning(Shape.of(0), new float[0])); // [9, 7]
        Tensor output = masks.getOrDefault("0.output.weight", input); // [14, 9]
        for (int i = 0; i < 14; i++) {
            for (int j = 0; j < 7; j++) {
                int ways = 0;
                for (int unit = 0; unit < 9; unit++) {
                    ways += (int) (output.get(i * 9 + unit) * input.get(unit * 7 + j));
                }
                assertThat(ways > 0).as("output %d reads %d", i, j).isEqualTo(j < i % 7);
            }
        }
    }

    @Test
    void fixedPointEqualsCoordinateByCoordinate() {
        Case c = Case.of(MapKind.IAF);
        TriangularSolve solve = new TriangularSolve(new Conditioner("0", c.values()), 1.5);
        DeviceTensor z = SmallMap.columns(7, N, 6);

        double[] iterated =
                solve.solve(z, DeviceTensor.zeros(Precision.FLOAT64, 7, N)).toDoubles();

        assertThat(iterated).containsExactly(solve.sequential(z).toDoubles(), within(1e-12));
        c.values().close();
    }

    @Test
    void anIterationThatOverflowsIsSolvedCoordinateByCoordinate() {
        MapShape shape = new MapShape(MapKind.IAF, 3, 1, 4, 10);
        Map<String, Tensor> steep =
                new LinkedHashMap<>(SmallMap.parameters(shape, 7).asMap());
        steep.replaceAll((name, tensor) -> name.endsWith(Conditioner.OUTPUT_WEIGHT) ? scaled(tensor, 1e300) : tensor);
        DeviceValues values = DeviceValues.of(Weights.of(steep), Precision.FLOAT64);
        TriangularSolve solve = new TriangularSolve(new Conditioner("0", values), 10);
        DeviceTensor z = DeviceTensor.zeros(Precision.FLOAT64, 3, 2);
        DeviceTensor guess = DeviceTensor.ones(Precision.FLOAT64, 3, 2).times(1e100);

        assertThat(solve.solve(z, guess).toDoubles())
                .containsExactly(solve.sequential(z).toDoubles());
        values.close();
    }

    private static Tensor scaled(Tensor tensor, double factor) {
        double[] values = tensor.toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.owning(tensor.shape(), values);
    }

    /** A scalar function of the map whose derivative by every parameter is compared with differences. */
    private interface Function {
        double of(NeuronMap map);
    }

    private void requireGradients(MapShape shape, Map<String, double[]> gradients, Function function) {
        Weights at = SmallMap.parameters(shape, 1);
        Map<String, Tensor> masks = new MapParameters(shape).masks();
        at.asMap().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.shape().elements(); i += 3) { // a third of them, all kinds
                if (masks.containsKey(name) && masks.getOrDefault(name, tensor).get(i) == 0) {
                    continue;
                }
                double difference =
                        (value(shape, at, name, i, STEP, function) - value(shape, at, name, i, -STEP, function))
                                / (2 * STEP);
                assertThat(gradients.getOrDefault(name, new double[0])[i])
                        .as("%s %d", name, i)
                        .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
            }
        });
    }

    private static double value(MapShape shape, Weights at, String name, int index, double step, Function function) {
        double[] values = at.get(name).toDoubles();
        values[index] += step;
        Map<String, Tensor> moved = new LinkedHashMap<>(at.asMap());
        moved.put(name, Tensor.owning(at.get(name).shape(), values));
        try (DeviceValues parameters = DeviceValues.of(Weights.of(moved), Precision.FLOAT64);
                Scope own = Scope.open()) {
            return function.of(new NeuronMap(shape, parameters, SmallMap.HALVES));
        }
    }

    private static Map<String, double[]> numbers(DeviceValues sums) {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        sums.asMap().forEach((name, tensor) -> numbers.put(name, tensor.toDoubles()));
        return numbers;
    }

    @ParameterizedTest
    @EnumSource
    void gradientOfTheLikelihoodIsThatOfDifferences(MapKind kind) {
        Case c = Case.of(kind);
        DeviceValues sums = SmallMap.values(c.shape(), 1);
        sums.clear();
        NeuronMap.Trace trace = c.map().forward(SmallMap.columns(7, N, 2));

        trace.passage().back().run(trace.noise().times(-1.0), 1, Gradients.into(sums.asMap()));

        requireGradients(
                c.shape(), numbers(sums), map -> LikelihoodPiece.logLikelihood(map.forward(SmallMap.columns(7, N, 2))));
        sums.close();
        c.values().close();
    }

    @ParameterizedTest
    @EnumSource
    void gradientThroughThePathIsThatOfDifferences(MapKind kind) {
        Case c = Case.of(kind);
        DeviceValues sums = SmallMap.values(c.shape(), 1);
        sums.clear();
        DeviceTensor factors = SmallMap.columns(7, N, 9);
        NeuronMap.Point point = c.map().between(SmallMap.columns(7, N, 2), SmallMap.columns(7, N, 3), 0.3);

        point.back().run(factors, 0, Gradients.into(sums.asMap()));

        requireGradients(
                c.shape(),
                numbers(sums),
                map -> map.between(SmallMap.columns(7, N, 2), SmallMap.columns(7, N, 3), 0.3)
                        .columns()
                        .product(SmallMap.columns(7, N, 9))
                        .total());
        sums.close();
        c.values().close();
    }

    @ParameterizedTest
    @EnumSource
    void anUntrainedMapMovesOnTheArc(MapKind kind) {
        MapShape shape = SmallMap.shape(kind);
        try (DeviceValues start =
                DeviceValues.of(new MapParameters(shape).start(new org.thalweg.data.Seed(5)), Precision.FLOAT64)) {
            DeviceTensor a = SmallMap.columns(7, N, 2);
            DeviceTensor b = SmallMap.columns(7, N, 3);

            DeviceTensor middle = new NeuronMap(shape, start, SmallMap.HALVES)
                    .between(a, b, 0.5)
                    .columns();

            double[] arc = a.plus(b).times(Math.sqrt(0.5)).toDoubles();
            assertThat(minus(middle.toDoubles(), arc)).containsOnly(new double[7 * N], within(1e-14));
        }
    }
}
