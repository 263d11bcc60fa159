package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final Architecture LAYERS = Architecture.parse("linear(4,3) relu linear(3,2)");

    private static Network network(float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.tensors().forEach((name, shape) -> {
            float[] values = new float[shape.elements()];
            java.util.Arrays.fill(values, value);
            tensors.put(name, Tensor.owning(shape, values));
        });
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    private static Ensemble shared() {
        return new Ensemble(
                LAYERS,
                1,
                Ensemble.part(LAYERS, 0, 2, network(1).weights()),
                List.of(
                        Ensemble.part(LAYERS, 2, 3, network(1).weights()),
                        Ensemble.part(LAYERS, 2, 3, network(2).weights())),
                Averaging.PROBABILITIES,
                Provenance.UNKNOWN);
    }

    @Test
    void membersAreWholeNetworks() {
        Network second = shared().member(1);

        assertThat(second.weights().get("0.weight"))
                .isEqualTo(network(1).weights().get("0.weight"));
        assertThat(second.weights().get("2.bias"))
                .isEqualTo(network(2).weights().get("2.bias"));
        assertThat(second.weights().asMap().keySet())
                .containsExactlyElementsOf(LAYERS.tensors().keySet());
        assertThat(second.provenance().fact("member")).contains("2");
        assertThat(shared().member(0).weights()).isEqualTo(network(1).weights());
    }

    @Test
    void costIsTheBackboneOnceAndAHeadPerMember() {
        // 4·3 + 3·2 products; with biases 4·3 + 3 and 3·2 + 2 numbers
        assertThat(shared().cost(1)).isEqualTo(new Cost(23, 18));
        assertThat(shared().cost(5)).isEqualTo(new Cost(15 + 5 * 8, 12 + 5 * 6));
        assertThat(Ensemble.independent(List.of(network(1), network(2)), Averaging.LOGITS)
                        .cost(2))
                .isEqualTo(new Cost(46, 36));
        assertThat(new Cost(23, 18).bytes(Precision.FLOAT32)).isEqualTo(92);
    }

    @Test
    void convolutionsMultiplyAtEveryPlaceOfTheirWindow() {
        Architecture images =
                Architecture.parse("input(2,6,6) conv(2,3,3,pad=1) batchnorm(3) relu maxpool(2) flatten linear(27,5)");

        // 36 places × 3 filters × 2 channels × 9, then 27 × 5; numbers: 54 + 3, 4 × 3, 135 + 5
        assertThat(Cost.of(images, 0, images.layers().size())).isEqualTo(new Cost(57 + 12 + 140, 36 * 54 + 135));
    }

    @Test
    void headsMustBelongToTheArchitecture() {
        assertThatThrownBy(() -> new Ensemble(
                        LAYERS,
                        1,
                        Ensemble.part(LAYERS, 0, 2, network(1).weights()),
                        List.of(Ensemble.part(LAYERS, 0, 2, network(1).weights())),
                        Averaging.PROBABILITIES,
                        Provenance.UNKNOWN))
                .hasMessageContaining("hold the same tensor");
        assertThatThrownBy(() -> new Ensemble(
                        LAYERS,
                        3,
                        network(1).weights(),
                        List.of(network(1).weights()),
                        Averaging.PROBABILITIES,
                        Provenance.UNKNOWN))
                .hasMessageContaining("a head of 3 layers is not possible: the networks have 2");
        assertThatThrownBy(() -> new Ensemble(
                        LAYERS, 1, network(1).weights(), List.of(), Averaging.PROBABILITIES, Provenance.UNKNOWN))
                .hasMessageContaining("at least one head");
    }
}
