package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.data.Augmentation;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Tensor;

class DeepTrainingTest {
    private static final Architecture EVERYTHING =
            Architecture.parse("input(1,28,28) conv(1,4,5,stride=3) batchnorm(4) relu "
                    + "maxpool(2) conv(4,6,3,pad=1) groupnorm(2,6) relu flatten dropout(0.5) linear(96,10)");

    private static Dataset glyphs() throws IOException {
        return Datasets.open("glyphs", new DataOptions(Optional.empty(), OptionalInt.of(100), OptionalInt.of(10)));
    }

    private static Recipe recipe(int epochs, Augmentation augmentation) {
        return new Recipe(epochs, 0.05, 0.9, 1e-4, 32, augmentation);
    }

    @ParameterizedTest
    @EnumSource(Augmentation.class)
    void resumedTrainingsEndWithTheBitsOfUninterruptedOnes(Augmentation augmentation) throws IOException {
        Examples train = glyphs().train();
        Trainer trainer = new Trainer(EVERYTHING, recipe(3, augmentation), new Seed(1));
        List<TrainingState> states = new ArrayList<>();
        try (Engine engine = Engine.start(1)) {
            TrainingState whole = trainer.train(engine, train, trainer.start(), (state, loss) -> states.add(state));
            TrainingState resumed = trainer.train(engine, train, states.get(0), TrainingListener.SILENT);

            assertThat(resumed.weights())
                    .isEqualTo(whole.weights())
                    .isNotEqualTo(states.get(0).weights());
            assertThat(resumed.velocities()).isEqualTo(whole.velocities());
        }
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void augmentationChangesTheTrainingAndStandsInTheRecipe() throws IOException {
        Examples train = glyphs().train();
        try (Engine engine = Engine.start(1)) {
            Trainer plain = new Trainer(EVERYTHING, recipe(1, Augmentation.NONE), new Seed(1));
            Trainer varied = new Trainer(EVERYTHING, recipe(1, Augmentation.FLIP_CROP), new Seed(1));

            assertThat(varied.train(engine, train, varied.start(), TrainingListener.SILENT)
                            .weights())
                    .isNotEqualTo(plain.train(engine, train, plain.start(), TrainingListener.SILENT)
                            .weights());
            assertThat(varied.recipe().text()).isEqualTo(plain.recipe().text() + " augment=flip-crop");
        }
    }

    @Test
    void aDeepNetworkLearns() throws IOException {
        Examples train = glyphs().train();
        List<Double> losses = new ArrayList<>();
        Trainer trainer = new Trainer(EVERYTHING, recipe(12, Augmentation.NONE), new Seed(2));
        try (Engine engine = Engine.start(1)) {
            trainer.train(engine, train, trainer.start(), (state, loss) -> losses.add(loss));
        }

        assertThat(losses.get(0)).isGreaterThan(1.5); // chance is ln 10 = 2.3
        assertThat(losses.get(11)).isLessThan(losses.get(0) / 2);
    }

    @Test
    void initialWeightsFollowTheRecipe() {
        Architecture wide =
                Architecture.parse("input(3,4,4) conv(3,400,3) batchnorm(400) relu flatten linear(1600,10)");
        TrainingState start = new Trainer(wide, Recipe.DEFAULTS, new Seed(3)).start();

        Tensor kernels = start.weights().get("0.weight");
        double squares = 0;
        for (int i = 0; i < kernels.shape().elements(); i++) {
            squares += kernels.get(i) * kernels.get(i);
        }
        // variance 2 / (3 * 3 * 400); of 10,800 draws its relative deviation is sqrt(2 / 10800) = 1.4 %
        assertThat(squares / kernels.shape().elements() / (2.0 / 3600)).isBetween(0.93, 1.07);
        assertThat(start.weights().get("0.bias").toFloats()).containsOnly(0);
        assertThat(start.weights().get("1.weight").toFloats()).containsOnly(1);
        assertThat(start.weights().get("1.bias").toFloats()).containsOnly(0);
        assertThat(start.weights().get("1.running_mean").toFloats()).containsOnly(0);
        assertThat(start.weights().get("1.running_var").toFloats()).containsOnly(1);
        for (float value : start.weights().get("4.weight").toFloats()) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(1 / 40f);
        }
        assertThat(start.velocities().asMap().keySet())
                .containsExactlyElementsOf(wide.parameters().keySet());
    }

    @Test
    void publishedRecipesDependOnNetworkAndData() {
        assertThat(Recipe.usualFor("mlp-2000", "mnist")).isEqualTo(Recipe.DEFAULTS);
        assertThat(Recipe.usualFor("vgg16-quarter", "cifar-10"))
                .isEqualTo(new Recipe(30, 0.05, 0.9, 5e-4, 128, Augmentation.FLIP_CROP));
        assertThat(Recipe.usualFor("conv2fc1", "cifar-10"))
                .isEqualTo(new Recipe(30, 0.01, 0.9, 1e-4, 128, Augmentation.FLIP_CROP));
    }
}
