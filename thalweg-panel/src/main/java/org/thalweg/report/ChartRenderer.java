package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/**
 * Draws an ECharts option as SVG inside the JVM: ECharts runs in Rhino, without a browser. Equal options give equal bytes.
 * About two seconds for the first chart, loading included.
 */
final class ChartRenderer {
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    /** What ECharts expects of its surroundings; nothing is animated, so timers are never due. */
    private static final String SURROUNDINGS =
            "var window = this, self = this; function setTimeout() { return 0; } function clearTimeout() {}";

    private static final String DRAW = "(function (option, width, height) {"
            + " var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});"
            + " chart.setOption(JSON.parse(option)); var svg = chart.renderToSVGString(); chart.dispose(); return svg; })";

    private ChartRenderer() {}

    static String svg(ObjectNode option, int width, int height) {
        try (Context context = Context.enter()) {
            context.setInterpretedMode(true); // compiled, a function of ECharts exceeds the JVM's 64 kB
            context.setLanguageVersion(Context.VERSION_ES6);
            ScriptableObject scope = context.initSafeStandardObjects(); // no way from scripts to Java
            context.evaluateString(scope, SURROUNDINGS, "surroundings", 1, null);
            context.evaluateString(scope, library(), "echarts", 1, null);
            Object draw = context.evaluateString(scope, DRAW, "draw", 1, null);
            Object svg = ((org.mozilla.javascript.Function) draw)
                    .call(context, scope, scope, new Object[] {option.toString(), width, height});
            return Context.toString(svg);
        }
    }

    private static String library() {
        try (InputStream in = Objects.requireNonNull(ChartRenderer.class.getResourceAsStream(LIBRARY))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
