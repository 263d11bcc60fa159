package org.thalweg.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.WriteException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.run.MergeResult;

/** The card {@code NAME.md} beside a merged network {@code NAME.safetensors}: of what it is made, how, and how good it is. */
public final class MergeCard {
    private static final String HEADING = "# Merged network";

    private final MergeResult result;

    /** Creates the card of a merge. */
    public MergeCard(MergeResult result) {
        this.result = result;
    }

    /** Returns the card's text, Markdown. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADING).append("\n\n");
        text.append(result.verdict().sentence()).append("\n\n");
        result.otherLayers()
                .ifPresent(sentence -> text.append(escaped(sentence)).append("\n\n"));
        text.append(String.format(
                Locale.ROOT,
                "Merged from %d networks by `%s`, units in the order of %s, by %s. Measured on %s with %d training and %d"
                        + " test examples; loss is %s.%n%n",
                result.parents().size(),
                result.method(),
                result.order().equals("mean") ? "their mean" : "`" + result.order() + "`",
                result.program(),
                escaped(result.data().name()),
                result.data().trainExamples(),
                result.data().testExamples(),
                meaning(result.data().loss())));
        text.append("| network | ");
        for (Measure measure : result.merged().loss().measures()) {
            text.append(measure.split()).append(measure.isLoss() ? " loss | " : " accuracy % | ");
        }
        text.append("SHA-256 |\n|")
                .append("---|".repeat(2 + result.merged().values().size()))
                .append('\n');
        for (MergeResult.Parent parent : result.parents()) {
            text.append(row(escaped(parent.name()), parent.measures(), "`" + parent.sha256() + "`"));
        }
        text.append(row("**merged**", result.merged(), ""));
        text.append(row("worst between", result.between().measures(), ""));
        text.append(row("barrier", result.barrier(), ""));
        text.append(
                "\n*Worst between*: the worst on the straight lines from the merged network to each of the others, whose"
                        + " units are in its order, sampled. *Barrier*: by how much the worst on a line exceeds the worse end of that line, the most over all lines.\n");
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String meaning(Loss loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> "natural-log cross-entropy per example";
            case MEAN_SQUARED_ERROR -> "the squared error, mean over examples and targets";
        };
    }

    /** Names of files and data sets, which may hold anything, as text of a cell. */
    private static String escaped(String text) {
        return Quote.line(text).replaceAll("([\\\\`*_{}\\[\\]<>()#|!~])", "\\\\$1");
    }

    private static String row(String name, Measures measures, String last) {
        StringBuilder row = new StringBuilder("| ").append(name);
        measures.values().forEach((measure, value) -> row.append(" | ").append(measure.text(value)));
        return row.append(" | ").append(last).append(" |\n").toString();
    }

    /**
     * Checks that a card could be written to {@code file}, and would take no other text's place.
     *
     * @throws WriteException if it could not
     * @throws IllegalArgumentException if there is a file that is no card
     */
    public static void requireWritable(Path file) throws IOException {
        AtomicFile.requireWritable(file);
        if (Files.exists(file)) {
            byte[] heading = HEADING.getBytes(StandardCharsets.UTF_8);
            try (InputStream in = Files.newInputStream(file)) {
                if (!Arrays.equals(in.readNBytes(heading.length), heading)) {
                    throw new IllegalArgumentException(file
                            + " is there and is no card of a merge, which would take its place; name another --out.");
                }
            }
        }
    }

    /** Writes the card. */
    public void write(Path file) throws WriteException {
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
