package org.thalweg.path;

import java.io.Serializable;
import java.util.List;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/**
 * How one tensor moves along a leg: a curve and its controls.
 *
 * <p>A control may have extent 1 where the tensor has more: it stands for that value in every place, as the mean neuron of
 * {@link ArcCurve} stands for every slot. The controls that the curve starts and ends at have the full shape.
 *
 * @param curve coefficients at t
 * @param controls as many tensors as the curve has controls
 */
public record Track(Curve curve, List<Tensor> controls) implements Serializable {
    public Track {
        controls = List.copyOf(controls);
        if (controls.size() != curve.controls()) {
            throw new IllegalArgumentException(
                    curve.text() + " has " + curve.controls() + " controls but " + controls.size() + " were given.");
        }
        Shape shape = controls.get(0).shape();
        for (Tensor control : controls) {
            requireFits(control.shape(), shape);
        }
        if (!controls.get(curve.endControl()).shape().equals(shape)) {
            throw new IllegalArgumentException("the ends of a track have shapes " + shape + " and "
                    + controls.get(curve.endControl()).shape() + " but must agree.");
        }
    }

    private static void requireFits(Shape control, Shape shape) {
        boolean fits = control.rank() == shape.rank();
        for (int i = 0; fits && i < shape.rank(); i++) {
            fits = control.extent(i) == shape.extent(i) || control.extent(i) == 1;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "a control of shape " + control + " does not fit a tensor of " + shape + ".");
        }
    }

    /** Returns a track that rests at {@code tensor}. */
    public static Track resting(Tensor tensor) {
        return new Track(PolygonalChain.CONSTANT, List.of(tensor));
    }

    /** Returns the straight line from {@code start} to {@code end}. */
    public static Track linear(Tensor start, Tensor end) {
        return new Track(PolygonalChain.LINEAR, List.of(start, end));
    }

    /** Returns whether the tensor can differ between two values of t. */
    public boolean moves() {
        return curve.controls() > 1;
    }

    /** Returns the shape of the tensor. */
    public Shape shape() {
        return controls.get(0).shape();
    }

    /**
     * Returns the tensor at {@code t}: summed in double, rounded once to the precision of its start; where one coefficient
     * is 1 and the others 0, that control itself, bit for bit. O(controls × elements).
     */
    public Tensor at(double t) {
        double[] coefficients = new double[curve.controls()];
        curve.coefficients(t, coefficients);
        double[] sum = new double[shape().elements()];
        for (int j = 0; j < coefficients.length; j++) {
            if (isAlone(coefficients, j) && controls.get(j).shape().equals(shape())) {
                return controls.get(j);
            }
            if (coefficients[j] != 0) {
                addScaled(coefficients[j], controls.get(j), sum);
            }
        }
        return Tensor.rounded(shape(), sum, controls.get(0).precision());
    }

    /** Near its start an arc has coefficient 1 to rounding, and others that are not 0 yet. */
    private static boolean isAlone(double[] coefficients, int index) {
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != (j == index ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    private void addScaled(double factor, Tensor control, double[] sum) {
        if (control.shape().equals(shape())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * control.get(i);
            }
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * control.get(broadcastIndex(i, control.shape()));
        }
    }

    private int broadcastIndex(int index, Shape control) {
        int source = 0;
        for (int d = 0; d < control.rank(); d++) {
            int coordinate = index / shape().stride(d) % shape().extent(d);
            source += control.extent(d) == 1 ? 0 : coordinate * control.stride(d);
        }
        return source;
    }
}
