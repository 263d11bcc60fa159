package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;

/**
 * The refit of an output layer as the formulas say, in double: damped Newton's method with the whole Hessian, solved by
 * elimination. What the fast solver is compared with.
 */
final class PlainRefit {
    private final double[][] features; // [N, n+1]
    private final Examples examples;
    private final int classes;
    private final double lambda;

    PlainRefit(Network network, Examples examples, double lambda) {
        this.examples = examples;
        this.classes = network.architecture().outputs();
        this.lambda = lambda;
        this.features = new double[examples.count()][];
        for (int j = 0; j < features.length; j++) {
            features[j] = features(network, j);
        }
    }

    private double[] features(Network network, int example) {
        Architecture.Dense hidden = network.architecture().dense().get(0);
        Tensor weight = network.weights().get(hidden.weight());
        Tensor bias = network.weights().get(hidden.bias());
        double[] x = new double[examples.features()];
        examples.copyInputs(example, example + 1, x);
        double[] phi = new double[hidden.layer().outputs() + 1];
        for (int i = 0; i < phi.length - 1; i++) {
            double h = bias.get(i);
            for (int k = 0; k < x.length; k++) {
                h += weight.get(i * x.length + k) * x[k];
            }
            phi[i] = Math.max(h, 0);
        }
        phi[phi.length - 1] = 1;
        return phi;
    }

    /** Returns the least value of the cross-entropy objective. */
    double leastCrossEntropy() {
        int size = classes * features[0].length;
        double[] w = new double[size];
        for (int step = 0; step < 200; step++) {
            double[][] system = newtonSystem(w);
            double[] direction = solved(system);
            double length = 1;
            while (crossEntropy(moved(w, direction, length)) > crossEntropy(w) && length > 1e-12) {
                length /= 2;
            }
            if (crossEntropy(moved(w, direction, length)) >= crossEntropy(w)) {
                break; // rounding is all that is left
            }
            w = moved(w, direction, length);
        }
        return crossEntropy(w);
    }

    /** Returns the ridge regression to one-hot labels, W [c, n+1]: (ΦΦᵀ/N + λI) Wᵀ = ΦYᵀ/N. */
    double[] ridge() {
        int m = features[0].length;
        double[] w = new double[classes * m];
        for (int k = 0; k < classes; k++) {
            double[][] system = new double[m][m + 1];
            for (int j = 0; j < features.length; j++) {
                double target = examples.label(j) == k ? 1 : 0;
                for (int a = 0; a < m; a++) {
                    for (int b = 0; b < m; b++) {
                        system[a][b] += features[j][a] * features[j][b] / features.length;
                    }
                    system[a][m] += features[j][a] * target / features.length;
                }
            }
            for (int a = 0; a < m; a++) {
                system[a][a] += lambda;
            }
            System.arraycopy(solved(system), 0, w, k * m, m);
        }
        return w;
    }

    private double crossEntropy(double[] w) {
        double sum = 0;
        for (int j = 0; j < features.length; j++) {
            sum -= Math.log(probabilities(w, j)[examples.label(j)]);
        }
        double squares = 0;
        for (double value : w) {
            squares += value * value;
        }
        return sum / features.length + lambda / 2 * squares;
    }

    private double[] probabilities(double[] w, int j) {
        int m = features[j].length;
        double[] z = new double[classes];
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            for (int a = 0; a < m; a++) {
                z[k] += w[k * m + a] * features[j][a];
            }
            greatest = Math.max(greatest, z[k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            z[k] = Math.exp(z[k] - greatest);
            sum += z[k];
        }
        for (int k = 0; k < classes; k++) {
            z[k] /= sum;
        }
        return z;
    }

    /** Returns [H | −g]. */
    private double[][] newtonSystem(double[] w) {
        int m = features[0].length;
        double[][] system = new double[w.length][w.length + 1];
        for (int i = 0; i < w.length; i++) {
            system[i][i] = lambda;
            system[i][w.length] = -lambda * w[i];
        }
        for (int j = 0; j < features.length; j++) {
            double[] p = probabilities(w, j);
            for (int k = 0; k < classes; k++) {
                double residual = p[k] - (examples.label(j) == k ? 1 : 0);
                for (int a = 0; a < m; a++) {
                    system[k * m + a][w.length] -= residual * features[j][a] / features.length;
                    for (int l = 0; l < classes; l++) {
                        double curvature = (k == l ? p[k] : 0) - p[k] * p[l];
                        for (int b = 0; b < m; b++) {
                            system[k * m + a][l * m + b] +=
                                    curvature * features[j][a] * features[j][b] / features.length;
                        }
                    }
                }
            }
        }
        return system;
    }

    private static double[] moved(double[] w, double[] direction, double length) {
        double[] moved = w.clone();
        for (int i = 0; i < w.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }

    /** Solves a positive definite system [M | r] by elimination without pivots. */
    private static double[] solved(double[][] system) {
        int n = system.length;
        for (int i = 0; i < n; i++) {
            for (int row = i + 1; row < n; row++) {
                double factor = system[row][i] / system[i][i];
                for (int column = i; column <= n; column++) {
                    system[row][column] -= factor * system[i][column];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            x[i] = system[i][n];
            for (int column = i + 1; column < n; column++) {
                x[i] -= system[i][column] * x[column];
            }
            x[i] /= system[i][i];
        }
        return x;
    }
}
