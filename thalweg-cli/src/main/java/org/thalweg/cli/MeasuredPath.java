package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.thalweg.connect.Methods;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.run.CurveNpz;
import org.thalweg.run.DataFacts;
import org.thalweg.run.PathResult;
import org.thalweg.run.Program;
import org.thalweg.run.Seconds;

/** A path's result and the time it took. */
record MeasuredPath(PathResult result, Seconds seconds) {
    /** Measures a path whose end points are called {@code a} and {@code b}. */
    static MeasuredPath of(org.thalweg.path.Path path, String a, String b, double connectSeconds, Evaluator evaluator) {
        long start = System.nanoTime();
        PathResult result = new PathResult(
                path.method(),
                Program.TITLE,
                a,
                b,
                DataFacts.of(evaluator.data()),
                evaluator.evaluate(path),
                Methods.assignment(path),
                Methods.training(path),
                Methods.refits(path),
                Methods.map(path));
        return new MeasuredPath(result, new Seconds(connectSeconds, (System.nanoTime() - start) / 1e9));
    }

    /** Writes the profile as {@code curve.npz}. */
    void write(Path file, org.thalweg.path.Path path) throws IOException {
        CurveNpz.write(file, path, result.profile(), CurveNpz.weightDecay(path.provenance()));
    }

    /** Returns a file's name without folder and without the suffix of a weight file. */
    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        for (String suffix : List.of(".safetensors", ".pt", ".pth", ".npz", ".onnx", ".safetensors.index.json")) {
            if (name.length() > suffix.length() && name.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
