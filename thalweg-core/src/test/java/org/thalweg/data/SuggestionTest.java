package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    private static final List<String> NAMES = List.of("glyphs", "mnist", "cifar-10", "ot");

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "mnits,mnist",
        "MNIST,mnist",
        "cifar10,cifar-10",
        "glyph,glyphs",
        "Cifar_10,cifar-10",
        "o,ot",
        "mnist,mnist"
    })
    void proposesTheNearestName(String given, String meant) {
        assertThat(Suggestion.nearest(given, NAMES)).contains(meant);
    }

    @ParameterizedTest(name = "''{0}'' is like none")
    @ValueSource(strings = {"", "xy", "imagenet", "a very long name that nothing resembles"})
    void proposesNothingForWhatIsUnlikeAll(String given) {
        assertThat(Suggestion.nearest(given, NAMES)).isEmpty();
    }

    @Test
    void proposesNothingIfNothingIsKnown() {
        assertThat(Suggestion.nearest("mnist", List.of())).isEmpty();
    }

    @Test
    void firstOfEquallyNearNamesWins() {
        assertThat(Suggestion.nearest("layer", List.of("layer1", "layer2"))).contains("layer1");
    }

    @Test
    void sentenceListsAllNamesIfNoneIsNear() {
        assertThat(Suggestion.sentence("imagenet", NAMES)).isEqualTo("known are glyphs, mnist, cifar-10, ot.");
    }
}
