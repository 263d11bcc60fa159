package org.thalweg.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Worst values and barriers with answers by hand. */
class ProfileTest {
    private static ProfilePoint point(double t, String leg, double trainLoss, double trainAccuracy) {
        return new ProfilePoint(t, leg, new Measures(trainLoss, trainAccuracy, 10 * trainLoss, trainAccuracy / 2));
    }

    private static final List<ProfilePoint> CURVE =
            List.of(point(0, "curve", 1, 0.9), point(0.25, "curve", 4, 0.5), point(0.5, "curve", 2, 0.7));
    private static final List<ProfilePoint> OUTPUT =
            List.of(point(0.5, "output", 2, 0.7), point(0.75, "output", 4, 0.6), point(1, "output", 3, 0.8));

    private static LegProfile leg(String name, List<ProfilePoint> points) {
        return new LegProfile(
                name, points.get(0).t(), points.get(points.size() - 1).t(), WorstMeasures.sampled(points), points);
    }

    private static Profile profile() {
        List<LegProfile> legs = List.of(leg("curve", CURVE), leg("output", OUTPUT));
        WorstMeasures worst =
                WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
        List<ProfilePoint> all = legs.stream().flatMap(l -> l.points().stream()).toList();
        return new Profile(legs, Barriers.of(all, worst), new PathLength(1, 1));
    }

    @Test
    void worstIsTheGreatestLossAndTheLeastAccuracyTheEarliestOfEqualOnes() {
        WorstMeasures worst = profile().worst();

        assertThat(worst.trainLoss()).isEqualTo(new Worst(4, 0.25, "curve", false));
        assertThat(worst.testLoss()).isEqualTo(new Worst(40, 0.25, "curve", false));
        assertThat(worst.trainAccuracy()).isEqualTo(new Worst(0.5, 0.25, "curve", false));
        assertThat(profile().legs().get(1).worst().trainAccuracy()).isEqualTo(new Worst(0.6, 0.75, "output", false));
        assertThat(profile().curveWorst()).isEqualTo(profile().legs().get(0).worst());
    }

    @Test
    void worstOfAPathIsExactOnlyIfEveryLegIs() {
        WorstMeasures exact = WorstMeasures.of(Loss.CROSS_ENTROPY, m -> new Worst(1, 0, "output", true));
        WorstMeasures sampled =
                WorstMeasures.of(Loss.CROSS_ENTROPY, m -> new Worst(m.isLoss() ? 0 : 2, 1, "curve", false));

        assertThat(WorstMeasures.over(List.of(exact, exact)).testLoss().exact()).isTrue();
        assertThat(WorstMeasures.over(List.of(exact, sampled)).testLoss()).isEqualTo(new Worst(1, 0, "output", false));
    }

    @Test
    void startAndEndAreTheNetworks() {
        assertThat(profile().start().trainLoss()).isEqualTo(1);
        assertThat(profile().end().trainAccuracy()).isEqualTo(0.8);
        assertThat(profile().points()).hasSize(6);
    }

