package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.npz.NpyArray;

/** Examples in two NumPy arrays: inputs [N, …] and labels [N], or targets [N] or [N, outputs]. Inputs of unsigned bytes stay pixels. */
final class ArrayData {
    private ArrayData() {}

    /** An array, and where it stands, for sentences. */
    record Located(String place, NpyArray array) {}

    /** Returns an array of a NPY file, or of a NPZ by name. */
    static Located array(Path file, Optional<String> name) throws IOException {
        try {
            boolean single =
                    String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy");
            if (single) {
                return new Located(file.toString(), NpyArray.read(file));
            }
            String wanted = name.orElse("x");
            return new Located(file + ", array " + Quote.of(wanted), NpyArray.read(file, wanted));
        } catch (FormatException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the examples of two arrays.
     *
     * @param task how the answers are read
     * @param image shape of one example, if its extents do not say
     * @throws DataException if they do not fit
     */
    static RawExamples of(Located from, Located answers, Task task, Optional<ImageShape> image) throws DataException {
        String where = from.place();
        NpyArray inputs = from.array();
        int count = inputs.shape().rank() == 0 ? 0 : inputs.shape().extent(0);
        if (count == 0) {
            throw new DataException(where + ": inputs of shape " + inputs.shape()
                    + " are no examples; their first extent must be at least 1.");
        }
        if (!task.fits(answers.array(), count)) {
            throw new DataException(answers.place() + ": " + task.arrayName() + " of shape "
                    + answers.array().shape() + " but the inputs of " + where + " have the shape " + inputs.shape()
                    + "; both need the same first extent.");
        }
        int features = inputs.shape().elements() / count;
        ImageShape shape = image.orElseGet(() -> shape(inputs));
        if (features != shape.features()) {
            throw new DataException(where + ": inputs of shape " + inputs.shape() + " but an example of "
                    + shape.channels() + "x" + shape.height() + "x" + shape.width() + " has " + shape.features()
                    + " values.");
        }
        boolean channelsLast = channelsLast(inputs, shape);
        byte[] pixels = new byte[inputs.isBytes() ? count * features : 0];
        double[] values = new double[inputs.isBytes() ? 0 : count * features];
        for (int i = 0; i < count * features; i++) {
            int to = channelsLast ? channelsFirst(i, shape) : i;
            if (inputs.isBytes()) {
                pixels[to] = inputs.bytes()[i];
            } else {
                values[to] = finite(where, inputs.get(i), i);
            }
        }
        return new RawExamples(shape, task.array(answers, count), pixels, values);
    }

    private static double finite(String where, double value, int index) throws DataException {
        if (!Double.isFinite(value)) {
            throw new DataException(
                    where + ": the inputs hold " + value + " at index " + index + "; only finite values can be used.");
        }
        return value;
    }

    /** Returns the shape that the array's extents say: [N, h, w], [N, c, h, w], [N, h, w, c] with 1 or 3 channels, or vectors. */
    private static ImageShape shape(NpyArray inputs) {
        List<Integer> extents = inputs.extents();
        int features = inputs.shape().elements() / extents.get(0);
        if (extents.size() == 3) {
            return new ImageShape(1, extents.get(1), extents.get(2));
        }
        if (extents.size() == 4) {
            boolean first = extents.get(1) == 1 || extents.get(1) == 3;
            boolean last = extents.get(3) == 1 || extents.get(3) == 3;
            return first || !last
                    ? new ImageShape(extents.get(1), extents.get(2), extents.get(3))
                    : new ImageShape(extents.get(3), extents.get(1), extents.get(2));
        }
        return new ImageShape(1, 1, features);
    }

    private static boolean channelsLast(NpyArray inputs, ImageShape shape) {
        List<Integer> each = inputs.extents().subList(1, inputs.extents().size());
        return each.equals(List.of(shape.height(), shape.width(), shape.channels()))
                && !each.equals(List.of(shape.channels(), shape.height(), shape.width()));
    }

    private static int channelsFirst(int index, ImageShape shape) {
        int channel = index % shape.channels();
        int pixel = index / shape.channels();
        int plane = shape.height() * shape.width();
        return (pixel / plane * shape.channels() + channel) * plane + pixel % plane;
    }
}
