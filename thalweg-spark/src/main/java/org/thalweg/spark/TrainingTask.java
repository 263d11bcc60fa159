package org.thalweg.spark;

import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.thalweg.panel.PanelSource;

/** Trains the network of a seed on an executor. */
final class TrainingTask implements Function<Long, TrainingAnswer> {
    private static final long serialVersionUID = 1L;

    private final PanelSource panel;

    TrainingTask(PanelSource panel) {
        this.panel = panel;
    }

    @Override
    public TrainingAnswer call(Long seed) throws IOException {
        OpenPanel open = OpenPanel.of(panel);
        try {
            open.train(seed);
            return new TrainingAnswer(null);
        } catch (RuntimeException e) { // would come again, so that another attempt is no use
            return new TrainingAnswer(e);
        }
    }
}
