package org.thalweg.examples;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.thalweg.Thalweg;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Seed;
import org.thalweg.network.Network;
import org.thalweg.path.Path;
import org.thalweg.result.Profile;
import org.thalweg.train.Recipe;

/** Trains two small networks, joins them, and asks how bad the path gets. */
public final class ConnectTwoNetworks {
    private ConnectTwoNetworks() {}

    /** Returns the profile of a path between two networks of {@code examples} generated training examples. */
    public static Profile run(String method, int examples) throws IOException {
        Dataset data = Datasets.open(
                "glyphs", new DataOptions(Optional.empty(), OptionalInt.of(examples), OptionalInt.of(500)));
        Recipe recipe = new Recipe(5, 0.05, 0.9, 1e-4, 128);
        try (Thalweg thalweg = Thalweg.start()) {
            Network a = thalweg.train("mlp-128", data, recipe, new Seed(1));
            Network b = thalweg.train("mlp-128", data, recipe, new Seed(2));
            Path path = thalweg.connect(method, a, b, data);
            return thalweg.evaluate(path, data);
        }
    }

    /** Prints the worst test accuracy along the path. */
    public static void main(String[] args) throws IOException {
        System.out.println(run("ot+wa", 3000).worst().testAccuracy());
    }
}
