package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearnedRule;
import org.thalweg.learn.UsedNetwork.Role;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.path.ComputedLeg;
import org.thalweg.path.Path;

/**
 * The arc in noise that a learned map makes of the neurons (Anokhin and Yarotsky 2020, Flow and Bijection): its points are no
 * weighted sums of stored weights, the map computes each. Nothing is solved per pair; a point costs three passes of the
 * neurons through the map, the one back repeated until it settles where the map is autoregressive.
 *
 * @param name the method's name, such as {@code flow-realnvp}
 */
record LearnedConnector(String name) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Architecture architecture = Alike.of(a, b);
        LearnedMap map = context.settings().map(name);
        LearnedRule rule = LearnedRule.between(map, architecture, a.weights(), b.weights());
        Provenance provenance = Provenance.UNKNOWN
                .with(Methods.MAP, map.fingerprint())
                .with(Methods.TRAINED_ON, ends(map, a, b, Role.TRAINING))
                .with(Methods.CHOSEN_ON, ends(map, a, b, Role.VALIDATION));
        ComputedLeg leg = new ComputedLeg("curve", a.weights(), b.weights(), rule);
        return new Path(architecture, name, List.of(leg), provenance);
    }

    private static String ends(LearnedMap map, Network a, Network b, Role role) {
        List<String> ends = new ArrayList<>();
        if (map.saw(a, role)) {
            ends.add("a");
        }
        if (map.saw(b, role)) {
            ends.add("b");
        }
        return String.join(",", ends);
    }
}
