package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.network.Permutation;

class AssignmentSolverTest {
    private static final double FORBIDDEN = Double.POSITIVE_INFINITY;

    /** Costs, matching and cost of two small networks' neurons, computed with NumPy and SciPy 1.17. */
    private static final double[] NEURON_COSTS = {
        4.993417471979211, 3.1091413567877675, 3.417017842040905, 3.506301721259933, 3.1891331468271757,
        3.4053277628299017, 2.3521241642888056, 6.913284035189674, 2.866784701631816, 0.7795010205356872,
        4.254304504580241, 2.603740249385223, 5.199441316287954, 3.9189594336583027, 4.047443934947578,
        4.358949470716113, 5.325872352487467, 6.537502755229956, 4.9751550905981405, 4.600159240103381,
        2.39643732252861, 2.572784750422835, 4.722914513733365, 4.998368938832997, 5.2546429091517854
    };

    @Test
    void pairsNeuronsAsScipyDoes() {
        Assignment pairing = AssignmentSolver.solve(CostMatrix.owning(5, NEURON_COSTS.clone()));

        assertThat(pairing.permutation()).isEqualTo(Permutation.of(2, 4, 1, 3, 0));
        assertThat(pairing.cost()).isCloseTo(14.171851525088567, within(5 * Math.ulp(14.2)));
    }

    @Test
    void pairsNothingAtNoCost() {
        Assignment none = AssignmentSolver.solve(CostMatrix.owning(0, new double[0]));

        assertThat(none.permutation().size()).isZero();
        assertThat(none.cost()).isZero();
        assertThat(none.dualityGap()).isZero();
    }

