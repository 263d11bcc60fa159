package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.network.Network;
import org.thalweg.panel.LearningCurve;
import org.thalweg.panel.LearningCurves;
import org.thalweg.panel.PlaneRun;
import org.thalweg.panel.PlaneSettings;
import org.thalweg.plane.Plane;
import org.thalweg.report.Report;
import org.thalweg.result.PlaneProfile;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.run.CurveNpz;
import org.thalweg.run.PlaneNpz;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a plane through three networks. */
@Command(
        name = "plane",
        abbreviateSynopsis = true,
        description =
                "Measures loss and accuracy on the plane through three networks, or through a path's ends and bend.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class PlaneCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..3",
            paramLabel = "FILE",
            description = "Three networks, A, B (the x axis runs from A to B) and C; or one path file.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for figures, plane.npz and the report; resumed if it is there.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = {"--grid", "--grid_points"},
            paramLabel = "G",
            description = "Points per row, and rows (default: 21).")
    private int grid = 21;

    @Option(
            names = "--statistics",
            paramLabel = "POLICY",
            description = "Batch norm, off the networks: re-estimate (default), interpolate, keep.")
    private StatisticsPolicy statistics = StatisticsPolicy.RE_ESTIMATE;

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** What a plane is laid through. */
    private record Subject(List<Network> corners, PlaneRun.Names names, Optional<org.thalweg.path.Path> path) {}

    @Override
    public Integer call() throws IOException {
        PlaneSettings settings = new PlaneSettings(grid, statistics);
        Subject subject = subject();
        Plane plane = Plane.through(
                subject.corners().get(0),
                subject.corners().get(1),
                subject.corners().get(2));
        Dataset data = common.open();
        try (Engine engine = common.startEngine()) {
            PlaneRun run = new PlaneRun(engine, data, plane, settings, new RunFolder(out));
            run.requireFits();
            measure(run, subject);
        }
        spec.commandLine().getOut().println("Report: " + out.resolve(Report.FILE));
        return ExitCode.DONE;
    }

    private void measure(PlaneRun run, Subject subject) throws IOException {
        try (RunLock lock = RunLock.take(run.folder());
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet)) {
            Map<String, String> origin = new LinkedHashMap<>();
            for (int i = 0; i < files.size(); i++) {
                origin.put(files.size() == 1 ? "path" : "network." + "ABC".charAt(i), NetworkFile.hash(files.get(i)));
            }
            Map<String, String> facts = run.claim(origin);
            PlaneProfile profile = run.run(
                    subject.names(),
                    subject.path(),
                    CurveNpz.weightDecay(subject.corners().get(0).provenance()),
                    progress);
            PlaneNpz.write(out.resolve("plane.npz"), profile);
            Report.ofPlane(profile, run.data().name(), facts, learning(subject)).write(out);
            CommandRecord.of(spec, CommandRecord.OUT, run.data()).addTo(out);
        }
    }

    /** Returns how three networks were trained; a path does not tell that of its ends. */
    private Map<String, LearningCurve> learning(Subject subject) {
        return subject.path().isPresent() ? Map.of() : LearningCurves.of(Endpoints.of(files, subject.corners()));
    }

    private Subject subject() throws IOException {
        if (files.size() == 1) {
            return ofPath(files.get(0));
        }
        if (files.size() != 3) {
            throw new IllegalArgumentException("a plane takes three network files or one path file, got " + files.size()
                    + " files; name a third network.");
        }
        List<Network> corners = List.of(read(files.get(0)), read(files.get(1)), read(files.get(2)));
        PlaneRun.Names names = new PlaneRun.Names(
                "A: " + MeasuredPath.nameOf(files.get(0)),
                "B: " + MeasuredPath.nameOf(files.get(1)),
                "C: " + MeasuredPath.nameOf(files.get(2)));
        return new Subject(corners, names, Optional.empty());
    }

    private Network read(Path file) throws IOException {
        return architecture.network(spec, file, common.quiet);
    }

    /** Returns the ends of a path and the middle of its own curve, where a trained curve of three controls bends. */
    private static Subject ofPath(Path file) throws IOException {
        if (!PathFile.isPath(Checkpoint.open(file))) {
            throw new IllegalArgumentException(
                    file + " is a single network; a plane takes three network files or one path file.");
        }
        org.thalweg.path.Path path = PathFile.read(file);
        boolean hasCurve = path.legs().stream().anyMatch(leg -> leg.name().equals("curve"));
        Network bend = hasCurve ? path.networkAt(path.onLeg("curve", 0.5)) : path.networkAt(0.5);
        List<Network> corners = List.of(path.networkAt(0.0), path.networkAt(1.0), bend);
        PlaneRun.Names names = new PlaneRun.Names(
                path.provenance().fact("a").orElse("A"),
                path.provenance().fact("b").orElse("B"),
                "middle of " + path.method());
        return new Subject(corners, names, Optional.of(path));
    }
}
