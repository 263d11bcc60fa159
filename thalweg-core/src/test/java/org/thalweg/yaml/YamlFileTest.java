package org.thalweg.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    private static YamlNode parse(String text) throws YamlException {
        return YamlFile.parse("f.yaml", text.replace("|", "\n"));
    }

    @Test
    void readsTextsListsAndMappingsWithTheirLines() throws YamlException {
        YamlNode.Mapping root = parse("# note|a: 1|b: [x, 2.5]|c:|  d: true|").mapping("f");

        assertThat(root.need("a").integer("a", 0, 9)).isEqualTo(1);
        assertThat(root.need("b").list("b").get(1).number("b")).isEqualTo(2.5);
        assertThat(root.need("c").mapping("c").need("d").truth("d")).isTrue();
        assertThat(root.need("c").mapping("c").need("d").place()).isEqualTo(new YamlNode.Place("f.yaml", 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x [1]|b: *x; f.yaml:1: anchors and aliases (&, *) are not read; write the value out.",
                "a: !!java.net.URL [x]; f.yaml:1: tags (!) are not read; leave it out.",
                "a: 1|a: 2; f.yaml:2: 'a' stands here twice.",
                "a: [1; f.yaml:1: is not proper YAML: expected ',' or ']', but got <stream end>.",
                "a: 1|---|b: 2; f.yaml:2: a second document begins here; write one.",
                "# nothing; f.yaml:1: is empty.",
                "[a]: 1; f.yaml:1: a name is a list but must be a text."
            })
    void whatIsRefusedIsNamedWithItsLine(String textAndMessage) {
        String[] both = textAndMessage.split("; f.yaml", 2);

        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse(both[0]))
                .withMessage("f.yaml" + both[1]);
    }

    @Test
    void bombsAreRefusedBeforeTheyUnfold(@TempDir Path folder) throws IOException {
        Path large = folder.resolve("large.yaml");
        Files.write(large, "a: 1\n".repeat(300_000).getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> YamlFile.read(large))
                .withMessageContaining("is larger than 1048576 bytes");
        assertThatExceptionOfType(YamlException.class).isThrownBy(() -> parse("[".repeat(60_000)));
        assertThatExceptionOfType(YamlException.class).isThrownBy(() -> parse("- ".repeat(60_000)));
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse("[" + "1,".repeat(200_000) + "1]"))
                .withMessageContaining("more than 100000 values");
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, new byte[] {(byte) 0xff, 0});
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> YamlFile.read(binary))
                .withMessageContaining("is not UTF-8");
    }

    @Test
    void anyBytesAreReadOrRefusedWithASentence() {
        String seed = "layers:\n  - conv: {filters: 3, size: 5}\n  - relu\nnames: [a, 'b', \"c\"]\n";
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                text.setCharAt(
                        random.nextInt(text.length()), "[]{}:,-&*!|>'\"#%@\n\t a1\0\u0085".charAt(random.nextInt(24)));
            }
            try {
                assertThat(YamlFile.parse("f", text.toString()).place().line()).isPositive();
            } catch (YamlException e) {
                assertThat(e).hasMessageStartingWith("f:");
            }
        }
    }
}
