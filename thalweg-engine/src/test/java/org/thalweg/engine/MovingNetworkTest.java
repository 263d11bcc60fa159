package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Track;

class MovingNetworkTest {
    private static final int COUNT = 6;
    private static final List<Double> PLACES = List.of(0.0, 0.3, 0.5, 1.0);

    /** Sums of at most 200 products of values near 1 round to within 200 ulp of 4 in float64. */
    private static final double CLOSE = 200 * 4 * 0x1p-52;

    private static Weights weights(Architecture architecture, long seed) {
        return SmallProblem.network(architecture, Precision.FLOAT64, seed).weights();
    }

    /** Returns an arc in every tensor, the mean in place of every unit's vector; statistics go straight. */
    private static Map<String, Track> arcs(Architecture architecture, Weights a, Weights b) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        a.asMap().forEach((name, start) -> {
            int[] mean = start.shape().toArray();
            mean[0] = 1;
            Shape shape = Shape.of(mean);
            double[] values = new double[shape.elements()];
            Arrays.setAll(values, i -> 0.1 * (i + 1) / values.length);
            tracks.put(
                    name,
                    architecture.buffers().containsKey(name)
                            ? Track.linear(start, b.get(name))
                            : new Track(ArcCurve.ARC, List.of(start, b.get(name), Tensor.owning(shape, values))));
        });
        return tracks;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(5,4) relu linear(4,3)",
                "linear(5,4,nobias) batchnorm(4) dropout(0.5) relu linear(4,3)",
                "input(3,7,5) conv(3,4,3,pad=1) relu maxpool(2) conv(4,5,3,pad=1,nobias) relu flatten linear(30,3)",
                "input(2,5,5) conv(2,4,2) batchnorm(4) relu flatten linear(64,3)"
            })
    void everyPlaceIsTheNetworkThere(String text) {
        Architecture architecture = Architecture.parse(text);
        Map<String, Track> tracks = arcs(architecture, weights(architecture, 1), weights(architecture, 2));
        CurveLeg leg = new CurveLeg("curve", tracks);
        Examples examples = SmallProblem.examples(COUNT, architecture.inputs(), architecture.outputs(), 3);
        int layers = architecture.layers().size();

        try (Engine engine = Engine.start(1)) {
            engine.alone(() -> {
                DeviceTensor inputs = Blocks.inputs(examples, 0, COUNT, Precision.FLOAT64);
                double[] before = inputs.toDoubles();
                MovingNetwork moving =
                        new MovingNetwork(architecture.affine().get(0), layers, architecture, tracks, PLACES);
                DeviceTensor x = DeviceNetwork.asFirstLayerTakes(inputs, architecture);
                moving.run(moving.terms(x), (place, values) -> {
                    double[] found = values.toDoubles();
                    double[] expected = DeviceNetwork.load(architecture, leg.at(PLACES.get(place)))
                            .logits(inputs)
                            .toDoubles();
                    assertThat(found).hasSameSizeAs(expected);
                    for (int i = 0; i < expected.length; i++) {
                        assertThat(found[i])
                                .as("value %d at s = %s", i, PLACES.get(place))
                                .isCloseTo(expected[i], within(CLOSE));
                    }
                });
                assertThat(inputs.toDoubles()).containsExactly(before);
                return 0;
            });
        }
    }
}