    @Test
    void pairsTheOnlyRow() {
        assertThat(AssignmentSolver.solve(CostMatrix.owning(1, new double[] {-7}))
                        .cost())
                .isEqualTo(-7);
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatEnumerationFinds(CostFamily family) {
        for (int n = 1; n <= 7; n++) {
            for (int seed = 0; seed < 40; seed++) {
                CostMatrix costs = family.matrix(n, new SplittableRandom(1000L * n + seed));

                Assignment found = AssignmentSolver.solve(costs);

                assertThat(found.cost())
                        .as("n %d, seed %d", n, seed)
                        .isCloseTo(PlainMatching.byEnumeration(costs), within(rounding(family, costs)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatBellmanAndFordFind(CostFamily family) {
        for (int n : new int[] {8, 15, 16, 17, 33, 64, 100}) {
            CostMatrix costs = family.matrix(n, new SplittableRandom(n));

            Assignment found = AssignmentSolver.solve(costs);

            double tolerance = rounding(family, costs);
            double slack = tolerance / (n * n); // passed over at most once per pair of a path, in each of n paths
            assertThat(found.cost())
                    .as("n %d", n)
                    .isCloseTo(PlainMatching.byBellmanFord(costs, slack), within(2 * tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource
    void certifiesItsPairing(CostFamily family) {
        for (int n : new int[] {1, 2, 3, 10, 24, 25, 49, 200, 401}) {
            CostMatrix costs = family.matrix(n, new SplittableRandom(n));

            Assignment found = AssignmentSolver.solve(costs);

            assertThat(found.cost())
                    .as("n %d", n)
                    .isCloseTo(sum(costs, found.permutation()), within(costRounding(costs)));
            assertThat(found.dualityGap()).as("n %d", n).isBetween(0.0, rounding(family, costs));
        }
    }

    @ParameterizedTest
    @EnumSource
    void decidesTiesAlwaysAlike(CostFamily family) {
        Permutation once = AssignmentSolver.solve(family.matrix(60, new SplittableRandom(5)))
                .permutation();
        Permutation again = AssignmentSolver.solve(family.matrix(60, new SplittableRandom(5)))
                .permutation();

        assertThat(again).isEqualTo(once);
    }

    @Test
    void leavesCostsAsTheyWere() {
        double[] costs = NEURON_COSTS.clone();

        AssignmentSolver.solve(CostMatrix.owning(5, costs));

        assertThat(costs).containsExactly(NEURON_COSTS);
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4", "5"})
    void findsHiddenPairingOfOnlyAllowedPairs(int seed) {
        int n = 40;
        SplittableRandom random = new SplittableRandom(seed);
        double[] costs = new double[n * n];
        Arrays.fill(costs, FORBIDDEN);
        int step = new int[] {1, 3, 7, 9, 11}[seed - 1]; // prime to 40: i -> step i + seed is a bijection
        for (int i = 0; i < n; i++) {
            costs[i * n + (step * i + seed) % n] = random.nextDouble();
        }

        Permutation found = AssignmentSolver.solve(CostMatrix.owning(n, costs)).permutation();

        for (int i = 0; i < n; i++) {
            assertThat(found.get(i)).isEqualTo((step * i + seed) % n);
        }
    }

    @Test
    void paysAnyPriceRatherThanAForbiddenPair() {
        double[] costs = {0, 1e300, 0, FORBIDDEN};

        assertThat(AssignmentSolver.solve(CostMatrix.owning(2, costs)).permutation())
                .isEqualTo(Permutation.of(1, 0));
    }

    @Test
    void rejectsColumnForbiddenToAll() {
        assertInfeasible(2, 0, FORBIDDEN, 0, FORBIDDEN);
    }

    @Test
    void rejectsRowForbiddenEverything() {
        assertInfeasible(2, 0, 0, FORBIDDEN, FORBIDDEN);
    }

    @Test
    void rejectsThreeRowsThatShareTwoColumns() {
        double[] costs = new double[25]; // Hall's condition fails although every row and column has allowed pairs
        for (int i = 0; i < 3; i++) {
            Arrays.fill(costs, i * 5 + 2, i * 5 + 5, FORBIDDEN);
        }
        assertInfeasible(5, costs);
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void tellsInfeasibleFromFeasibleAsEnumerationDoes(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int infeasible = 0;
        for (int round = 0; round < 200; round++) {
            int n = 1 + random.nextInt(6);
            double[] values = random.doubles((long) n * n)
                    .map(c -> c < 0.6 ? FORBIDDEN : Math.floor(10 * c))
                    .toArray();
            CostMatrix costs = CostMatrix.owning(n, values);
            double least = PlainMatching.byEnumeration(costs);
            if (least == FORBIDDEN) {
                infeasible++;
                assertInfeasible(n, values);
            } else {
                assertThat(AssignmentSolver.solve(costs).cost()).isEqualTo(least);
            }
        }
        assertThat(infeasible).isBetween(20, 180); // both answers were asked for
    }

    private static void assertInfeasible(int n, double... costs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentSolver.solve(CostMatrix.owning(n, costs)))
                .withMessageContaining("no pairing exists");
    }

    private static double sum(CostMatrix costs, Permutation pairing) {
        double sum = 0;
        for (int i = 0; i < costs.size(); i++) {
            sum += costs.get(i, pairing.get(i));
        }
        return sum;
    }

    /** The rounding of a sum of n costs: each of its n additions by half a unit in the last place of n costs. */
    private static double costRounding(CostMatrix costs) {
        int n = costs.size();
        return n * Math.ulp(n * magnitude(costs));
    }

    /**
     * How far rounding may take the pairing from the best one. Each of n pairs is cheapest in its row but for the rounding of
     * its column's potential, which each of up to n augmentations changes by a few operations on numbers of the costs' size.
     * No rounding where all sums are sums of small integers.
     */
    private static double rounding(CostFamily family, CostMatrix costs) {
        double n = costs.size();
        return family.isExact() ? 0 : 2 * n * n * Math.ulp(magnitude(costs));
    }

    private static double magnitude(CostMatrix costs) {
        double largest = 0;
        for (int i = 0; i < costs.size(); i++) {
            for (int j = 0; j < costs.size(); j++) {
                if (costs.get(i, j) < FORBIDDEN) {
                    largest = Math.max(largest, Math.abs(costs.get(i, j)));
                }
            }
        }
        return largest;
    }
}
