package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.network.Architecture;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class ComputedLegTest {
    private static final Architecture ARCHITECTURE = Architecture.parse("linear(2,1,nobias)");

    private static Weights weights(double first, double second) {
        return Weights.of(Map.of("0.weight", Tensor.owning(Shape.of(1, 2), new double[] {first, second})));
    }

    /** s -> (s^2, stored number), whatever the ends. */
    private record Square(double number) implements ComputedLeg.Rule {
        @Override
        public Weights at(double s) {
            return weights(s * s, number);
        }

        @Override
        public Map<String, String> facts() {
            return Map.of("rule", "square");
        }

        @Override
        public Map<String, Tensor> tensors() {
            return Map.of("number", Tensor.owning(Shape.of(1), new double[] {number}));
        }
    }

    private static Path path() {
        ComputedLeg leg = new ComputedLeg("curve", weights(7, 8), weights(9, 10), new Square(3));
        return new Path(ARCHITECTURE, "square", List.of(leg), Provenance.UNKNOWN);
    }

    private static ComputedLeg.Rule read(
            Architecture architecture,
            Weights start,
            Weights end,
            Map<String, String> facts,
            Map<String, Tensor> tensors) {
        if (!facts.equals(Map.of("rule", "square"))) {
            throw new IllegalArgumentException("no square.");
        }
        return new Square(Weights.of(tensors).get("number").get(0));
    }

    @TempDir
    private java.nio.file.Path folder = java.nio.file.Path.of("unset");

    @Test
    void endsAreTheStoredOnesAndTheRuleGivesTheRest() {
        assertThat(path().at(0)).isEqualTo(weights(7, 8));
        assertThat(path().at(0.5)).isEqualTo(weights(0.25, 3));
        assertThat(path().at(1)).isEqualTo(weights(9, 10));
    }

    @Test
    void tableHoldsTheSamePoints() {
        Path table = path().tabulated(5);

        assertThat(table.legs().get(0)).isInstanceOf(CurveLeg.class);
        for (int i = 0; i < 5; i++) {
            assertThat(table.at(i / 4.0)).isEqualTo(path().at(i / 4.0));
        }
        assertThat(table.tabulated(3)).isSameAs(table);
    }

    @Test
    void fileHoldsEndsAndRule() throws IOException {
        java.nio.file.Path file = folder.resolve("path.safetensors");
        PathFile.write(file, path());

        assertThat(PathFile.read(file, ComputedLegTest::read)).isEqualTo(path());
    }

    @Test
    void aRuleThatIsNotKnownIsToldInASentence() throws IOException {
        java.nio.file.Path file = folder.resolve("path.safetensors");
        PathFile.write(file, path());

        assertThatThrownBy(() -> PathFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("its points are computed by a rule that is not known here; name a reader of it.");
    }
}
