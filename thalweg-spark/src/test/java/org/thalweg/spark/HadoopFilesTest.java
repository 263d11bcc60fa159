package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.MissingFileException;

/** On the file system of {@code core-site.xml}. */
class HadoopFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("set/part"));
        Files.writeString(folder.resolve("set/part/labels"), "1 2 3");
        Files.writeString(folder.resolve("net.safetensors"), "weights");
    }

    private static Path fetched(String uri) throws IOException {
        return new HadoopFiles().fetched(uri);
    }

    private String there(String name) {
        return "viewfs://test/disk" + folder.resolve(name);
    }

    @Test
    void fileHasItsNameAndContent() throws IOException {
        assertThat(fetched(there("net.safetensors")))
                .hasFileName("net.safetensors")
                .hasContent("weights");
    }

    @Test
    void folderComesWithAllThatIsInItAndOnce() throws IOException {
        Path first = fetched(there("set"));

        assertThat(first.resolve("part/labels")).hasContent("1 2 3");
        assertThat(fetched(there("set"))).isEqualTo(first);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> fetched(there("none")))
                .isInstanceOf(MissingFileException.class)
                .hasMessage(there("none") + ": no such file or folder.");
        assertThatThrownBy(() -> fetched("nowhere://host/none"))
                .isInstanceOf(MissingFileException.class)
                .hasMessageStartingWith("nowhere://host/none: No FileSystem for scheme \"nowhere\"");
    }
}
