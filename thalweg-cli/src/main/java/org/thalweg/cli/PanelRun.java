package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.panel.Grid;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.StoredPanel;
import org.thalweg.report.Report;
import org.thalweg.run.RunFolder;

/** Prints the table of a panel that has run, writes its report. */
final class PanelRun {
    private PanelRun() {}

    static int finish(Panel panel, PanelResult result, PrintWriter out) throws IOException {
        Report.ofPanel(result).write(panel.folder().root());
        out.print(new TerminalTable(result, Terminal.ofStandardOutput()).text());
        String others = others(StoredPanel.besides(panel.folder(), result.grid()), panel.folder());
        if (!others.isEmpty()) {
            out.println(others);
        }
        out.println("Report: " + panel.folder().root().resolve(Report.FILE));
        return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.NUMBERS;
    }

    /** Names what earlier panels left in the folder, which this one's table and page lack. */
    private static String others(Grid others, RunFolder folder) {
        List<String> names = new ArrayList<>(others.methods());
        others.pairs().forEach(pair -> names.add("pair " + pair));
        return names.isEmpty()
                ? ""
                : "Finished in " + folder.root() + " but not asked for now, so not shown: " + String.join(", ", names)
                        + "; 'thalweg report " + folder.root() + "' shows all that is finished.";
    }
}
