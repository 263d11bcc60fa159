package org.thalweg.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptableObject;

/**
 * Draws charts as SVG inside the JVM: ECharts runs in Rhino, without a browser. Equal charts give equal bytes. Loading takes
 * about two seconds, each chart some tenths. One thread, the one that opened it; close it when done.
 */
final class ChartRenderer implements AutoCloseable {
    /** The library, which the page carries too. */
    static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    /** What ECharts expects of its surroundings; nothing is animated, so timers are never due. */
    private static final String SURROUNDINGS =
            "var window = this, self = this; function setTimeout() { return 0; } function clearTimeout() {}";

    private final Context context;
    private final ScriptableObject scope;
    private final Function draw;

    private ChartRenderer(Context context) {
        this.context = context;
        context.setInterpretedMode(true); // compiled, a function of ECharts exceeds the JVM's 64 kB
        context.setLanguageVersion(Context.VERSION_ES6);
        scope = context.initSafeStandardObjects(); // no way from scripts to Java
        context.evaluateString(scope, SURROUNDINGS, "surroundings", 1, null);
        context.evaluateString(scope, text(LIBRARY), "echarts", 1, null);
        context.evaluateString(scope, text("charts.js"), "charts", 1, null);
        draw = (Function) context.evaluateString(scope, "thalweg.svg", "draw", 1, null);
    }

    /** Loads the library. */
    static ChartRenderer open() {
        return new ChartRenderer(Context.enter());
    }

    /** Returns a chart as SVG, of the width of a static figure. */
    String svg(Chart chart) {
        Object svg =
                draw.call(context, scope, scope, new Object[] {chart.option().toString(), Plot.WIDTH, chart.height()});
        return Context.toString(svg);
    }

    /** Returns the text of a resource of this package, or of an absolute one. */
    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(ChartRenderer.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
