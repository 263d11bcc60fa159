package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Speed;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;

/** Says before long work what it is going to take: operations, memory, and a time from this machine's measured speed. */
final class Plan {
    /** Work of fewer multiply-adds is over before anyone has read a plan: some seconds. */
    private static final double SHORT = 2e11;

    private final Engine engine;
    private final Network network;
    private final Examples examples;
    private final PrintWriter out;
    private Optional<Speed> speed = Optional.empty();

    /**
     * Prepares to print to {@code out}.
     *
     * @param network a network of the kind at hand, on which speed is measured
     */
    Plan(Engine engine, Network network, Examples examples, PrintWriter out) {
        this.engine = engine;
        this.network = network;
        this.examples = examples;
        this.out = out;
    }

    /** Prints the plan of work that is long. */
    void print(String what, Work cost) {
        if (cost.multiplyAdds() < SHORT) {
            return;
        }
        Speed measured = speed.orElseGet(() -> engine.alone(() -> Speed.of(network, examples)));
        speed = Optional.of(measured);
        out.println(sentence(what, cost, measured.seconds(cost, engine.threads()), engine.threads()));
        out.flush();
    }

    static String sentence(String what, Work cost, double seconds, int threads) {
        String memory = cost.bytes() < 1e8
                ? ""
                : String.format(Locale.ROOT, ", about %.1f GB of native memory", cost.bytes() / 1e9);
        return String.format(
                Locale.ROOT,
                "Plan: %s takes about %,.0f billion multiply-adds%s, on %d thread%s about %s.%s",
                what,
                cost.multiplyAdds() / 1e9,
                memory,
                threads,
                threads == 1 ? "" : "s",
                time(seconds),
                cost.recomputes() ? " Features that do not fit into memory are computed again at each knot." : "");
    }

    private static String time(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
}
