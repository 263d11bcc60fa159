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
    /** Returns the results of the first pair whose paths are kept. */
    private List<PathResult> first(List<PathResult> results) {
        Optional<String> pair = results.stream().map(PathResult::pair).findFirst();
        return results.stream()
                .filter(r -> pair.filter(r.pair()::equals).isPresent())
                .filter(r -> Files.isRegularFile(folder.path(r.pair(), r.method())))
                .toList();
    }

    /** Returns those that are known, by method. */
    Map<String, PathAnatomy> known(List<PathResult> results) throws IOException {
        Map<String, PathAnatomy> known = new LinkedHashMap<>();
        for (PathResult result : first(results)) {
            folder.anatomy(result.pair(), result.method()).ifPresent(found -> known.put(result.method(), found));
        }
        return known;
    }

    /** Looks at the paths that were not looked at yet, as many side by side as the engine has threads, and keeps what it sees. */
    void complete(Engine engine, List<PathResult> results) throws IOException {
        List<PathResult> open = new ArrayList<>();
        for (PathResult result : first(results)) {
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
