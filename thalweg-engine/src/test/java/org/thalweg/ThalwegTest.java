package org.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.GroundCost;
import org.thalweg.data.Dataset;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.path.Path;
import org.thalweg.result.Profile;
import org.thalweg.train.Recipe;

class ThalwegTest {
    private static final Dataset DATA = SmallProblem.data(Architecture.named("mlp-6", 4, 3), 60, 20, 1);
    private static final Recipe RECIPE = new Recipe(2, 0.05, 0.9, 1e-4, 16);

    @Test
    void trainsConnectsAndMeasures() {
        try (Thalweg thalweg = Thalweg.start(2)) {
            Network a = thalweg.train("mlp-6", DATA, RECIPE, new Seed(1));
            Network b = thalweg.train("mlp-6", DATA, RECIPE, new Seed(2));
            Path path = thalweg.connect("ot+wa", a, b, DATA);
            Profile profile = thalweg.evaluate(path, DATA);

            assertThat(path.at(0)).isEqualTo(a.weights());
            assertThat(path.at(1)).isEqualTo(b.weights());
            assertThat(profile.legs().get(0).points()).hasSize(21);
            assertThat(a.provenance().fact("seed")).contains("1");
            assertThat(a.provenance().fact("recipe")).contains(RECIPE.text());
        }
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void settingsReachTheMethod() {
        try (Thalweg thalweg = Thalweg.start(1)) {
            Network a = thalweg.train("mlp-6", DATA, RECIPE, new Seed(1));
            Network b = thalweg.train("mlp-6", DATA, RECIPE, new Seed(2));

            Path coarse = thalweg.connect("linear+wa", a, b, DATA, new ConnectSettings(2, 0, GroundCost.WEIGHTS));
            Path fine = thalweg.connect("linear+wa", a, b, DATA, new ConnectSettings(7, 0, GroundCost.WEIGHTS));

            assertThat(coarse.at(0.25)).isNotEqualTo(fine.at(0.25));
        }
    }

    @Test
    void unknownNamesAreToldWithTheNearestOne() {
        try (Thalweg thalweg = Thalweg.start(1)) {
            Network a = thalweg.train("mlp-6", DATA, RECIPE, new Seed(1));

            assertThatThrownBy(() -> thalweg.connect("ot+aw", a, a, DATA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("did you mean 'ot+wa'?");
            assertThatThrownBy(() -> thalweg.train("mpl-6", DATA, RECIPE, new Seed(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("unknown network 'mpl-6'");
        }
    }
}