    @Test
    void barriersAreThoseOfTheirDefinitions() {
        Barriers barriers = profile().barriers();

        // loss: ends 1 and 3, highest 4 at t = 1/4 and 3/4; the line is 1.5 and 2.5 there
        assertThat(barriers.interpolated().trainLoss()).isEqualTo(2.5);
        assertThat(barriers.mean().trainLoss()).isEqualTo(2);
        assertThat(barriers.worseEnd().trainLoss()).isEqualTo(1);
        assertThat(barriers.worseEnd().testLoss()).isEqualTo(10);
        // accuracy: ends 0.9 and 0.8, lowest 0.5 at 1/4 with the line at 0.875
        assertThat(barriers.interpolated().trainAccuracy()).isCloseTo(0.375, within(1e-15));
        assertThat(barriers.mean().trainAccuracy()).isCloseTo(0.35, within(1e-15));
        assertThat(barriers.worseEnd().trainAccuracy()).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void pathBelowItsWorseEndHasNoBarrier() {
        List<ProfilePoint> points =
                List.of(point(0, "curve", 1, 0.5), point(0.5, "curve", 1.5, 0.7), point(1, "curve", 3, 0.8));

        Barriers barriers = Barriers.of(points, WorstMeasures.sampled(points));

        assertThat(barriers.worseEnd()).isEqualTo(new Measures(0, 0, 0, 0));
        assertThat(barriers.interpolated().trainLoss()).isZero();
    }

    /** An exact worst value may lie between samples, where only it knows. */
    @Test
    void exactWorstBetweenSamplesCountsForEveryBarrier() {
        List<ProfilePoint> points = List.of(point(0, "output", 1, 0.9), point(1, "output", 1, 0.7));
        WorstMeasures worst = WorstMeasures.of(
                Loss.CROSS_ENTROPY,
                m -> m.isLoss() ? new Worst(1, 0, "output", true) : new Worst(0.4, 0.5, "output", true));

        Barriers barriers = Barriers.of(points, worst);

        assertThat(barriers.interpolated().trainAccuracy()).isCloseTo(0.4, within(1e-15));
        assertThat(barriers.mean().trainAccuracy()).isCloseTo(0.4, within(1e-15));
        assertThat(barriers.worseEnd().trainAccuracy()).isCloseTo(0.3, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void moreIsWorseForLossesAndLessForAccuracies(Measure measure) {
        assertThat(measure.excess(3, 1)).isEqualTo(measure.isLoss() ? 2 : -2);
        assertThat(measure.worse(3, 1)).isEqualTo(measure.isLoss() ? 3 : 1);
        assertThat(measure.worse(3, Double.NaN)).isNaN();
        assertThat(Measures.of(Loss.CROSS_ENTROPY, m -> m == measure ? 7 : 0).get(measure))
                .isEqualTo(7);
    }

    /** A path through as many legs as there are names, which share [0, 1] equally. */
    private static Profile through(String... names) {
        List<LegProfile> legs = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            double from = (double) i / names.length;
            double to = (double) (i + 1) / names.length;
            legs.add(leg(names[i], List.of(point(from, names[i], i, 0.5), point(to, names[i], i + 1, 0.5))));
        }
        WorstMeasures worst =
                WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
        List<ProfilePoint> all = legs.stream().flatMap(l -> l.points().stream()).toList();
        return new Profile(legs, Barriers.of(all, worst), new PathLength(1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "1.curve 2.curve output, Θ2 0.33 Θ3 0.67", // linear+wa, three layers
        "1.curve 2.curve output 1.reorder 2.reorder, Θ2 0.20 Θ3 0.40", // ot+wa: B's units stay in A's order until the
        // end
        "1.curve 2.curve, Θ2 0.50", // linear+butterfly: the last transition leads to B
        "1.curve 2.curve 1.reorder 2.reorder, Θ2 0.25",
        "refit-a 1.curve 2.curve 1.reorder 2.reorder refit-b, Θ2 0.33 Θ3 0.50",
        "refit-a 1.curve 2.curve refit-b, Θ2 0.50 Θ3 0.75"
    })
    void pathLayerByLayerGoesThroughTheNetworksBetweenItsTransitions(String legs, String expected) {
        Profile profile = through(legs.split(" "));

        assertThat(profile.waypoints().stream()
                        .map(w -> String.format(Locale.ROOT, "%s %.2f", w.name(), w.t()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(profile.curveWorst()).isEqualTo(profile.worst());
    }

    @Test
    void pathThatMovesAllLayersAtOnceHasNoWaypoints() {
        Profile profile = through("curve", "1.reorder", "2.reorder");

        assertThat(profile.waypoints()).isEmpty();
        assertThat(profile.curveWorst().trainLoss().value()).isEqualTo(1);
    }
}
