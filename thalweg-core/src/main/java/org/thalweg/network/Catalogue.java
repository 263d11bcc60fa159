package org.thalweg.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlFile;
import org.thalweg.yaml.YamlNode;

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
 * <p>VGG's stages are {@code features} and {@code classifier}, as in torchvision. All but the dense ones are described in files like
 * those that users write ({@link ArchitectureFile}).
 */
public final class Catalogue {
    private static final Pattern MLP = Pattern.compile("mlp((?:-[1-9]\\d{0,8})+)(-nobias)?");
    private static final Pattern NEARLY_MLP = Pattern.compile("^[mlp]{2,4}[-_]?");
    private static final List<String> DESCRIBED = List.of(
            "conv2fc1",
            "vgg16",
            "vgg16-half",
            "vgg16-quarter",
            "vgg16-bn",
            "vgg16-bn-half",
            "vgg16-bn-quarter"); // in files of their names beside this class

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
        if (DESCRIBED.contains(name)) {
            requireImages(name, input);
            return described(name, input, classes);
        }
        String meant = "mlp-" + NEARLY_MLP.matcher(name).replaceFirst("");
        throw new IllegalArgumentException("unknown network '" + name + "'; "
                + (MLP.matcher(meant).matches()
                        ? "did you mean '" + meant + "'?"
                        : "use " + NAMES + ", such as mlp-2000 or vgg16-quarter, or describe it in a FILE.yaml."));
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

    private static Architecture described(String name, Shape input, int classes) {
        String file = name + ".yaml";
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(file), file)) {
            YamlNode description = YamlFile.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return ArchitectureFile.of(description, Optional.of(new ArchitectureFile.Task(input, classes)))
                    .architecture();
        } catch (YamlException e) { // images too small for its pools
            throw new IllegalArgumentException(
                    "network '" + name + "' does not take examples of shape " + input + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
