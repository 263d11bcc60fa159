package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.network.Provenance;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.result.OutputRefits;

/** The refits of a path as facts of its provenance, which its file keeps. */
final class RefitFacts {
    private static final String LAMBDA = "refits.lambda";
    private static final String LOSS = "refits.loss";
    private static final String KNOTS = "knots";
    private static final String CERTIFICATES = "certificates";
    private static final String PASSES = "passes";
    private static final String ABOVE = "above";

    private RefitFacts() {}

    /** Returns {@code provenance} with these facts added. */
    static Provenance with(Provenance provenance, OutputRefits refits) {
        Provenance facts =
                provenance.with(LAMBDA, Double.toString(refits.lambda())).with(LOSS, refits.loss());
        for (OutputRefits.Leg leg : refits.legs()) {
            facts = facts.with(name(leg.name(), KNOTS), text(leg.knots()))
                    .with(name(leg.name(), CERTIFICATES), text(leg.certificates()))
                    .with(name(leg.name(), PASSES), text(leg.passes()))
                    .with(name(leg.name(), ABOVE), text(leg.above()));
        }
        return facts;
    }

    private static String name(String leg, String fact) {
        return "refits." + leg + "." + fact;
    }

    private static String text(List<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(","));
    }

    /** Returns the refits of a path whose method refits. */
    static Optional<OutputRefits> of(Path path) {
        Provenance facts = path.provenance();
        return facts.fact(LAMBDA).map(lambda -> {
            List<OutputRefits.Leg> legs = new ArrayList<>();
            for (Leg leg : path.legs()) {
                facts.fact(name(leg.name(), KNOTS)).ifPresent(knots -> legs.add(leg(leg.name(), knots, facts)));
            }
            return new OutputRefits(Double.parseDouble(lambda), facts.fact(LOSS).orElse(""), legs);
        });
    }

    private static OutputRefits.Leg leg(String leg, String knots, Provenance facts) {
        Function<String, String> fact = what -> facts.fact(name(leg, what)).orElse("");
        return new OutputRefits.Leg(
                leg,
                numbers(knots, Double::valueOf),
                numbers(fact.apply(CERTIFICATES), Double::valueOf),
                numbers(fact.apply(PASSES), Integer::valueOf),
                numbers(fact.apply(ABOVE), Double::valueOf));
    }

    private static <T> List<T> numbers(String text, Function<String, T> parsed) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(parsed).toList();
    }
}
