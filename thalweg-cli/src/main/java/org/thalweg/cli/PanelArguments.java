package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.panel.PanelInputs;
import org.thalweg.panel.PanelSource;

/**
 * A panel as its command line, which other machines read again: what they do cannot differ from what the user asked for.
 *
 * @param arguments the command line
 * @param folder where the user stands, which relative paths begin from
 */
record PanelArguments(ArrayList<String> arguments, String folder) implements PanelSource {
    private static final long serialVersionUID = 1L;

    /** Returns a command line that was typed in this process's folder. */
    static PanelArguments here(List<String> arguments) {
        return new PanelArguments(
                new ArrayList<>(arguments), Path.of("").toAbsolutePath().toString());
    }

    @Override
    public PanelInputs open() throws IOException {
        Path base = Path.of(folder);
        Object command = Main.commandLine(base)
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .userObject();
        return ((PanelCommand) command).inputs(base);
    }
}
