package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.evaluate.NormStatistics;
import org.thalweg.learn.LearnedRule;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;
import org.thalweg.path.Path.Position;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one network of a path as a file for other programs. */
@Command(
        name = "export",
        description = {
            "Writes one point of a path, a member of an ensemble, or a network, as a weight file for other programs: safetensors, a state dict "
                    + "that torch.load reads, or NPZ. Tensors have the names that they had in the file of A.",
            "With --data, batch norm's statistics between the ends are measured anew."
        },
        abbreviateSynopsis = true,
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "A path or ensemble file, or a network file of any format.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--t", paramLabel = "T", description = "Position on the path, from 0 (A) to 1 (B).")
    private @Nullable Double t;

    @Option(
            names = "--leg",
            paramLabel = "NAME",
            description = "Take T as the own position of this leg, such as curve.")
    private @Nullable String leg;

    @Option(names = "--member", paramLabel = "I", description = "Member of an ensemble, counted from 1.")
    private @Nullable Integer member;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "File to write, as its suffix says: .safetensors, .pt, .pth or .npz.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        boolean isEnsemble = EnsembleFile.isEnsemble(checkpoint);
        if (member != null && !isEnsemble) {
            throw new IllegalArgumentException(file + " is no ensemble, so --member has no meaning; leave it out.");
        }
        boolean isPath = PathFile.isPath(checkpoint);
        boolean isDataNamed = spec.commandLine().getParseResult().hasMatchedOption("--data");
        if (isDataNamed && !isPath) {
            throw new IllegalArgumentException(file + " is no path, so --data has no meaning; leave it out.");
        }
        NetworkFile.requireExportable(out);
        Optional<Dataset> data = isDataNamed ? Optional.of(common.open()) : Optional.empty();
        Network network = isEnsemble ? member() : isPath ? point(data) : network();
        NetworkFile.export(out, network);
        CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
        remark(Quote.line(network.architecture().text()));
        spec.commandLine().getOut().println(out);
        return ExitCode.DONE;
    }

    private Network member() throws IOException {
        Ensemble ensemble = EnsembleFile.read(file);
        if (t != null || leg != null) {
            throw new IllegalArgumentException(
                    file + " is an ensemble, so --t and --leg have no meaning; say which --member.");
        }
        if (member == null || member < 1 || member > ensemble.size()) {
            throw new IllegalArgumentException((member == null ? "--member is missing" : "--member is " + member) + ": "
                    + file + " is an ensemble; say which member, from 1 to " + ensemble.size() + ".");
        }
        return ensemble.member(member - 1);
    }

    private Network point(Optional<Dataset> data) throws IOException {
        if (t == null) {
            throw new IllegalArgumentException(
                    "--t is missing: " + file + " is a path; say which point, such as --t 0.5.");
        }
        org.thalweg.path.Path path = PathFile.read(file, LearnedRule::read);
        Position place = leg == null ? path.legAt(t) : path.onLeg(leg, t);
        Network point = path.networkAt(place);
        double along = path.t(place.leg(), place.s());
        boolean isEnd = along == 0 || along == 1; // the networks as they are
        if (isEnd || !NormStatistics.occurIn(point.architecture())) {
            return point;
        }
        if (data.isPresent()) {
            return withOwnStatistics(point, data.get());
        }
        remark(
                "batch norm's statistics lie between A's and B's and fit neither features; with --data they are measured anew, as "
                        + "connect and evaluate do.");
        return point;
    }

    /** Returns the network with batch norm's statistics of the training examples' features, as paths are measured with. */
    private Network withOwnStatistics(Network network, Dataset data) {
        try (Engine engine = common.startEngine()) {
            new Evaluator(engine, data, EvaluationSettings.DEFAULT_POINTS).requireFits(network.architecture());
            NormStatistics statistics = new NormStatistics(engine, network.architecture(), data.train());
            Weights measured = engine.alone(() -> statistics.measured(
                    network.weights(), 0, network.architecture().layers().size()));
            return new Network(network.architecture(), measured, network.provenance());
        }
    }

    private void remark(String sentence) {
        if (!common.quiet) {
            spec.commandLine().getErr().println(out + ": " + sentence);
        }
    }

    private Network network() throws IOException {
        if (t != null || leg != null) {
            throw new IllegalArgumentException(
                    file + " is a single network, so --t and --leg have no meaning; leave them out.");
        }
        return architecture.network(spec, file, common.quiet);
    }
}
