package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    /** No process has it: above the greatest number that Linux, macOS or Windows give. */
    private static final String DEAD = "99999999999";

    @TempDir
    Path folder;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, text("old"));

        AtomicFile.write(file, text("new"));

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void contentThatFailsLeavesTheOldFileAsItWas() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, text("old"));

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(WriteException.class)
                .hasMessage(file + ": cannot be written (No space left on device); choose another place or free some "
                        + "space.");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void removesWhatAKilledProcessLeftOfTheSameFileOnly() throws IOException {
        long alive = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
        List<String> others = List.of(
                ".a.txt." + alive + "-7.part", // of another program that is writing
                ".b.txt." + DEAD + "-7.part", // of another file
                ".a.txt.part",
                ".a.txt.x-7.part");
        for (String name : others) {
            Files.writeString(folder.resolve(name), "half");
        }
        Files.writeString(folder.resolve(".a.txt." + DEAD + "-7.part"), "half");
        Files.writeString(folder.resolve(".a.txt." + ProcessHandle.current().pid() + "-999999.part"), "half");

        AtomicFile.write(folder.resolve("a.txt"), text("whole"));

        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(others.stream(), Stream.of("a.txt")).toList());
    }

    @Test
    void aWriterInThisProcessIsNotDisturbed() throws IOException {
        Path file = folder.resolve("a.txt");

        AtomicFile.write(file, out -> {
            AtomicFile.write(file, text("inner"));
            AtomicFile.removeAbandoned(folder);
            out.write("outer".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(file).hasContent("outer");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aFolderIsSweptAtAnyDepth() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("cells/a_b"));
        Files.writeString(deep.resolve(".ot.json." + DEAD + "-3.part"), "half");
        Files.writeString(deep.resolve("ot.json"), "whole");

        AtomicFile.removeAbandoned(folder);

        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files).containsExactly(deep.resolve("ot.json"));
        }
    }

    @Test
    void writesThroughALinkToAFolder() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        AtomicFile.write(link.resolve("a.txt"), text("whole"));

        assertThat(real.resolve("a.txt")).hasContent("whole");
    }

    @Test
    void anUnwritablePlaceIsNoticedBeforeTheWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> AtomicFile.requireWritable(folder))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("(it is a folder)");
        assertThatThrownBy(() -> AtomicFile.requireWritable(file.resolve("a")))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("(" + file + " is a file, not a folder)");
        assertThatThrownBy(() -> AtomicFile.requireWritable(folder.resolve("n".repeat(300))))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("too long");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void lookingWhetherAFileCanBeWrittenMakesNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        AtomicFile.requireWritable(folder.resolve("new/deep/a.txt"));

        assertThat(names()).containsExactly("file");
        assertThatThrownBy(() -> AtomicFile.requireWritable(file.resolve("new/deep/a.txt")))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("(" + file + " is a file, not a folder)");
        assertThatThrownBy(() -> AtomicFile.requireWritable(folder.resolve("n".repeat(300) + "/a.txt")))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void theReasonIsInWords() {
        Path file = folder.resolve("a.txt");

        assertThat(new WriteException(file, new AccessDeniedException(file.toString())))
                .hasMessage(file + ": cannot be written (permission denied); choose another place or free some space.");
    }
}
