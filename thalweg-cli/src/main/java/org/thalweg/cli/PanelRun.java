package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelResult;
import org.thalweg.report.Report;

/** Prints the table of a panel that has run, writes its report. */
final class PanelRun {
    private PanelRun() {}

    static int finish(Panel panel, PanelResult result, PrintWriter out) throws IOException {
        Report.ofPanel(result).write(panel.folder().root());
        out.print(new TerminalTable(result, Terminal.ofStandardOutput()).text());
        out.println("Report: " + panel.folder().root().resolve(Report.FILE));
        return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.NUMBERS;
    }
}
