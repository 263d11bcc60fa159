package org.thalweg.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.learn.Round;

/** The learning curves of a map as CSV, a line per round. */
public final class LearningTable {
    private LearningTable() {}

    /** Returns the table. */
    public static String csv(List<Round> rounds) {
        StringBuilder csv = new StringBuilder("steps,trainingLoss,logLikelihood,worstLoss,worstAccuracy\n");
        for (Round round : rounds) {
            csv.append(round.steps())
                    .append(',')
                    .append(Numbers.text(round.trainingLoss()))
                    .append(',')
                    .append(Numbers.text(round.logLikelihood()))
                    .append(',')
                    .append(Numbers.text(round.worstLoss()))
                    .append(',')
                    .append(Numbers.text(round.worstAccuracy()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Writes text to a file, whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
