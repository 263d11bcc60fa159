package org.thalweg.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The networks that have names.
 *
 * <ul>
 *   <li>{@code mlp-N}, {@code mlp-N-M-…}: dense, hidden widths from input to output, ReLU between; {@code -nobias} at the end
 *       leaves out the biases.
 *   <li>{@code conv2fc1}: two 5×5 convolutions of 32 and 64 filters, each with ReLU and max-pool 3 by stride 2, and a dense
 *       layer (Anokhin and Yarotsky 2020).
 *   <li>{@code vgg16}: configuration D of Simonyan and Zisserman (2014) for small images, with two dense layers of 512 units
 *       behind dropout (Garipov et al. 2018); {@code vgg16-bn} with batch norm after each convolution; {@code -half} and
 *       {@code -quarter} at the end divide the channels.
 * </ul>
 *
 * <p>VGG's stages are {@code features} and {@code classifier}, as in torchvision.
 */
public final class Catalogue {
    private static final Pattern MLP = Pattern.compile("mlp((?:-[1-9]\\d{0,8})+)(-nobias)?");
    private static final Pattern VGG = Pattern.compile("vgg16(-bn)?(-half|-quarter)?");
    private static final int POOL = 0; // in a list of channels

    private static final int[] VGG16 = {
        64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL, 512, 512, 512, POOL, 512, 512, 512, POOL
    };

    private static final int VGG_DENSE = 512;

    /** What {@link #named} understands, for help texts. */
    public static final String NAMES = "mlp-N[-M…][-nobias], conv2fc1, vgg16[-bn][-half|-quarter]";

    private Catalogue() {}

    /**
     * Returns the architecture of this name.
     *
     * @param name such as {@code mlp-2000} or {@code vgg16-quarter}
     * @param input shape of the data's examples; dense networks take images as vectors
     * @param classes number of classes of the data
     * @throws IllegalArgumentException if there is no such name, or it does not fit such examples
     */
    public static Architecture named(String name, Shape input, int classes) {
        Matcher mlp = MLP.matcher(name);
        if (mlp.matches()) {
            return new Architecture(dense(mlp, input.elements(), classes));
        }
        Matcher vgg = VGG.matcher(name);
        if (name.equals("conv2fc1") || vgg.matches()) {
            requireImages(name, input);
            return vgg.matches() ? vgg(vgg, input, classes) : conv2fc1(input, classes);
        }
        throw new IllegalArgumentException(
                "unknown network '" + name + "'; use " + NAMES + ", such as mlp-2000, mlp-512-256 or vgg16-quarter.");
    }

    private static void requireImages(String name, Shape input) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException("network '" + name
                    + "' takes images, but the data's examples are vectors of " + input.elements() + ".");
        }
    }

    private static List<Layer> dense(Matcher name, int inputs, int classes) {
        boolean bias = name.group(2) == null;
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (String hidden : name.group(1).substring(1).split("-", -1)) {
            int units = Integer.parseInt(hidden);
            layers.add(new Layer.Linear(width, units, bias));
            layers.add(new Layer.Relu());
            width = units;
        }
        layers.add(new Layer.Linear(width, classes, bias));
        return layers;
    }

    private static Architecture conv2fc1(Shape input, int classes) {
        Window five = new Window(5, 1, 2);
        Window pool = new Window(3, 2, 0);
        List<Layer> layers = new ArrayList<>(List.of(
                new Layer.Convolution(input.extent(0), 32, five, true),
                new Layer.Relu(),
                new Layer.MaxPool(pool),
                new Layer.Convolution(32, 64, five, true),
                new Layer.Relu(),
                new Layer.MaxPool(pool),
                new Layer.Flatten()));
        layers.add(new Layer.Linear(after(input, layers), classes, true));
        return new Architecture(input, layers, List.of());
    }

    private static Architecture vgg(Matcher name, Shape input, int classes) {
        boolean norm = name.group(1) != null;
        int divisor = name.group(2) == null ? 1 : name.group(2).equals("-half") ? 2 : 4;
        List<Layer> layers = new ArrayList<>();
        int channels = input.extent(0);
        for (int wide : VGG16) {
            if (wide == POOL) {
                layers.add(new Layer.MaxPool(new Window(2, 2, 0)));
            } else {
                layers.add(new Layer.Convolution(channels, wide / divisor, new Window(3, 1, 1), true));
                channels = wide / divisor;
                if (norm) {
                    layers.add(new Layer.BatchNorm(channels));
                }
                layers.add(new Layer.Relu());
            }
        }
        layers.add(new Layer.Flatten());
        int classifier = layers.size();
        int width = after(input, layers);
        for (int i = 0; i < 2; i++) {
            layers.add(new Layer.Dropout(0.5));
            layers.add(new Layer.Linear(width, VGG_DENSE, true));
            layers.add(new Layer.Relu());
            width = VGG_DENSE;
        }
        layers.add(new Layer.Linear(width, classes, true));
        return new Architecture(
                input,
                layers,
                List.of(new Architecture.Stage("features", 0), new Architecture.Stage("classifier", classifier)));
    }

    private static int after(Shape input, List<Layer> layers) {
        Shape shape = input;
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        return shape.elements();
    }
}
