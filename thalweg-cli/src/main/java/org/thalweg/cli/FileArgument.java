package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.thalweg.panel.RemoteFiles;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Turns an argument into a file: a name, or the address of a file on another file system, of which there is then a copy here.
 *
 * @param base the folder that relative names begin from
 */
record FileArgument(Path base) implements ITypeConverter<Path> {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

    /** Returns whether a text names a file on another file system. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    @Override
    public Path convert(String text) {
        if (!isAddress(text)) {
            return base.resolve(text);
        }
        RemoteFiles files = ServiceLoader.load(RemoteFiles.class)
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException(
                                text
                                        + " is on another file system, which only 'thalweg panel --spark' reads; copy it to this machine."));
        try {
            return files.fetched(text);
        } catch (IOException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
