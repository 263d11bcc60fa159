package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static List<Cell> cells(int methods, int pairs) {
        return IntStream.range(0, methods * pairs)
                .mapToObj(i -> new Cell("a", "b" + i % pairs, "m" + i / pairs))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 30})
    void shardsHoldEveryCellOnceAndDivideEachMethodEvenly(int count) {
        List<Cell> all = cells(5, 6);
        List<Cell> together = new ArrayList<>();
        for (int index = 1; index <= count; index++) {
            Shard shard = new Shard(index, count);
            List<Cell> part = shard.of(all);
            assertThat(part).hasSizeBetween(30 / count, (30 + count - 1) / count);
            for (int method = 0; method < 5; method++) {
                String name = "m" + method;
                assertThat(part.stream().filter(cell -> cell.method().equals(name)))
                        .hasSizeBetween(6 / count, 6 / count + 1);
            }
            together.addAll(part);
        }

        assertThat(together).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void textNamesAPart() {
        assertThat(Shard.parse("3/8")).isEqualTo(new Shard(3, 8));
        assertThat(Shard.parse("3/8")).hasToString("3/8");
    }

    @ParameterizedTest
    @CsvSource({"0/3, such as 3/8", "3, such as 3/8", "a/b, such as 3/8", "4/3, from 1 to 3"})
    void rejectsWhatIsNoPart(String text, String reason) {
        assertThatThrownBy(() -> Shard.parse(text)).hasMessageContaining(reason);
    }

    @Test
    void rejectsMorePartsThanCells() {
        assertThatThrownBy(() -> new Shard(1, 31).of(cells(5, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shard is 1/31 but the panel has only 30 cells; take at most as many parts.");
    }
}
