package org.thalweg.panel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.connect.Methods;
import org.thalweg.connect.Sizes;
import org.thalweg.engine.Work;

/**
 * The order in which a cluster begins cells: longest first, so that none is left over when all machines but one are done; among
 * equals, pairs with the same first network together, so that a machine that has it need not read it again.
 *
 * @param operations multiply-adds of a cell by method; 0 where the method does not know
 */
record CellOrder(Map<String, Double> operations) {
    /** Returns the order by the costs that {@code check} and plans print. */
    static CellOrder byCost(List<String> methods, Sizes sizes) {
        Map<String, Double> operations = new TreeMap<>();
        for (String method : methods) {
            operations.put(
                    method,
                    Methods.named(method).cost(sizes).map(Work::multiplyAdds).orElse(0.0));
        }
        return new CellOrder(operations);
    }

    List<Cell> of(List<Cell> cells) {
        return cells.stream()
                .sorted(Comparator.comparingDouble((Cell cell) -> -operations.getOrDefault(cell.method(), 0.0))
                        .thenComparing(Cell::method)
                        .thenComparing(Cell::a)
                        .thenComparing(Cell::b))
                .toList();
    }
}
