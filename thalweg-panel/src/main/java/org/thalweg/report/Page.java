package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thalweg.run.Numbers;
import org.thalweg.run.Program;

/**
 * The page: a template whose places are filled in one pass, so that no text can fill another's place. Without scripts it shows
 * the static figures.
 */
final class Page {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** A table of more rows helps nobody in a page; the CSV file has them. */
    private static final int MOST_ROWS = 400;

    /** Between two figures of a cell: the line may break behind the slash alone. */
    private static final String TOGETHER = "\u00a0/ ";

    private final Map<String, String> places = new HashMap<>();

    Page(String title, String answer, List<String> reasons) {
        places.put("title", escaped(title));
        places.put("answer", escaped(answer));
        places.put("reasons", reasons.isEmpty() ? "" : list(reasons));
        places.put("program", escaped(Program.TITLE));
        places.put("failures", "");
        places.put("overview", "");
    }

    private static String list(List<String> items) {
        return items.stream()
                .map(item -> "<li>" + escaped(item) + "</li>")
                .collect(Collectors.joining("\n", "<ul class=\"reasons\">\n", "\n</ul>"));
    }

    /** Fills in the main table; a row's mark, such as {@code best}, is its class and a word behind its name. */
    void table(String caption, List<String> heads, List<List<String>> rows, List<Optional<String>> marks) {
        places.put("caption", escaped(caption));
        places.put("heads", cells("th scope=\"col\"", heads));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            Optional<String> mark = marks.get(i);
            text.append(mark.map(m -> "<tr class=\"" + m + "\">").orElse("<tr>"))
                    .append("<th scope=\"row\">")
                    .append(escaped(row.get(0)))
                    .append(mark.map(m -> " <span class=\"mark\">" + m + "</span>")
                            .orElse(""))
                    .append("</th>")
                    .append(cells("td", row.subList(1, row.size())))
                    .append("</tr>\n");
        }
        places.put("rows", text.toString().strip());
    }

    void failures(List<String> sentences) {
        places.put(
                "failures",
                sentences.stream()
                        .map(s -> "<p class=\"failure\">" + escaped(s) + "</p>")
                        .collect(Collectors.joining("\n")));
    }

    /** Fills in a second table with a heading of its own. */
    void overview(String heading, DataTable table, String caption) {
        places.put("overview", "<h2>" + escaped(heading) + "</h2>\n" + html(table, caption));
    }

    void settings(Map<String, String> settings) {
        places.put(
                "settings",
                settings.entrySet().stream()
                        .map(e -> "<dt>" + escaped(e.getKey()) + "</dt><dd>" + escaped(e.getValue()) + "</dd>")
                        .collect(Collectors.joining("\n")));
    }

    /**
     * Fills in the charts and the buttons that switch what they show.
     *
     * @param methods colours by method, a button each
     * @param parts other tags of the charts' lines, a button each
     */
    void figures(Figures figures, Map<String, String> methods, List<String> parts) {
        places.put("buttons", buttons(methods, parts));
        places.put(
                "figures",
                figures.charts().stream().map(c -> figure(c, figures)).collect(Collectors.joining("\n")));
        ArrayNode specs = Numbers.MAPPER.createArrayNode();
        figures.charts()
                .forEach(chart -> specs.addObject()
                        .put("id", chart.id())
                        .put("height", chart.height())
                        .set("option", chart.option()));
        places.put("specs", inScript(specs.toString()));
        places.put("library", ChartRenderer.text(ChartRenderer.LIBRARY));
        places.put("charts", ChartRenderer.text("charts.js"));
        places.put("page", ChartRenderer.text("page.js"));
    }

    /** Text of others must not end the element that it stands in. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String buttons(Map<String, String> methods, List<String> parts) {
        StringBuilder buttons = new StringBuilder();
        methods.forEach((method, colour) -> {
            String swatch = "<span class=\"swatch\" style=\"background:" + colour + "\"></span>";
            buttons.append(button("data-method=\"" + escaped(method) + '"', swatch + escaped(method)));
        });
        parts.forEach(part -> buttons.append(button("data-part=\"" + part + '"', part)));
        return buttons.append("<button type=\"button\" id=\"theme\">light / dark</button>")
                .toString();
    }

    private static String button(String data, String text) {
        return "<button type=\"button\" aria-pressed=\"true\" " + data + ">" + text + "</button>\n";
    }

    private static String figure(Chart chart, Figures figures) {
        return "<figure id=\"" + chart.id() + "\">\n<h2>" + escaped(chart.title())
                + "</h2>\n<div class=\"plot\" id=\"plot-"
                + chart.id() + "\" role=\"img\" aria-label=\"" + escaped(chart.title() + ". " + chart.caption()) + "\">"
                + figures.svgs().getOrDefault(chart.id(), "") + "</div>\n<figcaption>" + escaped(chart.caption())
                + "</figcaption>\n" + details(chart) + "</figure>";
    }

    private static String details(Chart chart) {
        int rows = chart.data().rows().size();
        String body = rows <= MOST_ROWS
                ? html(chart.data(), chart.title())
                : "<p>" + rows + " rows: figures/" + chart.id() + ".csv</p>";
        return "<details><summary>Data of \u201c" + escaped(chart.title()) + "\u201d</summary>\n" + body
                + "</details>\n";
    }

    private static String html(DataTable table, String caption) {
        String rows = table.rows().stream()
                .map(row -> "<tr>" + cells("td", row) + "</tr>")
                .collect(Collectors.joining("\n"));
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(caption)
                + "\"><table><caption>" + escaped(caption) + "</caption><thead><tr>"
                + cells("th scope=\"col\"", table.heads()) + "</tr></thead><tbody>\n" + rows
                + "\n</tbody></table></div>\n";
    }

    private static String cells(String tag, List<String> texts) {
        String end = tag.split(" ", 2)[0];
        return texts.stream()
                .map(text -> "<" + tag + ">" + escaped(text).replace(" / ", TOGETHER) + "</" + end + ">")
                .collect(Collectors.joining());
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns the page. */
    String html() {
        Matcher matcher = PLACE.matcher(ChartRenderer.text("report.html"));
        return matcher.replaceAll(match -> Matcher.quoteReplacement(places.getOrDefault(match.group(1), "")));
    }
}
