package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.WriteException;

class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsForOneAtATime() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));

        try (RunLock first = RunLock.take(run)) {
            assertThatThrownBy(() -> RunLock.take(run))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessage(run.root() + ": another program is working in this folder; wait until it has ended, or"
                            + " choose another --out.");
        }
        RunLock.take(run).close();
        assertThat(run.root().resolve(".lock")).isEmptyFile();
    }

    @Test
    void whatAKilledRunLeftHalfWrittenIsRemovedAndTheRestKept() throws IOException {
        Path networks = Files.createDirectories(folder.resolve("networks"));
        Files.writeString(networks.resolve(".seed-1.safetensors.99999999999-4.part"), "half");
        Files.writeString(networks.resolve("seed-1.safetensors"), "whole");

        RunLock.take(new RunFolder(folder)).close();

        assertThat(networks).isDirectoryNotContaining("glob:**.part");
        assertThat(networks.resolve("seed-1.safetensors")).hasContent("whole");
    }

    @Test
    void aFolderThatCannotBeMadeIsToldWithItsReason() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunLock.take(new RunFolder(file.resolve("run"))))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("(" + file + " is a file, not a folder)");
        assertThatThrownBy(() -> RunLock.take(new RunFolder(file)))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining("is a file, not a folder");
    }
}
