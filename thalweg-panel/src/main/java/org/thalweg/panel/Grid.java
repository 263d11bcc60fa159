package org.thalweg.panel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.thalweg.run.PathResult;

/**
 * Which cells a panel has, in the order of its tables: sums are taken in this order, so that the parts of a panel give the same
 * bits as the whole.
 *
 * @param methods names of methods
 * @param pairs names of pairs
 */
public record Grid(List<String> methods, List<String> pairs) {
    public Grid {
        methods = List.copyOf(methods);
        pairs = List.copyOf(pairs);
    }

    static Grid of(List<Cell> cells) {
        return new Grid(
                cells.stream().map(Cell::method).distinct().toList(),
                cells.stream().map(Cell::pair).distinct().toList());
    }

    /** Returns the grid of results alone, in the order in which methods and pairs come up. */
    static Grid ofResults(List<PathResult> results) {
        return new Grid(
                results.stream().map(PathResult::method).distinct().toList(),
                results.stream().map(PathResult::pair).distinct().toList());
    }

    /** Returns this grid with what only {@code other} has behind it. */
    Grid with(Grid other) {
        return new Grid(union(methods, other.methods), union(pairs, other.pairs));
    }

    /** Returns what of this grid {@code other} does not have. */
    Grid without(Grid other) {
        return new Grid(
                methods.stream()
                        .filter(method -> !other.methods.contains(method))
                        .toList(),
                pairs.stream().filter(pair -> !other.pairs.contains(pair)).toList());
    }

    private static List<String> union(List<String> first, List<String> second) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return new ArrayList<>(all);
    }

    /** Returns the order of cells: by method, then by pair; what the grid does not have comes last, by name. */
    Comparator<PathResult> order() {
        return by(methods, PathResult::method).thenComparing(by(pairs, PathResult::pair));
    }

    /** Returns the order of failures, which is that of cells. */
    Comparator<CellFailure> orderOfFailures() {
        return by(methods, CellFailure::method).thenComparing(by(pairs, CellFailure::pair));
    }

    private static <T> Comparator<T> by(List<String> order, Function<T, String> name) {
        Map<String, Integer> ranks = new HashMap<>();
        order.forEach(item -> ranks.put(item, ranks.size()));
        return Comparator.comparingInt((T item) -> ranks.getOrDefault(name.apply(item), ranks.size()))
                .thenComparing(name);
    }

    /** Returns the number of cells. */
    public int size() {
        return methods.size() * pairs.size();
    }
}
