package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Datasets;
import org.thalweg.data.NoDataFolderException;

class ErrorsTest {
    /** Other checked exceptions cannot get here: no command declares them, and the compiler sees to that. */
    static List<Class<?>> exceptionsOfTheLibrary() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.thalweg").stream()
                        .filter(type -> type.getSimpleName().endsWith("Exception"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type -> RuntimeException.class.isAssignableFrom(type)
                                || IOException.class.isAssignableFrom(type))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("exceptionsOfTheLibrary")
    void everyExceptionOfTheLibraryHasAnExitCode(Class<?> type) {
        assertThat(Errors.code(type.asSubclass(Exception.class)))
                .as("who throws it must find it in Errors.CODES")
                .isNotEqualTo(ExitCode.OUR_FAULT);
    }

    @Test
    void whatNobodyForesawIsOurFault() {
        assertThat(Errors.code(IllegalStateException.class)).isEqualTo(ExitCode.OUR_FAULT);
        assertThat(Errors.code(NullPointerException.class)).isEqualTo(ExitCode.OUR_FAULT);
    }

    @Test
    void aDataSetWithoutAFolderIsToldByWhichOptionToNameIt() {
        assertThatExceptionOfType(NoDataFolderException.class)
                .isThrownBy(() -> Datasets.open("mnist", DataOptions.DEFAULTS))
                .satisfies(failure -> assertThat(Advice.added(Errors.sentence(failure), failure, Main.commandLine()))
                        .isEqualTo("data set 'mnist' is read from files and no data folder was given; name one with"
                                + " --data-dir, or set THALWEG_DATA; 'thalweg data fetch mnist --data-dir DIR' downloads"
                                + " it."));
    }

    @Test
    void aFileThatCannotBeReadIsASentenceNotAName() {
        assertThat(Errors.sentence(new AccessDeniedException("a.safetensors")))
                .isEqualTo("a.safetensors: cannot be read (permission denied).");
        assertThat(Errors.sentence(new FileSystemException("a.safetensors", null, "Input/output error")))
                .isEqualTo("a.safetensors: cannot be read (Input/output error).");
    }

    @Test
    void namesFromFilesDoNotCommandTheTerminal() {
        assertThat(Errors.sentence(new IOException("tensor 'a\n\u001b[31mb\u2028c\u202ed' is\tbad.")))
                .isEqualTo("tensor 'a [31mb c d' is bad.");
    }
}
