package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;

/** Sums that are taken part by part, as on a cluster, give the path of one machine. */
class ExampleSumsTest {
    private static final String DENSE = "linear(7,13) relu linear(13,4)";
    private static final String DEEP = "linear(6,9) relu linear(9,5,nobias) relu linear(5,3)";
    private static final String CONVOLUTIONS =
            "input(2,6,6) conv(2,4,3,pad=1) relu maxpool(2) conv(4,5,3,pad=1) relu flatten linear(45,3)";

    /** Parts in one process; whatever goes to a part or comes back is serialized. */
    private static final class Parts implements ExampleSums {
        private final Engine engine;
        private final Examples train;
        private final int parts;
        private int taken;

        Parts(Engine engine, Examples train, int parts) {
            this.engine = engine;
            this.train = train;
            this.parts = parts;
        }

        @Override
        public <T extends Serializable> T of(PartialSum<T> sum) {
            taken++;
            List<T> found = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                int first = train.count() * i / parts;
                Examples part = train.range(first, train.count() * (i + 1) / parts);
                found.add(copy(copy(sum).over(engine, part, first)));
            }
            return found.stream().reduce(sum::plus).orElseThrow();
        }

        @SuppressWarnings("unchecked") // a copy is of the type of its original
        private static <T extends Serializable> T copy(T original) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(original);
                }
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                    return (T) in.readObject();
                }
            } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Path path(
            Engine engine, String method, Network a, Network b, Examples train, Optional<Parts> parts) {
        ConnectContext context = new ConnectContext(
                engine,
                Optional.of(train),
                new ConnectSettings(4, 1e-6, GroundCost.WEIGHTS),
                new Seed(0),
                Checkpoints.NONE,
                parts.map(some -> some));
        return engine.alone(() -> Methods.named(method).connect(a, b, context));
    }

    private static double distance(Weights one, Weights other) {
        return Math.sqrt(one.asMap().entrySet().stream()
                .mapToDouble(tensor -> tensor.getValue().squaredDistance(other.get(tensor.getKey())))
                .sum());
    }

    private static double norm(Weights weights) {
        return Math.sqrt(weights.asMap().values().stream()
                .mapToDouble(tensor -> {
                    double sum = 0;
                    for (double value : tensor.toDoubles()) {
                        sum += value * value;
                    }
                    return sum;
                })
                .sum());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "linear+wa | FLOAT64 | " + DENSE,
                "ot+wa     | FLOAT64 | " + DENSE,
                "ot+wa     | FLOAT32 | " + DENSE,
                "arc+wa    | FLOAT64 | " + DEEP,
                "ot+wa     | FLOAT64 | " + DEEP,
                "linear+wa | FLOAT64 | " + CONVOLUTIONS,
                "ot+ca     | FLOAT64 | " + DENSE,
                "ot+wa+ca  | FLOAT64 | " + DEEP,
                "linear+ca | FLOAT64 | " + CONVOLUTIONS,
            })
    void pathOfPartsIsThatOfTheWhole(String method, Precision precision, String layers) {
        Architecture architecture = Architecture.parse(layers);
        Network a = SmallProblem.network(architecture, precision, 1);
        Network b = SmallProblem.network(architecture, precision, 2);
        Examples train = SmallProblem.data(architecture, 300, 20, 3).train();
        try (Engine engine = Engine.start(2)) {
            Path whole = path(engine, method, a, b, train, Optional.empty());
            Parts parts = new Parts(engine, train, 3);

            Path summed = path(engine, method, a, b, train, Optional.of(parts));

            assertThat(parts.taken).isPositive();
            assertThat(summed.legs()).hasSameSizeAs(whole.legs());
            double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-5;
            for (int leg = 0; leg < whole.legs().size(); leg++) {
                for (double s : List.of(0.0, 0.4, 1.0)) {
                    Weights expected = whole.legs().get(leg).at(s);
                    assertThat(distance(summed.legs().get(leg).at(s), expected)).isLessThan(tolerance * norm(expected));
                }
            }
        }
    }

    /** Of a convolution only some columns of some examples are used: the same ones, whichever part they are in. */
    @Test
    void partsUseTheColumnsOfTheWhole() {
        Architecture architecture = Architecture.parse("input(1,20,20) conv(1,2,3,pad=1) relu flatten linear(800,2)");
        ColumnSample sample =
                ColumnSample.of(architecture, architecture.affine().get(0), 4001);
        assertThat(sample.taken()).isLessThan(4001);

        for (int example : new int[] {0, 1, 17, 1000, 4000, 4001}) {
            int before = 0;
            for (int index : sample.indices(0, sample.taken())) {
                before += index < example ? 1 : 0;
            }
            assertThat(sample.before(example)).isEqualTo(before);
        }
    }
}
