package org.thalweg.connect;

import java.io.Serializable;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Layer;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;

/**
 * Which columns a layer is fitted on: of a dense layer one per example, all examples; of a convolution at most
 * {@link #PER_EXAMPLE} positions of each of so many examples that there are {@link #PER_UNKNOWN} columns per unknown of a
 * filter, and all if there are fewer than {@link #LEAST}. Examples and positions are evenly spread and always the same.
 *
 * @param layer the layer that is fitted
 * @param examples how many training examples there are
 * @param taken how many of them are used
 * @param positions how many places of its window a convolution has per example; 1 of a dense layer
 * @param perExample how many of these are used
 */
record ColumnSample(Affine layer, int examples, int taken, int positions, int perExample) implements Serializable {
    /** Columns per unknown: the fit's error is then about 1 % above that on all columns. */
    static final int PER_UNKNOWN = 50;

    /** So many columns are always used. */
    static final int LEAST = 16_384;

    /** Neighbouring positions say nearly the same: 16 spread ones of one example instead of all. */
    static final int PER_EXAMPLE = 16;

    /**
     * With fewer columns per unknown ΦΦᵀ is singular or nearly so, and what float32 rounds in its products exceeds the ridge:
     * the solution would follow that rounding where the data says nothing (measured with a third of a column per unknown and
     * ridge 1e-6: layers off by a fifth to a half). 60,000 examples of MNIST and 2001 unknowns: off by 7e-5.
     */
    private static final int MANY = 2;

    static ColumnSample of(Architecture architecture, Affine layer, int examples) {
        if (layer.layer() instanceof Layer.Linear) {
            return new ColumnSample(layer, examples, examples, 1, 1);
        }
        Shape image = architecture.shapeBefore(layer.position() + 1); // [units, height, width]
        int positions = image.extent(1) * image.extent(2);
        int unknowns = layer.layer().weight().elements() / layer.layer().outputs() + 1;
        long wanted = Math.max(LEAST, (long) PER_UNKNOWN * unknowns);
        if ((long) examples * positions <= wanted) {
            return new ColumnSample(layer, examples, examples, positions, positions);
        }
        long needed = (wanted + examples - 1) / examples; // per example, if all are used
        int perExample = (int) Math.max(Math.min(positions, PER_EXAMPLE), Math.min(positions, needed));
        int taken = (int) Math.min(examples, (wanted + perExample - 1) / perExample);
        return new ColumnSample(layer, examples, taken, positions, perExample);
    }

    /** Returns the number of columns. */
    int columns() {
        return taken * perExample;
    }

    /** Returns the precision in which products of these columns are taken. */
    Precision products(LayerMatrix matrix) {
        return columns() < MANY * matrix.columns() ? Precision.FLOAT64 : matrix.precision();
    }

    /** Returns what the layer sees of the values below it, of examples {@code from} … {@code to}−1: [d, columns]. */
    DeviceTensor seen(DeviceTensor values, int from, int to) {
        return of(
                layer.layer() instanceof Layer.Convolution convolution ? values.patches(convolution.window()) : values,
                from,
                to);
    }

    /** Returns what the layer made of examples {@code from} … {@code to}−1: [units, columns]. */
    DeviceTensor made(DeviceTensor values, int from, int to) {
        return of(layer.layer() instanceof Layer.Convolution ? values.channelRows() : values, from, to);
    }

    /** Returns the examples {@code from} … {@code to}−1 of those that are used. */
    int[] indices(int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) ((long) (from + i) * examples / taken);
        }
        return indices;
    }

    /** Returns how many of the examples before {@code example} are used. */
    int before(int example) {
        return (int) (((long) example * taken + examples - 1) / examples);
    }

    /**
     * Returns the columns that are used of those of examples {@code from} … {@code to}−1.
     *
     * @param all one column per example and position, [rows, (to−from) · positions]
     */
    private DeviceTensor of(DeviceTensor all, int from, int to) {
        if (perExample == positions) {
            return all;
        }
        int[] columns = new int[(to - from) * perExample];
        for (int i = 0; i < columns.length; i++) {
            int example = i / perExample;
            int step = (int) ((long) (i % perExample) * positions / perExample);
            int start = (from + example) * 7 % positions; // another grid in every example
            columns[i] = example * positions + (start + step) % positions;
        }
        return all.columns(columns);
    }
}
