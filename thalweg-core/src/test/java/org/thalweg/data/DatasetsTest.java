package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
    @TempDir
    Path folder;

    private static DataOptions sizes(Optional<Path> folder, int train, int test) {
        return new DataOptions(folder, OptionalInt.of(train), OptionalInt.of(test));
    }

    @Test
    void opensGlyphsOfTheAskedSizesWithoutAFolder() throws IOException {
        Dataset glyphs = Datasets.open("glyphs", sizes(Optional.empty(), 30, 20));
        assertThat(glyphs.name()).isEqualTo("glyphs");
        assertThat(glyphs.train().count()).isEqualTo(30);
        assertThat(glyphs.test().count()).isEqualTo(20);
        assertThat(glyphs.hash()).isEqualTo(Glyphs.generate(Glyphs.SEED, 30, 20).hash());
    }

    @Test
    void unknownNameGetsTheNearestOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.open("MNITS", DataOptions.DEFAULTS))
                .withMessage("unknown data set 'MNITS'; did you mean 'mnist'?");
    }

    @ParameterizedTest(name = "{0} without a folder")
    @ValueSource(strings = {"mnist", "cifar-10"})
    void setsOfFilesNeedAFolder(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.open(name, DataOptions.DEFAULTS))
                .withMessageContaining(name)
                .withMessageContaining("folder");
    }

    @ParameterizedTest(name = "{0} in a folder that is not there")
    @ValueSource(strings = {"mnist", "cifar-10"})
    void namesAFolderThatIsNotThere(String name) {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(MissingDataException.class)
                .isThrownBy(() -> Datasets.open(name, sizes(Optional.of(nowhere), 1, 1)))
                .withMessageContaining(nowhere.toString());
    }

    @Test
    void cutsToTheFirstExamplesAndRefusesMoreThanThereAre() throws IOException {
        writeMnist("train", 3);
        writeMnist("t10k", 2);
        Dataset cut = Datasets.open("mnist", sizes(Optional.of(folder), 2, 1));
        assertThat(cut.train().count()).isEqualTo(2);
        assertThat(cut.test().count()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.open("mnist", sizes(Optional.of(folder), 4, 1)))
                .withMessage("4 mnist training examples were asked for but there are 3.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Datasets.open("mnist", sizes(Optional.of(folder), 3, 3)))
                .withMessage("3 mnist test examples were asked for but there are 2.");
    }

    private void writeMnist(String prefix, int count) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x0803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), labels.array());
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void optionsRejectCountsThatAreNotPositive(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sizes(Optional.empty(), count, 1))
                .withMessageContaining("training examples is " + count);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sizes(Optional.empty(), 1, count))
                .withMessageContaining("test examples is " + count);
    }
}
