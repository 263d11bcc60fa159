package org.thalweg.panel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.result.PredictionScore;
import org.thalweg.result.Spread;
import org.thalweg.run.DataFacts;
import org.thalweg.run.Numbers;
import org.thalweg.run.Program;

/**
 * Ensembles of every size beside what they cost.
 *
 * @param data what was measured
 * @param rows one per method, backbone and m, in this order
 * @param seconds per image, by method, for m = 1, 2, …; times are no results and stand apart in files
 */
public record EnsembleTable(DataFacts data, List<EnsembleRow> rows, Map<String, List<Double>> seconds) {
    /** The networks as they are, which share nothing. */
    public static final String INDEPENDENT = "ind";

    /** Points of a path. */
    public static final String PATH = "path";

    /** One network whose weights are the mean of the first m networks', units aligned. */
    public static final String AVERAGE = "average";

    public EnsembleTable {
        rows = List.copyOf(rows);
        seconds = new LinkedHashMap<>(seconds);
    }

    /**
     * A method with m members, over all backbones.
     *
     * @param first its row of the first backbone
     * @param accuracy mean and deviation over backbones
     * @param loss likewise
     * @param calibrationError likewise
     * @param alone accuracy of the m-th member by itself
     * @param seconds per image, where they are known
     */
    public record Mean(
            EnsembleRow first,
            Spread accuracy,
            Spread loss,
            Spread calibrationError,
            Spread alone,
            Optional<Double> seconds) {}

    /** Returns the methods, in the order of the rows. */
    public List<String> methods() {
        return rows.stream().map(EnsembleRow::method).distinct().toList();
    }

