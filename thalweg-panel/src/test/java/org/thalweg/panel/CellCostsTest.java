package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class CellCostsTest {
    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private CellCosts costs(int... widths) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            endpoints.add(
                    new Endpoint("n" + i, network("linear(4," + widths[i] + ") relu linear(" + widths[i] + ",3)")));
        }
        Examples train = Examples.of(new double[50 * 4], new int[50], 4, 3);
        return new CellCosts(endpoints, new ConnectContext(engine, Optional.of(train), ConnectSettings.DEFAULTS));
    }

    private static Network network(String layers) {
        Architecture architecture = Architecture.parse(layers);
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        architecture
                .parameters()
                .forEach((name, shape) ->
                        zeros.put(name, Tensor.rounded(shape, new double[shape.elements()], Precision.FLOAT32)));
        return new Network(architecture, Weights.of(zeros), Provenance.UNKNOWN);
    }

    private static Cell cell(int a, int b, String method) {
        return new Cell("n" + a, "n" + b, method);
    }

    @Test
    void costlyCellsComeFirstWhateverMakesThemCostly() {
        CellCosts costs = costs(5, 5, 60, 2000);
        List<Cell> cells = List.of(
                cell(0, 1, "linear"),
                cell(0, 1, "ot+wa"),
                cell(0, 2, "ot+wa"),
                cell(1, 3, "ot"),
                cell(2, 3, "ot"),
                cell(0, 3, "ot"));

        assertThat(costs.longestFirst(cells))
                .containsExactly(
                        cell(2, 3, "ot"),
                        cell(0, 3, "ot"),
                        cell(1, 3, "ot"),
                        cell(0, 2, "ot+wa"),
                        cell(0, 1, "ot+wa"),
                        cell(0, 1, "linear"));
    }

    /** A path of 5 and 60 units begins and ends with 64 at most: 64 · (4 + 1 + 3) + 3 numbers of four bytes, twice. */
    @Test
    void forecastSumsUpEveryPair() {
        CellCosts costs = costs(5, 5, 60);
        List<Cell> cells = List.of(cell(0, 1, "ot"), cell(0, 2, "ot"), cell(1, 2, "ot"));

        Forecast forecast = costs.forecast(cells);

        assertThat(forecast.paths()).isEqualTo(3);
        assertThat(forecast.bytes()).isEqualTo(2 * 4 * ((5 * 8 + 3) + 2 * (64 * 8 + 3)));
        double sum = cells.stream()
                .mapToDouble(cell -> costs.of(cell).multiplyAdds())
                .sum();
        assertThat(forecast.connecting().multiplyAdds()).isCloseTo(sum, within(1e-9 * sum));
        assertThat(costs.of(cells.get(1)).multiplyAdds())
                .isGreaterThan(5 * costs.of(cells.get(0)).multiplyAdds());
    }
}
