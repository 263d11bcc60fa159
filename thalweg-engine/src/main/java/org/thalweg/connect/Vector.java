package org.thalweg.connect;

import java.io.Serializable;

/** A vector of doubles. Immutable. */
final class Vector implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] values;

    private Vector(double[] values) {
        this.values = values;
    }

    /** Returns a vector over {@code values}, which it owns from now on. */
    static Vector owning(double[] values) {
        return new Vector(values);
    }

    /** Returns a copy of the values. */
    double[] toArray() {
        return values.clone();
    }

    /** Returns the value at {@code index}. */
    double get(int index) {
        return values[index];
    }

    /** Returns the inner product, summed in order. */
    double dot(Vector other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }

    /** Returns the squared length. */
    double squared() {
        return dot(this);
    }

    /** Returns this plus {@code factor} times {@code other}. */
    Vector plus(double factor, Vector other) {
        double[] sum = new double[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = values[i] + factor * other.values[i];
        }
        return owning(sum);
    }

    /** Returns this, seen as a matrix of {@code rows} rows, row-major, with the mean of its rows taken off each. */
    Vector lessMeanRow(int rows) {
        int columns = values.length / rows;
        double[] centred = values.clone();
        for (int i = 0; i < columns; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += values[row * columns + i];
            }
            for (int row = 0; row < rows; row++) {
                centred[row * columns + i] -= sum / rows;
            }
        }
        return owning(centred);
    }

    /** Returns {@code factor} times this. */
    Vector times(double factor) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * values[i];
        }
        return owning(product);
    }
}
