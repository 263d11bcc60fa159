package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.format.JsonMutation;

/** An architecture's text comes from files too: it is understood or refused. {@code -Dthalweg.fuzz=N} tries N. */
class ArchitectureFuzzTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 2000);

    @ParameterizedTest
    @ValueSource(strings = {"vgg16-quarter", "vgg16-bn-quarter"})
    void isUnderstoodOrRefused(String name) {
        String text = Catalogue.named(name, Shape.of(3, 32, 32), 10).text();
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            String damaged = new JsonMutation(seed).of(text.replace(" ", ";")).replace(";", " ");
            try {
                Architecture read = Architecture.parse(damaged);
                assertThat(Architecture.parse(read.text())).isEqualTo(read);
                read.parameters();
                read.unitGroups();
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).as(damaged).isNotBlank();
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + damaged, e);
            }
        }
        assertThat(refused).isBetween(RUNS / 3, RUNS - 1);
    }

    @Test
    void aTextWithoutEndIsRefused() {
        assertThatThrownBy(() -> Architecture.parse("linear(2,2) relu ".repeat(100_000) + "linear(2,2)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an architecture's text has 1700011 characters; at most 100000 are read.");
    }
}
