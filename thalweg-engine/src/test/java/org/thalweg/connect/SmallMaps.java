package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.learn.LearnSettings;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearningListener;
import org.thalweg.learn.MapKind;
import org.thalweg.learn.MapTrainer;
import org.thalweg.learn.Objective;
import org.thalweg.learn.Whitening;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

/** Learned maps of a few steps, the same for a method and an architecture. */
final class SmallMaps {
    private SmallMaps() {}

    /** Returns a map that was trained on networks of seeds 1, the A of {@link MethodContractTest}, and 3. */
    static LearnedMap trained(String method, Architecture architecture) {
        String[] parts = method.toUpperCase(Locale.ROOT).split("-", 2);
        LearnSettings settings = new LearnSettings(
                Objective.valueOf(parts[0]), MapKind.valueOf(parts[1]), 2, 5, 2, Whitening.NONE, 4, 2, 0.02, 16, 8, 20);
        MapTrainer trainer = new MapTrainer(
                settings,
                networks(architecture, 1, 3),
                networks(architecture, 4, 5),
                SmallProblem.data(architecture, 60, 20, 3).train(),
                new Seed(6));
        try (Engine engine = Engine.start(1)) {
            LearnedMap start = trainer.start(engine);
            return trainer.train(engine, start, trainer.begin(start), LearningListener.SILENT);
        }
    }

    private static Map<String, Network> networks(Architecture architecture, long... seeds) {
        Map<String, Network> networks = new LinkedHashMap<>();
        for (long seed : seeds) {
            networks.put("seed-" + seed, SmallProblem.network(architecture, Precision.FLOAT64, seed));
        }
        return networks;
    }
}
