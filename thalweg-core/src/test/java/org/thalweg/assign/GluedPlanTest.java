package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.assign.GluedPlan.Piece;

class GluedPlanTest {
    private static TransportPlan plan(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] costs = new double[rows * columns];
        Arrays.setAll(costs, at -> random.nextDouble());
        return TransportSolver.solve(CostMatrix.owning(rows, columns, costs));
    }

    private static List<Piece> pieces(TransportPlan plan) {
        return plan.pieces().stream()
                .map(piece -> new Piece(piece.row(), List.of(piece.column()), piece.mass()))
                .toList();
    }

    @Test
    void onePlanIsItself() {
        TransportPlan plan = plan(7, 5, 1);

        assertThat(GluedPlan.of(List.of(plan)).pieces()).isEqualTo(pieces(plan));
    }

    @Test
    void aPlanBesideItselfIsNotCutAnyFurther() {
        TransportPlan plan = plan(49, 36, 2);

        List<Piece> glued = GluedPlan.of(List.of(plan, plan, plan)).pieces();

        assertThat(glued).hasSameSizeAs(plan.pieces());
        assertThat(glued)
                .allSatisfy(
                        piece -> assertThat(piece.columns().stream().distinct()).hasSize(1));
    }

    @Test
    void rowsAreCutWhereverAPieceEnds() {
        TransportPlan halves = plan(1, 2, 3);
        TransportPlan thirds = plan(1, 3, 4);

        List<Piece> glued = GluedPlan.of(List.of(halves, thirds)).pieces();

        assertThat(glued)
                .extracting(Piece::columns)
                .containsExactly(List.of(0, 0), List.of(0, 1), List.of(1, 1), List.of(1, 2));
        assertThat(glued.stream().mapToDouble(Piece::mass).toArray())
                .containsExactly(new double[] {1 / 3.0, 1 / 6.0, 1 / 6.0, 1 / 3.0}, within(1e-15));
    }

    /** Between each row and each column of a plan goes what the plan says, whatever others are glued to it. */
    @Test
    void everyPlanIsKept() {
        SplittableRandom random = new SplittableRandom(5);
        for (int seed = 0; seed < 50; seed++) {
            int rows = random.nextInt(1, 40);
            List<TransportPlan> plans = List.of(
                    plan(rows, random.nextInt(1, 60), seed),
                    plan(rows, rows, seed),
                    plan(rows, random.nextInt(1, 60), -seed));

            List<Piece> glued = GluedPlan.of(plans).pieces();

            int most = rows;
            for (int k = 0; k < plans.size(); k++) {
                Map<List<Integer>, Double> masses = new HashMap<>();
                for (Piece piece : glued) {
                    masses.merge(List.of(piece.row(), piece.columns().get(k)), piece.mass(), Double::sum);
                }
                plans.get(k)
                        .pieces()
                        .forEach(piece -> assertThat(masses.remove(List.of(piece.row(), piece.column())))
                                .isCloseTo(piece.mass(), within(1e-14)));
                assertThat(masses).isEmpty();
                most += plans.get(k).pieces().stream()
                        .mapToInt(TransportPlan.Piece::column)
                        .max()
                        .orElseThrow();
            }
            assertThat(glued).hasSizeLessThanOrEqualTo(most);
            assertThat(glued).isSortedAccordingTo(java.util.Comparator.comparingInt(Piece::row));
            assertThat(glued).allSatisfy(piece -> assertThat(piece.mass()).isGreaterThan(1e-6));
        }
    }

    @Test
    void noPlanIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GluedPlan.of(List.of()))
                .withMessageContaining("no plans");
    }
}
