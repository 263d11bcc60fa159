package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.Panels;
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;
import org.thalweg.run.Seconds;

/** The page in a real browser, from the file system. A script that is added to a copy of it clicks and counts. */
@Tag("peers")
class ReportBrowserTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static final String HOOK = "<script>var seen = {errors: [], violations: [], alerts: 0};"
            + "window.addEventListener('error', function (e) { seen.errors.push(String(e.message)); });"
            + "document.addEventListener('securitypolicyviolation', function (e) { seen.violations.push(e.blockedURI); });"
            + "window.alert = function () { seen.alerts++; };</script>";

    private static final String PROBE = "<script>(function () {"
            + "function marks(id) { return document.querySelectorAll('#plot-' + id + ' svg path').length; }"
            + "function press(selector) { document.querySelector(selector).click(); return marks('path'); }"
            + "seen.plots = {}; document.querySelectorAll('.plot').forEach(function (plot) {"
            + " var id = plot.id.slice(5); seen.plots[id] = marks(id); });"
            + "seen.all = marks('path');"
            + "seen.withoutArc = press('button[data-method=\"arc\"]');"
            + "seen.pressed = document.querySelector('button[data-method=\"arc\"]').getAttribute('aria-pressed');"
            + "seen.again = press('button[data-method=\"arc\"]');"
            + "seen.withoutTest = press('button[data-part=\"test\"]');"
            + "press('button[data-part=\"test\"]');"
            + "var ink = getComputedStyle(document.body).color; document.getElementById('theme').click();"
            + "seen.themed = getComputedStyle(document.body).color !== ink; seen.afterTheme = marks('path');"
            + "function named() { return document.querySelector('#plot-path').textContent.indexOf('arc') >= 0; }"
            + "seen.namedOnScreen = named(); window.dispatchEvent(new Event('beforeprint')); seen.namedOnPaper = named();"
            + "window.dispatchEvent(new Event('afterprint'));"
            + "function tilted() { return Array.from(document.querySelectorAll('#plot-barrier text')).filter(function (text) {"
            + " var m = text.getCTM(); return Math.abs(m.b) > 0.1; }).length; }"
            + "seen.tiltedWide = tilted(); document.body.style.width = '320px'; window.dispatchEvent(new Event('resize'));"
            + "seen.tiltedNarrow = tilted(); seen.widest = Math.max.apply(null, Array.from(document.querySelectorAll("
            + "'.plot svg')).map(function (svg) { return svg.getBoundingClientRect().width; }));"
            + "seen.room = document.body.scrollWidth - document.body.clientWidth;"
            + "seen.images = document.images.length;"
            + "seen.resources = performance.getEntriesByType('resource').length;"
            + "seen.focusable = document.querySelectorAll('button, summary').length;"
            + "var pre = document.createElement('pre'); pre.id = 'probe'; pre.textContent = JSON.stringify(seen);"
            + "document.body.appendChild(pre); }());</script>";

    @TempDir
    static Path folder;

    private static JsonNode seen = Numbers.MAPPER.createObjectNode();
    private static String log = "";

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        report().write(folder);
        String page = Files.readString(folder.resolve(Report.FILE))
                .replaceFirst("<head>", Matcher.quoteReplacement("<head>" + HOOK));
        int end = page.lastIndexOf("</body>");
        Path probed = folder.resolve("probed.html");
        Files.writeString(probed, page.substring(0, end) + PROBE + page.substring(end));
        String dom = chromium(probed);
        Matcher probe =
                Pattern.compile("<pre id=\"probe\">(.*?)</pre>", Pattern.DOTALL).matcher(dom);
        assertThat(probe.find())
                .as("the page's scripts ran to their end; log: %s", log)
                .isTrue();
        seen = Numbers.MAPPER.readTree(
                probe.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static Report report() {
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        List<NeuronPoint> points =
                List.of(new NeuronPoint(0, 1, 4, List.of(3.0, 1.0), 0), new NeuronPoint(1, 1, 4, List.of(3.0, 1.0), 0));
        MatchedUnits units = new MatchedUnits(List.of(0, 4), List.of(3, 1), 0.75, -0.25);
        anatomies.put("ot", new PathAnatomy(3, List.of(new LayerAnatomy(1, points, Optional.of(units)))));
        List<PathResult> results = List.of(
                Results.curve("arc", "a", "b", 0.125, 0.25, 0.125),
                Results.curve("arc", "a", "c", 0.375, 0.75, 0.125),
                Results.reordered(
                        "ot", "a", "b", new double[] {0.0625, 0.25, 0.125}, new double[] {0.125, 0.5, 0.1875}),
                Results.curve(HOSTILE, "a", "b", 0.125, 0.25, 0.125));
        PanelResult panel =
                Panels.panel(results, Map.of("a_b/arc", new Seconds(2, 1), "a_b/ot", new Seconds(30, 1)), anatomies);
        return Report.ofPanel(panel);
    }

    private static String chromium(Path page) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Path err = folder.resolve("chromium.log");
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        log = Files.readString(err, StandardCharsets.UTF_8);
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @Test
    void consoleIsSilentAndNoScriptFails() {
        assertThat(seen.get("errors")).isEmpty();
        assertThat(log.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    }

    @Test
    void noRequestLeavesThePage() {
        assertThat(seen.get("violations")).isEmpty();
        assertThat(seen.get("resources").intValue()).isZero();
    }

    @Test
    void everyChartHasMarks() {
        assertThat(seen.get("plots").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("path", "barrier", "cost", "neurons", "matching");
        assertThat(seen.get("plots").properties())
                .allSatisfy(plot ->
                        assertThat(plot.getValue().intValue()).as(plot.getKey()).isGreaterThan(10));
    }

    @Test
    void aMethodAndASplitAreSwitchedOffAndOn() {
        int all = seen.get("all").intValue();

        assertThat(seen.get("withoutArc").intValue()).isLessThan(all);
        assertThat(seen.get("pressed").textValue()).isEqualTo("false");
        assertThat(seen.get("again").intValue()).isEqualTo(all);
        assertThat(seen.get("withoutTest").intValue()).isLessThan(all);
    }

    @Test
    void lightAndDarkAreSwitched() {
        assertThat(seen.get("themed").booleanValue()).isTrue();
        assertThat(seen.get("afterTheme").intValue()).isEqualTo(seen.get("all").intValue());
    }

    @Test
    void aPageAsNarrowAsAPhoneHoldsEverything() {
        assertThat(seen.get("widest").doubleValue()).isEqualTo(320);
        assertThat(seen.get("room").intValue()).isZero(); // nothing sticks out
        assertThat(seen.get("tiltedWide").intValue()).isZero();
        assertThat(seen.get("tiltedNarrow").intValue()).isEqualTo(3); // the methods' names
    }

    @Test
    void paperHasALegendForTheButtonsThatItLacks() {
        assertThat(seen.get("namedOnScreen").booleanValue()).isFalse();
        assertThat(seen.get("namedOnPaper").booleanValue()).isTrue();
    }

    @Test
    void hostileNamesDoNoHarm() {
        assertThat(seen.get("alerts").intValue()).isZero();
        assertThat(seen.get("images").intValue()).isZero(); // no name became an element
    }
}
