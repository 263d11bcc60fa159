package org.thalweg.cli;

import java.io.IOException;
import java.io.Writer;
import org.thalweg.data.Examples;
import org.thalweg.data.TargetColumn;
import org.thalweg.ensemble.Predictions;
import org.thalweg.evaluate.TargetPredictions;
import org.thalweg.run.Numbers;

/** Predictions as CSV, a line per example. */
interface PredictionTable {
    /** Writes the table. */
    void write(Writer writer) throws IOException;

    /** Returns the table of classes: label, predicted class, and each class's probability. */
    static PredictionTable of(Predictions predictions, Examples examples) {
        return writer -> {
            StringBuilder line = new StringBuilder("example,label,predicted");
            for (int c = 0; c < predictions.classes(); c++) {
                line.append(",p").append(c);
            }
            writer.append(line.append('\n'));
            for (int i = 0; i < predictions.count(); i++) {
                line.setLength(0);
                line.append(i).append(',').append(examples.label(i)).append(',').append(predictions.predicted(i));
                for (int c = 0; c < predictions.classes(); c++) {
                    line.append(',').append(Numbers.text(predictions.probability(i, c)));
                }
                writer.append(line.append('\n'));
            }
        };
    }

    /** Returns the table of numbers: each target and what was predicted of it, in the units of the user's files. */
    static PredictionTable of(TargetPredictions predictions) {
        return writer -> {
            StringBuilder line = new StringBuilder("example");
            for (TargetColumn target : predictions.targets()) {
                line.append(',').append(quoted(target.name())).append(',').append(quoted(target.name() + " predicted"));
            }
            writer.append(line.append('\n'));
            for (int i = 0; i < predictions.count(); i++) {
                line.setLength(0);
                line.append(i);
                for (int t = 0; t < predictions.targets().size(); t++) {
                    line.append(',').append(Numbers.text(predictions.actual(i, t)));
                    line.append(',').append(Numbers.text(predictions.predicted(i, t)));
                }
                writer.append(line.append('\n'));
            }
        };
    }

    /** Names come from the user's table, where RFC 4180 lets them hold commas and quotes. */
    private static String quoted(String name) {
        return name.matches("[^,\"\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
