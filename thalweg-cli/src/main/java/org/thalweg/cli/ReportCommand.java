package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.engine.Engine;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.StoredEnsembles;
import org.thalweg.panel.StoredPanel;
import org.thalweg.report.Report;
import org.thalweg.run.EventFile;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the page of saved results. */
@Command(
        name = "report",
        description =
                "Rebuilds report.html and figures/ from the saved results of one or several runs; computes no path.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Run folders; several are shown side by side, parts of one panel (--shard) as that panel.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> runs;

    @Option(names = "--out", paramLabel = "DIR", description = "Write to this folder (default: the run's own).")
    private @Nullable Path out;

    @Option(
            names = "--tensorboard",
            description = "Also write each path's profile for TensorBoard, to DIR/tensorboard/PAIR/METHOD.")
    private boolean tensorboard;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads that look at paths (default: all cores); same bytes for any N.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        for (Path run : runs) {
            if (StoredEnsembles.areIn(new RunFolder(run))) {
                return ensembles(run);
            }
        }
        if (out == null && runs.size() > 1) {
            throw new IllegalArgumentException("--out is missing: " + runs.size()
                    + " runs make one report; say which folder it goes to, such as --out comparison.");
        }
        if (out == null) {
            lookAtPaths(new RunFolder(runs.get(0)));
        }
        Path folder = out == null ? runs.get(0) : out;
        Map<String, PanelResult> panels = new LinkedHashMap<>();
        for (Path run : runs) {
            String name = String.valueOf(run.toAbsolutePath().normalize().getFileName());
            String unique = panels.containsKey(name) ? (panels.size() + 1) + "-" + name : name;
            panels.put(unique, StoredPanel.read(new RunFolder(run)));
        }
        PanelResult together = StoredPanel.together(panels);
        Report.ofPanel(together).write(folder);
        if (StoredPanel.areParts(panels)) {
            together.writeTable(new RunFolder(folder));
            spec.commandLine().getOut().println(parts(panels.size(), together));
        }
        if (tensorboard) {
            for (PathResult result : together.results()) {
                EventFile.write(folder.resolve("tensorboard"), result);
            }
        }
        return written(folder);
    }

    private int ensembles(Path run) throws IOException {
        if (runs.size() > 1 || tensorboard) {
            throw new IllegalArgumentException(
                    run + " holds ensembles, which have a page of their own and no paths; give it"
                            + " as the only folder and without --tensorboard.");
        }
        Path folder = out == null ? run : out;
        Report.ofEnsembles(StoredEnsembles.read(new RunFolder(run))).write(folder);
        return written(folder);
    }

    private int written(Path folder) {
        spec.commandLine().getOut().println("Report: " + folder.resolve(Report.FILE));
        return ExitCode.DONE;
    }

    private static String parts(int count, PanelResult panel) {
        return "Joined " + count + " parts of one panel: " + panel.results().size() + " of "
                + panel.grid().size() + " cells are finished, "
                + panel.failures().size() + " failed.";
    }

    /** What a run's paths are made of is kept in its folder, and no other program may be at work in there. */
    private void lookAtPaths(RunFolder run) throws IOException {
        StoredPanel.read(run); // or says that this is no run folder, before a lock is left in it
        try (RunLock lock = RunLock.take(run);
                Engine engine = Engine.start(threads)) {
            StoredPanel.lookAtPaths(run, engine);
        }
    }
}
