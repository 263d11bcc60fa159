package org.thalweg.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one layer; {@link Layer#text()} writes it. */
final class LayerText {
    private static final String SIZE = "(\\d{1,9})";
    private static final String WINDOW = "([^()]*?)";
    private static final String BIAS = "(,nobias)?";
    private static final Pattern LINEAR = Pattern.compile("linear\\(" + SIZE + "," + SIZE + BIAS + "\\)");
    private static final Pattern CONVOLUTION =
            Pattern.compile("conv\\(" + SIZE + "," + SIZE + "," + WINDOW + BIAS + "\\)");
    private static final Pattern MAX_POOL = Pattern.compile("maxpool\\(" + WINDOW + "\\)");
    private static final Pattern AVERAGE_POOL = Pattern.compile("avgpool\\(" + WINDOW + "\\)");
    private static final Pattern DROPOUT = Pattern.compile("dropout\\((\\d(?:\\.\\d{1,20})?(?:E-\\d{1,3})?)\\)");
    private static final Pattern BATCH_NORM = Pattern.compile("batchnorm\\(" + SIZE + "\\)");
    private static final Pattern GROUP_NORM = Pattern.compile("groupnorm\\(" + SIZE + "," + SIZE + "\\)");

    private LayerText() {}

    /**
     * Returns the layer of a text.
     *
     * @throws IllegalArgumentException if it is not understood, naming the layers that are
     */
    static Layer parse(String text) {
        if (text.equals("relu")) {
            return new Layer.Relu();
        }
        if (text.equals("flatten")) {
            return new Layer.Flatten();
        }
        Matcher linear = LINEAR.matcher(text);
        if (linear.matches()) {
            return new Layer.Linear(size(linear, 1), size(linear, 2), linear.group(3) == null);
        }
        Matcher convolution = CONVOLUTION.matcher(text);
        if (convolution.matches()) {
            return new Layer.Convolution(
                    size(convolution, 1),
                    size(convolution, 2),
                    Window.parse(convolution.group(3), 1),
                    convolution.group(4) == null);
        }
        return withoutWeights(text);
    }

    private static Layer withoutWeights(String text) {
        Matcher maxPool = MAX_POOL.matcher(text);
        if (maxPool.matches()) {
            return new Layer.MaxPool(Window.parse(maxPool.group(1), 0));
        }
        Matcher averagePool = AVERAGE_POOL.matcher(text);
        if (averagePool.matches()) {
            return new Layer.AveragePool(Window.parse(averagePool.group(1), 0));
        }
        Matcher dropout = DROPOUT.matcher(text);
        if (dropout.matches()) {
            return new Layer.Dropout(Double.parseDouble(dropout.group(1)));
        }
        return norm(text);
    }

    private static Layer norm(String text) {
        Matcher batchNorm = BATCH_NORM.matcher(text);
        if (batchNorm.matches()) {
            return new Layer.BatchNorm(size(batchNorm, 1));
        }
        Matcher groupNorm = GROUP_NORM.matcher(text);
        if (groupNorm.matches()) {
            return new Layer.GroupNorm(size(groupNorm, 1), size(groupNorm, 2));
        }
        throw new IllegalArgumentException("layer '" + text + "' is not understood; known are linear(in,out), "
                + "linear(in,out,nobias), relu, conv(in,out,size), conv(in,out,size,stride=2,pad=1,nobias), "
                + "maxpool(size), avgpool(size), flatten, dropout(p), batchnorm(channels) and "
                + "groupnorm(groups,channels).");
    }

    private static int size(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
