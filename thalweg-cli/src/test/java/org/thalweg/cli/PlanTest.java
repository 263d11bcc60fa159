package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thalweg.engine.Work;

class PlanTest {
    @Test
    void planTellsOperationsMemoryAndTime() {
        assertThat(Plan.sentence("connecting by ot+wa", new Work(1.2e12, 3.4e12, 1.34e9, false), 61, 2))
                .isEqualTo(
                        "Plan: connecting by ot+wa takes about 4,600 billion multiply-adds, about 1.3 GB of native memory, "
                                + "on 2 threads about 61 s.");
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertThat(Plan.sentence("measuring", new Work(1e12, 0, 0, true), 600, 1))
                .isEqualTo("Plan: measuring takes about 1,000 billion multiply-adds, on 1 thread about 10 min. "
                        + "Features that do not fit into memory are computed again at each knot.");
    }
}
