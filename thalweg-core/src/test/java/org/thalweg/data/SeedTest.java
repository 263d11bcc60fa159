package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {
    private static final Seed ROOT = new Seed(1);

    @Test
    void sameNameGivesSameChild() {
        assertThat(ROOT.child("init/layer1")).isEqualTo(new Seed(1).child("init/layer1"));
    }

    @Test
    void childIsFixedForEver() {
        // From the definition, computed apart from this code in Python: every saved result depends on these bits.
        assertThat(new Seed(0).child("").value()).isEqualTo(0x813f0174a2367c13L);
        assertThat(ROOT.child("zwölf").value()).isEqualTo(0x79bcd4a629fef301L);
    }

    @Test
    void orderOfNestedNamesMatters() {
        assertThat(ROOT.child("a").child("b")).isNotEqualTo(ROOT.child("b").child("a"));
    }

    @Test
    void thousandsOfNamesAndParentsGiveDifferentChildren() {
        Set<Seed> seen = new HashSet<>();
        for (int parent = 0; parent < 20; parent++) {
            for (int name = 0; name < 1000; name++) {
                seen.add(new Seed(parent).child("image/" + name));
            }
        }
        assertThat(seen).hasSize(20_000);
    }

    @Test
    void eachGeneratorStartsAtTheSeed() {
        assertThat(ROOT.random().nextLong()).isEqualTo(ROOT.random().nextLong());
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {0, 1, 2, 17, 1000})
    void shuffledHoldsEachNumberOnce(int n) {
        int[] all = IntStream.range(0, n).toArray();
        assertThat(ROOT.shuffled(n)).containsExactlyInAnyOrder(all);
    }

    @Test
    void shuffledIsFixedForEver() {
        assertThat(ROOT.shuffled(10)).containsExactly(5, 4, 7, 8, 2, 0, 9, 1, 6, 3);
    }

    @Test
    void everyOrderOfThreeIsAboutEquallyLikely() {
        int[] counts = new int[27];
        for (int i = 0; i < 6000; i++) {
            int[] order = ROOT.child("draw/" + i).shuffled(3);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        // 6 orders, 1000 expected each, standard deviation 29: five of them
        assertThat(IntStream.of(counts).filter(count -> count > 0))
                .hasSize(6)
                .allMatch(count -> Math.abs(count - 1000) < 145);
    }

    @Test
    void rejectsShufflingFewerThanNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.shuffled(-1)).withMessageContaining("-1");
    }
}
