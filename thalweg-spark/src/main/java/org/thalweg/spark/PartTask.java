package org.thalweg.spark;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.broadcast.Broadcast;
import org.thalweg.connect.PartialSum;
import org.thalweg.panel.PanelSource;
import scala.Tuple2;

/** Takes the sum over one part of the training examples on an executor. */
final class PartTask<T extends Serializable> implements PairFunction<Integer, Integer, T> {
    private static final long serialVersionUID = 1L;

    private final PanelSource panel;
    private final int parts;
    private final Broadcast<PartialSum<T>> sum;

    PartTask(PanelSource panel, int parts, Broadcast<PartialSum<T>> sum) {
        this.panel = panel;
        this.parts = parts;
        this.sum = sum;
    }

    @Override
    public Tuple2<Integer, T> call(Integer index) throws IOException {
        OpenPart part = OpenPart.of(panel, index, parts);
        return new Tuple2<>(index, part.sum(sum.value()));
    }
}
