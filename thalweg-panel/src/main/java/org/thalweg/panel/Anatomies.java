package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.Anatomist;
import org.thalweg.engine.Engine;
import org.thalweg.learn.LearnedRule;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;

/**
 * What the paths of a run's first pair are made of: each method shows its own way there, and every pair the same. Kept beside
 * the cells, since it takes the paths alone and no data.
 *
 * @param folder the run
 */
public record Anatomies(RunFolder folder) {
    /** Returns the results of the grid's first pair that has any, where their paths are kept. */
    private List<PathResult> first(Grid grid, List<PathResult> results) {
        Optional<String> pair = firstPair(grid, results);
        return results.stream()
                .filter(r -> pair.filter(r.pair()::equals).isPresent())
                .filter(r -> Files.isRegularFile(folder.path(r.pair(), r.method())))
                .toList();
    }

    /** Returns the grid's first pair that has a result. */
    static Optional<String> firstPair(Grid grid, List<PathResult> results) {
        Set<String> found = results.stream().map(PathResult::pair).collect(Collectors.toSet());
        return grid.pairs().stream().filter(found::contains).findFirst();
    }

    /** Returns those that are known, by method. */
    Map<String, PathAnatomy> known(Grid grid, List<PathResult> results) throws IOException {
        Map<String, PathAnatomy> known = new LinkedHashMap<>();
        for (PathResult result : first(grid, results)) {
            folder.anatomy(result.pair(), result.method()).ifPresent(found -> known.put(result.method(), found));
        }
        return known;
    }

    /** Looks at the paths that were not looked at yet, as many side by side as the engine has threads, and keeps what it sees. */
    void complete(Engine engine, Grid grid, List<PathResult> results) throws IOException {
        List<PathResult> open = new ArrayList<>();
        for (PathResult result : first(grid, results)) {
            if (folder.anatomy(result.pair(), result.method()).isEmpty()) {
                open.add(result);
            }
        }
        try {
            engine.inOrder(open.size(), i -> look(engine, open.get(i)));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private String look(Engine engine, PathResult result) {
        try {
            org.thalweg.path.Path path = PathFile.read(folder.path(result.pair(), result.method()), LearnedRule::read);
            folder.keep(result.pair(), result.method(), new Anatomist(engine).look(path));
            return result.method();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
