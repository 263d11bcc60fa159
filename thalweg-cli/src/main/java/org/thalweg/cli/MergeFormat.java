package org.thalweg.cli;

import java.util.Locale;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.run.MergeJson;
import org.thalweg.run.MergeResult;
import org.thalweg.run.Numbers;

/** How a measured merge is printed. */
enum MergeFormat {
    TABLE,
    JSON;

    String print(MergeResult result) {
        return switch (this) {
            case TABLE -> table(result);
            case JSON -> Numbers.pretty(MergeJson.write(result));
        };
    }

    private static String table(MergeResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d networks merged by %s, units in the order of %s, on %s (%d training, %d test examples)%n%n",
                result.parents().size(),
                result.method(),
                result.order().equals("mean") ? "their mean" : Quote.line(result.order()),
                result.data().name(),
                result.data().trainExamples(),
                result.data().testExamples()));
        text.append(ResultFormat.heads(result.merged().loss()));
        result.parents().forEach(parent -> text.append(ResultFormat.row(Quote.line(parent.name()), parent.measures())));
        text.append(ResultFormat.row("merged", result.merged()));
        text.append(ResultFormat.row("worst between", result.between().measures()));
        text.append(ResultFormat.row("barrier (worse end)", result.barrier()));
        text.append(String.format("%n%s%n", result.verdict().sentence()));
        result.otherLayers().ifPresent(sentence -> text.append(String.format("%s%n", sentence)));
        return text.toString();
    }
}
