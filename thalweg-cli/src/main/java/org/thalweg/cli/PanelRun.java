package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelListener;
import org.thalweg.panel.PanelResult;
import org.thalweg.report.Report;

/** Runs a panel, prints its table, writes its report. */
final class PanelRun {
    private PanelRun() {}

    static int run(
            Panel panel, List<Endpoint> endpoints, Map<String, String> origin, PanelListener listener, PrintWriter out)
            throws IOException {
        PanelResult result = panel.run(endpoints, origin, listener);
        Report.ofPanel(result).write(panel.folder().root());
        out.print(new TerminalTable(result, Terminal.ofStandardOutput()).text());
        out.println("Report: " + panel.folder().root().resolve(Report.FILE));
        return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.NUMBERS;
    }
}
