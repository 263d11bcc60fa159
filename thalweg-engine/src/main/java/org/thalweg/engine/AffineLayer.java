package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Layer;
import org.thalweg.network.Tensor;
import org.thalweg.path.Curve;
import org.thalweg.path.Track;

/**
 * A layer W x + b that moves along curves while its input rests: its pre-activations are affine in its controls,
 * H(s) = Σ_j c_j(s) (W_j x + b_j): one product per control and block instead of one per position and block. Belongs to the
 * scope it was made in.
 */
public final class AffineLayer {
    private final Layer.Affine layer;
    private final Track weight;
    private final Optional<Track> bias;
    private final boolean fold; // bias and weight share their coefficients
    private final List<DeviceTensor> weights = new ArrayList<>(); // per control [n, d] or [n, c, k, k], or of extent 1
    private final List<DeviceTensor> biases = new ArrayList<>(); // per control [n, 1], or [1, 1]

    /** Copies the layer's controls to native memory, into the current scope. */
    public AffineLayer(Affine layer, Map<String, Track> tracks) {
        this.layer = layer.layer();
        weight = track(tracks, layer.weight());
        bias = layer.layer().bias() ? Optional.of(track(tracks, layer.bias())) : Optional.empty();
        fold = bias.map(b -> b.curve().equals(weight.curve())).orElse(false);
        for (Tensor control : weight.controls()) {
            weights.add(DeviceNetwork.load(control));
        }
        bias.ifPresent(b -> b.controls().forEach(control -> biases.add(DeviceNetwork.load(control))));
    }

    private static Track track(Map<String, Track> tracks, String name) {
        return Optional.ofNullable(tracks.get(name)).orElseThrow();
    }

    /** Returns what the layer's controls make of what the layers below made of a block. */
    public Terms terms(DeviceTensor x) {
        List<DeviceTensor> products = new ArrayList<>();
        for (int j = 0; j < weights.size(); j++) {
            Optional<DeviceTensor> b = fold ? Optional.of(biases.get(j)) : Optional.empty();
            products.add(DeviceNetwork.affine(layer, weights.get(j), b, x)); // [n, B], or [B, n, h, w]
        }
        return new Terms(products);
    }

    /** The products of one block. */
    public final class Terms {
        private final List<DeviceTensor> products;

        private Terms(List<DeviceTensor> products) {
            this.products = products;
        }

        /** Returns an uninitialised tensor for {@link #at}. */
        public DeviceTensor buffer() {
            return products.get(0).times(0.0);
        }

        /** Sets {@code out} to the pre-activations at {@code s}. */
        public void at(double s, DeviceTensor out) {
            boolean set = false;
            double[] c = coefficients(weight.curve(), s);
            for (int j = 0; j < c.length; j++) {
                if (c[j] != 0) {
                    set = accumulate(out, products.get(j), c[j], set);
                }
            }
            if (bias.isPresent() && !fold) {
                double[] b = coefficients(bias.get().curve(), s);
                for (int j = 0; j < b.length; j++) {
                    if (b[j] != 0) {
                        out.addInPlace(perUnit(biases.get(j)), b[j]);
                    }
                }
            }
        }

        /** Returns a bias [n, 1] so that it meets the units of [n, B], or of images [B, n, h, w]. */
        private DeviceTensor perUnit(DeviceTensor bias) {
            return layer instanceof Layer.Convolution ? bias.view(-1, 1, 1) : bias;
        }

        private boolean accumulate(DeviceTensor out, DeviceTensor product, double factor, boolean set) {
            if (set) {
                out.addInPlace(product, factor);
            } else {
                out.setScaled(product, factor);
            }
            return true;
        }
    }

    private static double[] coefficients(Curve curve, double s) {
        double[] c = new double[curve.controls()];
        curve.coefficients(s, c);
        return c;
    }
}
