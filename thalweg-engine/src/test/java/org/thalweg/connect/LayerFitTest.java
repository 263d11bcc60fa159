package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;

class LayerFitTest {
    /** Memory decides how many places are fitted together, so it must not show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(6,9) relu linear(9,5) relu linear(5,3)",
                "input(2,6,6) conv(2,4,3,pad=1) relu maxpool(2) conv(4,5,3,pad=1) relu flatten linear(45,3)"
            })
    void placesFittedTogetherAreThoseFittedOneByOneToTheBit(String text) {
        Architecture architecture = Architecture.parse(text);
        Network a = SmallProblem.network(architecture, Precision.FLOAT32, 1);
        Weights b = SmallProblem.network(architecture, Precision.FLOAT32, 2).weights();
        Examples train = SmallProblem.examples(40, architecture.inputs(), 3, 3);
        Affine moving = architecture.affine().get(1);
        Map<String, Track> tracks = new LinkedHashMap<>();
        a.weights().asMap().forEach((name, tensor) -> tracks.put(name, Track.linear(tensor, b.get(name))));
        FitPlaces places = new FitPlaces(tracks, List.of(0.2, 0.5, 1.0), List.of(b, a.weights(), b));

        try (Engine engine = Engine.start(2)) {
            ConnectContext context = new ConnectContext(engine, Optional.of(train), ConnectSettings.DEFAULTS);
            engine.alone(() -> {
                LayerFit fit =
                        new LayerFit(context, train, architecture.affine().get(2), moving, a.weights(), a);
                List<Weights> alone = new ArrayList<>();
                for (int place = 0; place < 3; place++) {
                    alone.addAll(fit.solve(places.some(place, place + 1)));
                }
                assertThat(fit.solve(places)).isEqualTo(alone).doesNotHaveDuplicates();
                return 0;
            });
        }
    }
}
