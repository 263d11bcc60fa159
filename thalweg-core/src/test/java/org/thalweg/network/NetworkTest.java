package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Architecture LAYERS = Architecture.parse("linear(2,3) relu linear(3,1)");

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.parameters()
                .forEach((name, shape) -> tensors.put(name, Tensor.owning(shape, new float[shape.elements()])));
        return tensors;
    }

    private static Network network(Map<String, Tensor> tensors) {
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    @Test
    void holdsTheWeightsOfItsArchitecture() {
        assertThat(network(tensors()).weights().asMap().keySet())
                .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    }

    @Test
    void missingTensorIsNamed() {
        Map<String, Tensor> tensors = tensors();
        tensors.remove("2.bias");

        assertThatThrownBy(() -> network(tensors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor '2.bias' of linear(2,3) relu linear(3,1) is missing.");
    }

    @Test
    void unknownTensorIsNamed() {
        Map<String, Tensor> tensors = tensors();
        tensors.put("4.weight", Tensor.owning(Shape.of(1), new float[1]));

        assertThatThrownBy(() -> network(tensors))
                .hasMessage("tensor '4.weight' is not part of linear(2,3) relu linear(3,1).");
    }

    @Test
    void tensorOfAnotherShapeIsNamedWithBothShapes() {
        Map<String, Tensor> tensors = tensors();
        tensors.put("0.weight", Tensor.owning(Shape.of(2, 3), new float[6]));

        assertThatThrownBy(() -> network(tensors))
                .hasMessage("tensor '0.weight' has shape [2, 3] but linear(2,3) relu linear(3,1) needs [3, 2].");
    }

    @Test
    void tensorsOfDifferentPrecisionAreRefused() {
        Map<String, Tensor> tensors = tensors();
        tensors.put("0.bias", Tensor.owning(Shape.of(3), new double[3]));

        assertThatThrownBy(() -> network(tensors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor '0.weight' is FLOAT32 but tensor '0.bias' is FLOAT64; convert one of them.");
    }

    @Test
    void weightsAreEqualOnlyInEqualOrderAndBits() {
        Weights weights = Weights.of(tensors());
        Map<String, Tensor> turned = new LinkedHashMap<>();
        List.of("2.bias", "2.weight", "0.bias", "0.weight").forEach(name -> turned.put(name, weights.get(name)));
        Map<String, Tensor> signed = tensors();
        signed.put("2.bias", Tensor.owning(Shape.of(1), new float[] {-0f}));

        assertThat(Weights.of(tensors())).isEqualTo(weights).hasSameHashCodeAs(weights);
        assertThat(Weights.of(turned)).isNotEqualTo(weights);
        assertThat(Weights.of(signed)).isNotEqualTo(weights);
        assertThatThrownBy(() -> weights.get("3.bias")).hasMessageContaining("no tensor '3.bias' among [0.weight,");
    }

    @Test
    void provenanceIsOrderedAndGrowsByCopies() {
        Provenance seeded = Provenance.UNKNOWN.with("seed", "1").with("data", "glyphs");

        assertThat(seeded.with("seed", "2").facts())
                .containsExactly(Map.entry("data", "glyphs"), Map.entry("seed", "2"));
        assertThat(seeded.fact("seed")).contains("1");
        assertThat(Provenance.UNKNOWN.fact("seed")).isEmpty();
    }
}
