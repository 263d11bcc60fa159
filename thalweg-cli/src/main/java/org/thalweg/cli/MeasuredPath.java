package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.thalweg.connect.Methods;
import org.thalweg.evaluate.Evaluator;
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
                Methods.training(path));
        return new MeasuredPath(result, new Seconds(connectSeconds, (System.nanoTime() - start) / 1e9));
    }

    /** Returns a file's name without folder and suffix. */
    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? name.substring(0, name.length() - ".safetensors".length())
                : name;
    }
}
