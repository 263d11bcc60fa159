package org.thalweg.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scoring;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Layer;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

class EnsembleBuilderTest {
    private static final Architecture DEEP = Architecture.named("mlp-9-7", 5, 3);
    private static final Architecture IMAGES =
            Architecture.parse("input(1,4,4) features: conv(1,3,3,pad=1) batchnorm(3) "
                    + "relu conv(3,4,3,pad=1) batchnorm(4) relu maxpool(2) classifier: flatten dropout(0.5) linear(16,6) relu "
                    + "linear(6,3)");
    private static final OptionalDouble RIDGE = OptionalDouble.of(1e-6);

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private EnsembleBuilder builder(Architecture architecture, Averaging averaging) {
        Examples train = SmallProblem.examples(200, architecture.inputs(), architecture.outputs(), 4);
        return new EnsembleBuilder(
                new ConnectContext(engine, Optional.of(train), ConnectSettings.DEFAULTS), RIDGE, averaging);
    }

    private static List<Network> networks(Architecture architecture, int count) {
        List<Network> networks = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            networks.add(SmallProblem.network(architecture, Precision.FLOAT32, seed));
        }
        return networks;
    }

    private static Examples test(Architecture architecture) {
        return SmallProblem.examples(300, architecture.inputs(), architecture.outputs(), 9);
    }

    @Test
    void headOfAllLayersIsTheIndependentEnsembleExactly() {
        List<Network> networks = networks(IMAGES, 3);

        Ensemble ensemble = builder(IMAGES, Averaging.PROBABILITIES).build(networks, 4, HeadMethod.WA);

        for (int i = 0; i < 3; i++) {
            assertThat(ensemble.member(i).weights()).isEqualTo(networks.get(i).weights());
        }
        EnsembleScores together = new EnsembleRunner(engine, ensemble).score(test(IMAGES));
        for (int i = 0; i < 3; i++) {
            Ensemble alone = Ensemble.independent(networks.subList(i, i + 1), Averaging.PROBABILITIES);
            assertThat(together.members().get(i))
                    .isEqualTo(new EnsembleRunner(engine, alone)
                            .score(test(IMAGES))
                            .prefixes()
                            .get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void oneMemberIsTheNetwork(int head) {
        Network network = networks(IMAGES, 1).get(0);

        Ensemble ensemble = builder(IMAGES, Averaging.PROBABILITIES).build(List.of(network), head, HeadMethod.WA);

        assertThat(ensemble.member(0).weights()).isEqualTo(network.weights());
        Examples test = test(IMAGES);
        EnsembleScores scores = new EnsembleRunner(engine, ensemble).score(test);
        Scoring.Score plain = engine.alone(() -> Scoring.of(test, 0, 300, Precision.FLOAT32)
                .score(DeviceNetwork.load(IMAGES, network.weights())
                        .logits(Blocks.inputs(test, 0, 300, Precision.FLOAT32))));
        assertThat(scores.prefixes().get(0).accuracy()).isEqualTo(plain.right() / 300.0);
        assertThat(scores.prefixes().get(0).loss())
                .isCloseTo(plain.loss() / 300, org.assertj.core.api.Assertions.within(1e-5)); // theirs is float32
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void membersShareTheBackboneAndKeepTheirHeadsAboveTheAdjustedLayer(int head) {
        List<Network> networks = networks(IMAGES, 3);

        Ensemble ensemble = builder(IMAGES, Averaging.PROBABILITIES).build(networks, head, HeadMethod.WA);

        List<Architecture.Affine> affine = IMAGES.affine();
        Architecture.Affine adjusted = affine.get(affine.size() - head);
        for (int i = 1; i < 3; i++) {
            Network member = ensemble.member(i);
            for (String tensor : IMAGES.tensors().keySet()) {
                Network source = ensemble.backbone().asMap().containsKey(tensor) ? networks.get(0) : networks.get(i);
                if (tensor.equals(adjusted.weight()) || tensor.equals(adjusted.bias())) {
                    assertThat(member.weights().get(tensor))
                            .isNotEqualTo(source.weights().get(tensor));
                } else {
                    assertThat(member.weights().get(tensor))
                            .as(tensor)
                            .isEqualTo(source.weights().get(tensor));
                }
            }
        }
        assertThat(ensemble.backbone().asMap().keySet())
                .contains("features.0.weight", "features.1." + Layer.BatchNorm.VARIANCE);
    }

    @ParameterizedTest
    @EnumSource
    void predictionsAreTheMeanOfTheMembers(Averaging averaging) {
        Ensemble ensemble = builder(DEEP, averaging).build(networks(DEEP, 3), 2, HeadMethod.WA);
        Examples test = test(DEEP);

        Predictions predictions = new EnsembleRunner(engine, ensemble).predict(test);

        for (int example = 0; example < 20; example++) {
            double[] mean = new double[3];
            for (int i = 0; i < 3; i++) {
                double[] z = PlainForward.logits(DEEP, ensemble.member(i).weights(), test, example);
                double[] own = averaging == Averaging.LOGITS ? z : softmax(z);
                for (int c = 0; c < 3; c++) {
                    mean[c] += own[c] / 3;
                }
            }
            double[] expected = averaging == Averaging.LOGITS ? softmax(mean) : mean;
            for (int c = 0; c < 3; c++) {
                assertThat(predictions.probability(example, c))
                        .isCloseTo(expected[c], org.assertj.core.api.Assertions.within(1e-5)); // forward in float32
            }
        }
    }

    private static double[] softmax(double[] z) {
        double sum = 0;
        double[] p = new double[z.length];
        for (int c = 0; c < z.length; c++) {
            p[c] = Math.exp(z[c]);
            sum += p[c];
        }
        for (int c = 0; c < z.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    @Test
    void scoresOfEveryPrefixAreThoseOfTheSmallerEnsemble() {
        List<Network> networks = networks(DEEP, 4);
        EnsembleBuilder builder = builder(DEEP, Averaging.PROBABILITIES);
        EnsembleScores all = new EnsembleRunner(engine, builder.build(networks, 2, HeadMethod.WA)).score(test(DEEP));

        for (int m = 1; m <= 4; m++) {
            Ensemble some = builder.build(networks.subList(0, m), 2, HeadMethod.WA);
            EnsembleScores scores = new EnsembleRunner(engine, some).score(test(DEEP));
            assertThat(scores.prefixes()).isEqualTo(all.prefixes().subList(0, m));
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        List<Network> networks = networks(IMAGES, 3);
        Ensemble two = builder(IMAGES, Averaging.PROBABILITIES).build(networks, 2, HeadMethod.WA_CA);
        EnsembleScores scores = new EnsembleRunner(engine, two).score(test(IMAGES));
        try (Engine three = Engine.start(3)) {
            Examples train = SmallProblem.examples(200, IMAGES.inputs(), IMAGES.outputs(), 4);
            ConnectContext context = new ConnectContext(three, Optional.of(train), ConnectSettings.DEFAULTS);
            Ensemble other =
                    new EnsembleBuilder(context, RIDGE, Averaging.PROBABILITIES).build(networks, 2, HeadMethod.WA_CA);

            assertThat(other).isEqualTo(two);
            assertThat(new EnsembleRunner(three, other).score(test(IMAGES))).isEqualTo(scores);
        }
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void refittedHeadsLowerTheTrainingLossOfEachMember() {
        List<Network> networks = networks(DEEP, 3);
        EnsembleBuilder builder = builder(DEEP, Averaging.PROBABILITIES);
        Examples train = builder.context().train().orElseThrow();

        EnsembleScores adjusted = new EnsembleRunner(engine, builder.build(networks, 2, HeadMethod.WA)).score(train);
        EnsembleScores refitted = new EnsembleRunner(engine, builder.build(networks, 2, HeadMethod.WA_CA)).score(train);

        for (int i = 0; i < 3; i++) {
            assertThat(refitted.members().get(i).loss())
                    .isLessThan(adjusted.members().get(i).loss());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, a head of 0 layers", "4, a head of 4 layers"})
    void headMustLieInTheNetwork(int head, String part) {
        assertThatThrownBy(() -> builder(DEEP, Averaging.PROBABILITIES).build(networks(DEEP, 2), head, HeadMethod.WA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part)
                .hasMessageContaining("use 1 to 3");
    }

    @Test
    void networksMustBeAlike() {
        List<Network> mixed = List.of(
                networks(DEEP, 1).get(0),
                networks(Architecture.named("mlp-9-8", 5, 3), 1).get(0));

        assertThatThrownBy(() -> builder(DEEP, Averaging.PROBABILITIES).build(mixed, 1, HeadMethod.WA))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("networks 1 and 2 differ in architecture");
        List<Network> precisions = List.of(networks(DEEP, 1).get(0), SmallProblem.network(DEEP, Precision.FLOAT64, 2));
        assertThatThrownBy(() -> builder(DEEP, Averaging.PROBABILITIES).build(precisions, 3, HeadMethod.WA))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("networks 1 and 2 differ in precision");
        assertThatThrownBy(() -> builder(DEEP, Averaging.PROBABILITIES).build(List.of(), 1, HeadMethod.WA))
                .hasMessageContaining("needs at least one network");
    }

    @Test
    void examplesMustFit() {
        Ensemble ensemble = Ensemble.independent(networks(DEEP, 2), Averaging.PROBABILITIES);

        assertThatThrownBy(() -> new EnsembleRunner(engine, ensemble).predict(SmallProblem.examples(3, 4, 3, 1)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data of 4 features and 3 classes");
    }
}