    /** Returns a method's means over backbones, m ascending. */
    public List<Mean> means(String method) {
        Map<Integer, List<EnsembleRow>> byMembers = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.method().equals(method))
                .forEach(row -> byMembers
                        .computeIfAbsent(row.members(), m -> new ArrayList<>())
                        .add(row));
        return byMembers.values().stream().map(this::mean).toList();
    }

    private Mean mean(List<EnsembleRow> own) {
        EnsembleRow first = own.get(0);
        List<Double> times = seconds.getOrDefault(first.method(), List.of());
        return new Mean(
                first,
                spread(own, row -> row.together().accuracy()),
                spread(own, row -> row.together().loss()),
                spread(own, row -> row.together().calibrationError()),
                spread(own, row -> row.alone().accuracy()),
                times.size() < first.members() ? Optional.empty() : Optional.of(times.get(first.members() - 1)));
    }

    private static Spread spread(List<EnsembleRow> rows, ToDoubleFunction<EnsembleRow> value) {
        return Spread.of(rows.stream().map(value::applyAsDouble).toList());
    }

    /** Returns the rows as CSV. */
    public String csv() {
        StringBuilder csv = new StringBuilder("method,head,backbone,members,testAccuracy,testLoss,testCalibrationError,"
                + "memberTestAccuracy,memberTestLoss,memberTestCalibrationError,storageBytes,multiplyAdds\n");
        for (EnsembleRow row : rows) {
            csv.append(row.method()).append(',').append(row.head()).append(',');
            csv.append(row.backbone()).append(',').append(row.members());
            for (PredictionScore score : List.of(row.together(), row.alone())) {
                csv.append(',').append(Numbers.text(score.accuracy()));
                csv.append(',').append(Numbers.text(score.loss()));
                csv.append(',').append(Numbers.text(score.calibrationError()));
            }
            csv.append(',').append(row.storageBytes()).append(',').append(row.multiplyAdds());
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Returns the rows and settings as JSON. */
    public String json(Map<String, String> settings) {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("program", Program.TITLE);
        json.putObject("data")
                .put("name", data.name())
                .put("trainExamples", data.trainExamples())
                .put("testExamples", data.testExamples());
        ObjectNode facts = json.putObject("settings");
        settings.forEach(facts::put);
        ArrayNode all = json.putArray("rows");
        for (EnsembleRow row : rows) {
            ObjectNode item = all.addObject().put("method", row.method()).put("head", row.head());
            item.put("backbone", row.backbone()).put("members", row.members());
            item.set("test", json(row.together()));
            item.set("memberTest", json(row.alone()));
            item.put("storageBytes", row.storageBytes()).put("multiplyAdds", row.multiplyAdds());
        }
        return Numbers.pretty(json);
    }

    private static ObjectNode json(PredictionScore score) {
        return Numbers.MAPPER
                .createObjectNode()
                .put("accuracy", score.accuracy())
                .put("loss", score.loss())
                .put("calibrationError", score.calibrationError());
    }

    /** Returns the measured times as JSON: seconds per image by method, for m = 1, 2, …. */
    public String timings() {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        ObjectNode perImage = json.putObject("secondsPerImage");
        seconds.forEach((method, times) -> times.forEach(perImage.withArray(method)::add));
        return Numbers.pretty(json);
    }

    /** What the columns of {@link #cells} are. */
    public static final List<String> HEADS = List.of(
            "method", "m", "test acc %", "loss", "ECE %", "m-th alone %", "MB", "M mult-adds/image", "us/image");

    /** Returns the rows as text, a row per method and m. */
    public List<List<String>> cells() {
        List<List<String>> cells = new ArrayList<>();
        for (String method : methods()) {
            for (Mean mean : means(method)) {
                EnsembleRow row = mean.first();
                cells.add(List.of(
                        method,
                        Integer.toString(row.members()),
                        mean.accuracy().text(100, 2),
                        mean.loss().text(1, 4),
                        mean.calibrationError().text(100, 2),
                        mean.alone().text(100, 2),
                        String.format(Locale.ROOT, "%.2f", row.storageBytes() / 1e6),
                        String.format(Locale.ROOT, "%.3f", row.multiplyAdds() / 1e6),
                        mean.seconds()
                                .map(s -> String.format(Locale.ROOT, "%.1f", 1e6 * s))
                                .orElse("")));
            }
        }
        return cells;
    }

    private boolean hasSeveralBackbones() {
        return rows.stream().map(EnsembleRow::backbone).distinct().count() > 1;
    }

    /** Returns what the figures are, as one sentence or two. */
    public String caption() {
        return String.format(
                Locale.ROOT,
                "Of the first m members together on %d test examples of %s, and of the m-th alone%s; '%s': independent"
                        + " networks. MB and multiply-adds count the backbone once.",
                data.testExamples(),
                data.name(),
                hasSeveralBackbones() ? ", mean ± population standard deviation over backbones" : "",
                INDEPENDENT);
    }

    /**
     * Returns the table for a terminal, columns aligned; where it is too wide, what is asked for least, on the right, is left out.
     *
     * @param most characters of a line
     */
    public String terminal(int most) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADS));
        lines.addAll(cells());
        int[] widths = new int[HEADS.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        int shown = widths.length;
        for (int used = IntStream.of(widths).map(w -> w + 2).sum() - 2; used > most && shown > 3; shown--) {
            used -= widths[shown - 1] + 2;
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder aligned = new StringBuilder();
            for (int i = 0; i < shown; i++) {
                aligned.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            text.append(aligned.toString().stripTrailing()).append('\n');
        }
        return text.append(caption()).append('\n').toString();
    }

    /** Returns the table as Markdown, without times, and the settings. */
    public String markdown(Map<String, String> settings) {
        int columns = HEADS.size() - 1;
        StringBuilder text =
                new StringBuilder("# Ensembles\n\n").append(caption()).append("\n\n| ");
        text.append(String.join(" | ", HEADS.subList(0, columns))).append(" |\n");
        text.append("|---".repeat(columns)).append("|\n");
        cells().forEach(row -> text.append("| ")
                .append(String.join(" | ", row.subList(0, columns)))
                .append(" |\n"));
        text.append("\n").append(Program.TITLE).append(", settings:\n\n");
        settings.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
