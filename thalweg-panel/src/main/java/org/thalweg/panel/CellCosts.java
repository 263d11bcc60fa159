package org.thalweg.panel;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.Methods;
import org.thalweg.connect.Sizes;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;

/** What connecting takes, cell by cell, as {@code check} counts it: networks of other widths make other costs. */
final class CellCosts {
    private final Map<String, Network> networks = new HashMap<>();
    private final ConnectContext context;
    private final Map<Kind, Work> known = new HashMap<>();

    /** What alike cells have in common. */
    private record Kind(String method, Sizes sizes) {}

    /** Prepares to count; {@code context} has what methods work with. */
    CellCosts(List<Endpoint> endpoints, ConnectContext context) {
        endpoints.forEach(endpoint -> networks.put(endpoint.name(), endpoint.network()));
        this.context = context;
    }

    /** Returns what a cell takes; nothing where its method does not know. */
    Work of(Cell cell) {
        return known.computeIfAbsent(new Kind(cell.method(), sizes(cell)), CellCosts::count);
    }

    private static Work count(Kind kind) {
        return Methods.named(kind.method()).cost(kind.sizes()).orElse(Work.NOTHING);
    }

    private Sizes sizes(Cell cell) {
        return Sizes.of(network(cell.a()), network(cell.b()), context);
    }

    private Network network(String name) {
        return Objects.requireNonNull(networks.get(name), name);
    }

    /** Returns what all of these are going to take. */
    Forecast forecast(List<Cell> cells) {
        Work connecting = Work.NOTHING;
        long bytes = 0;
        for (Cell cell : cells) {
            connecting = connecting.plus(of(cell));
            bytes += sizes(cell).endsBytes();
        }
        return new Forecast(cells.size(), bytes, connecting);
    }

    /**
     * Returns cells in the order in which a cluster begins them: longest first, so that none is left over when all machines but
     * one are done; among equals, pairs with the same first network together, so that a machine that has it need not read it
     * again.
     */
    List<Cell> longestFirst(List<Cell> cells) {
        return cells.stream()
                .sorted(Comparator.comparingDouble((Cell cell) -> -of(cell).multiplyAdds())
                        .thenComparing(Cell::method)
                        .thenComparing(Cell::a)
                        .thenComparing(Cell::b))
                .toList();
    }
}
