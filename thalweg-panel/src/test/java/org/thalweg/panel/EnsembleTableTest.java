package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.result.PredictionScore;
import org.thalweg.run.DataFacts;

class EnsembleTableTest {
    private static List<String> lines(int most) {
        PredictionScore score = new PredictionScore(0.5, 0.25, 0.125);
        EnsembleRow row = new EnsembleRow("wa-1", 1, "seed-1", 1, score, score, 1_000_000, 2_000_000);
        EnsembleTable table =
                new EnsembleTable(new DataFacts("glyphs", 6, 2), List.of(row), Map.of("wa-1", List.of(1e-6)));
        return table.terminal(most).lines().toList();
    }

    @Test
    void aFileHasAllColumns() {
        assertThat(lines(Integer.MAX_VALUE).get(0)).endsWith("m-th alone %  MB    M mult-adds/image  us/image");
        assertThat(lines(Integer.MAX_VALUE).get(1)).endsWith("2.000              1.0");
    }

    @Test
    void aNarrowTerminalHasTheFirstColumnsThatFit() {
        assertThat(lines(40).subList(0, 2))
                .containsExactly("method  m  test acc %  loss    ECE %", "wa-1    1  50.00       0.2500  12.50");
        assertThat(lines(1).get(0)).isEqualTo("method  m  test acc %");
    }
}
