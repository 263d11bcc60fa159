package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.PathLength;

class PathLengthsTest {
    private static final Architecture NORM = Architecture.parse("linear(1,2,nobias) batchnorm(2) linear(2,1,nobias)");

    /** Weights that are 0 but for these. */
    private static Weights weights(double first, double mean) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        NORM.tensors().forEach((name, shape) -> tensors.put(name, Tensor.owning(shape, new double[shape.elements()])));
        tensors.put("0.weight", Tensor.owning(Shape.of(2, 1), new double[] {first, 0}));
        tensors.put("1.running_mean", Tensor.owning(Shape.of(2), new double[] {mean, 0}));
        return Weights.of(tensors);
    }

    @Test
    void statisticsAreNoPartOfALength() {
        Map<String, Track> tracks = new LinkedHashMap<>();
        Weights end = weights(3, 100);
        weights(0, 0).asMap().forEach((name, start) -> tracks.put(name, Track.linear(start, end.get(name))));
        Path path = new Path(NORM, "linear", List.of(new CurveLeg("curve", tracks)), Provenance.UNKNOWN);

        PathLength length = PathLengths.of(path, 5);

        assertThat(length.value()).isCloseTo(3, within(1e-12));
        assertThat(length.ratio()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aSwapTakesBothUnitsAcrossTheirDistance() {
        ReorderLeg swap =
                new ReorderLeg("reorder", weights(3, 100), NORM.unitGroups().get(0), Permutation.of(1, 0));
        Path path = new Path(NORM, "ot", List.of(swap), Provenance.UNKNOWN);

        assertThat(PathLengths.of(path, 5).value()).isCloseTo(3 * Math.sqrt(2), within(1e-12));
    }
}
