package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final Shape CIFAR = Shape.of(3, 32, 32);

    /** Counts of PyTorch 1.13's modules of the same layers: sum(p.numel() for p in module.parameters()). */
    @ParameterizedTest
    @CsvSource({
        "mlp-2000, 6166010",
        "mlp-6144-2000-nobias, 31182368",
        "mlp-6144-2000-1000-1000-nobias, 34172368",
        "conv2fc1, 85066",
        "vgg16, 15245130",
        "vgg16-half, 4079530",
        "vgg16-quarter, 1254618",
        "vgg16-bn, 15253578",
        "vgg16-bn-quarter, 1256730"
    })
    void parametersAreAsManyAsPublished(String name, int parameters) {
        assertThat(Catalogue.named(name, CIFAR, 10).parameters().values().stream()
                        .mapToInt(Shape::elements)
                        .sum())
                .isEqualTo(parameters);
    }

    @Test
    void conv2fc1IsTheNetworkOfThePaper() {
        assertThat(Catalogue.named("conv2fc1", CIFAR, 10).text())
                .isEqualTo("input(3,32,32) conv(3,32,5,pad=2) relu maxpool(3,stride=2) conv(32,64,5,pad=2) relu "
                        + "maxpool(3,stride=2) flatten linear(3136,10)");
    }

    @Test
    void vggHasTheNamesOfTorchvision() {
        Architecture vgg = Catalogue.named("vgg16", CIFAR, 10);

        assertThat(vgg.affine().stream().map(Architecture.Affine::name))
                .containsExactly(
                        "features.0",
                        "features.2",
                        "features.5",
                        "features.7",
                        "features.10",
                        "features.12",
                        "features.14",
                        "features.17",
                        "features.19",
                        "features.21",
                        "features.24",
                        "features.26",
                        "features.28",
                        "classifier.1",
                        "classifier.4",
                        "classifier.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16", "vgg16-bn-half", "conv2fc1"})
    void convolutionalNetworksNeedImages(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.named(name, 784, 10))
                .withMessageContaining("takes images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "mlp-", "mlp-0", "vgg16-third", "vgg", "mlp-2-nobias-3", ""})
    void unknownNamesAreTold(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalogue.named(name, CIFAR, 10))
                .withMessageContaining("unknown network '" + name + "'");
    }

    @Test
    void smallImagesDoNotSurviveVggsPools() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalogue.named("vgg16", Shape.of(1, 28, 28), 10))
                .withMessageContaining("layer maxpool(2) does not fit into images of [512, 1, 1]");
    }
}
