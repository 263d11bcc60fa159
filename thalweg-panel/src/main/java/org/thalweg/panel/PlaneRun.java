package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.path.Path;
import org.thalweg.plane.Plane;
import org.thalweg.result.Measures;
import org.thalweg.result.PlaneProfile;
import org.thalweg.result.PlaneProfile.Corner;
import org.thalweg.result.PlaneProfile.CurvePoint;
import org.thalweg.result.PlaneProfile.Row;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.run.PlaneRowJson;
import org.thalweg.run.RunFolder;

/**
 * Measures a plane row by row into a folder; rows that are there are kept, so an interrupted plane goes on where it stopped and
 * ends with the same bytes.
 *
 * @param engine where to compute
 * @param data what to measure on
 * @param plane the plane
 * @param settings how
 * @param folder where rows are kept
 */
public record PlaneRun(Engine engine, Dataset data, Plane plane, PlaneSettings settings, RunFolder folder) {
    /** How far the grid reaches beyond the networks, in widths and heights, as Garipov's program has it. */
    private static final double MARGIN = 0.2;

    /** Points of the path that are projected. */
    private static final int CURVE_POINTS = 61;

    /** The three networks' names. */
    public record Names(String a, String b, String c) {}

    /**
     * Checks that the plane's networks can be measured here.
     *
     * @throws org.thalweg.network.MismatchException if they do not fit the data
     */
    public void requireFits() {
        new Evaluator(engine, data, 2).requireFits(plane.architecture());
    }

    private int grid() {
        return settings.grid();
    }

    /**
     * Makes the folder that of this plane, or checks that it is.
     *
     * @param origin settings that tell where the networks come from
     * @return all settings, by name
     * @throws org.thalweg.run.OtherConfigurationException if it is another's
     * @throws IOException if it cannot be read or written
     */
    public Map<String, String> claim(Map<String, String> origin) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(origin);
        facts.put("data", data.name());
        facts.put("trainExamples", "" + data.train().count());
        facts.put("testExamples", "" + data.test().count());
        facts.put("dataHash", data.hash());
        facts.put("grid", "" + grid());
        policy().ifPresent(policy -> facts.put("statistics", policy.toString()));
        folder.claim(facts);
        return facts;
    }

    /**
     * Measures what is not finished and returns everything.
     *
     * @param path a path to project; the lines from A over C to B if there is none
     * @throws IOException if a file cannot be read or written
     */
    public PlaneProfile run(Names names, Optional<Path> path, double weightDecay, PanelListener listener)
            throws IOException {
        List<Double> xs = positions(Math.min(0, plane.shift()), Math.max(plane.width(), plane.shift()));
        List<Double> ys = positions(0, plane.height());
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < grid(); i++) {
            if (PlaneRowJson.read(folder, i, data.loss()).isEmpty()) {
                open.add(i);
            }
        }
        listener.onPlan(0, open.size());
        try {
            for (int i : open) { // one after another: within a row all threads have work, and one row's weights suffice
                PlaneRowJson.write(folder, i, row(ys.get(i), xs));
                listener.onRow();
            }
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < grid(); i++) {
            PlaneRowJson.read(folder, i, data.loss()).ifPresent(rows::add);
        }
        return new PlaneProfile(corners(names, path), xs, rows, curve(path), policy(), weightDecay);
    }

    private List<Double> positions(double from, double to) {
        double margin = MARGIN * (to - from);
        return IntStream.range(0, grid())
                .mapToObj(i -> from - margin + (to - from + 2 * margin) * i / (grid() - 1))
                .toList();
    }

    private Optional<StatisticsPolicy> policy() {
        return new Evaluator(engine, data, new EvaluationSettings(grid(), settings.statistics(), Optional.empty()))
                .policy(plane.architecture());
    }

    /** Returns what is measured at points of a row, statistics included. */
    private List<Measures> along(double y, double from, double to, int points) {
        boolean keeps = settings.statistics() == StatisticsPolicy.KEEP;
        Path row = (keeps ? plane.keepingStatistics() : plane).row(y, from, to);
        StatisticsPolicy asRow = keeps ? StatisticsPolicy.INTERPOLATE : settings.statistics(); // between equal ones
        return new Evaluator(engine, data, new EvaluationSettings(points, asRow, Optional.empty())).evaluateLine(row);
    }

    private Row row(double y, List<Double> xs) {
        List<Measures> measures = along(y, xs.get(0), xs.get(grid() - 1), grid());
        List<Double> norms = engine.inOrder(grid(), i -> plane.norms(xs.get(i), y));
        return new Row(y, measures, norms);
    }

    /** Networks have their own statistics; the bend of a path is a point of the plane like any other. */
    private List<Corner> corners(Names names, Optional<Path> path) {
        Evaluator evaluator = new Evaluator(engine, data, 2);
        double x = plane.shift();
        double y = plane.height();
        Measures third = path.isPresent() ? along(y, x, x, 2).get(0) : evaluator.measure(plane.corner(2));
        return List.of(
                new Corner(names.a(), 0, 0, evaluator.measure(plane.corner(0))),
                new Corner(names.b(), plane.width(), 0, evaluator.measure(plane.corner(1))),
                new Corner(names.c(), x, y, third));
    }

    private List<CurvePoint> curve(Optional<Path> path) {
        if (path.isPresent()) {
            return plane.project(path.get(), CURVE_POINTS);
        }
        List<CurvePoint> lines = new ArrayList<>();
        for (int i = 0; i < CURVE_POINTS; i++) {
            double t = (double) i / (CURVE_POINTS - 1);
            double up = 1 - Math.abs(2 * t - 1); // from A to C and on to B
            double x = t <= 0.5 ? up * plane.shift() : plane.width() + up * (plane.shift() - plane.width());
            lines.add(new CurvePoint(t, x, up * plane.height(), 0));
        }
        return lines;
    }
}
