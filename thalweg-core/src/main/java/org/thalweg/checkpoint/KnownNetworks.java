package org.thalweg.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.network.Architecture;
import org.thalweg.network.Catalogue;
import org.thalweg.network.Shape;

/**
 * Recognises the catalogue's convolutional networks from names and shapes, as other programs save them: torchvision's
 * {@code features.0.weight} and the like, behind a prefix or not, or other names at the same places. What has no weights
 * (ReLU, pools, dropout) is taken for that of the catalogue, and said.
 */
final class KnownNetworks {
    private static final List<String> NAMES = List.of(
            "conv2fc1", "vgg16", "vgg16-half", "vgg16-quarter", "vgg16-bn", "vgg16-bn-half", "vgg16-bn-quarter");

    /** The sizes of images that data sets here have: weights do not say it where pools follow. */
    private static final List<Integer> SIZES = List.of(32, 28);

    private static final long MOST_CLASSES = 1_000_000;

    private KnownNetworks() {}

    /** Returns the network of a file, if it is one of the catalogue's. */
    static Optional<Recognition> in(Checkpoint checkpoint) {
        List<Entry> entries = TensorNames.relevant(checkpoint);
        Optional<Entry> kernels =
                entries.stream().filter(entry -> entry.shape().size() == 4).findFirst();
        if (kernels.isEmpty()) {
            return Optional.empty();
        }
        long[] classes = entries.stream()
                .filter(entry -> entry.shape().size() == 2)
                .mapToLong(entry -> entry.shape().get(0))
                .filter(count -> count <= MOST_CLASSES)
                .distinct()
                .toArray();
        return NAMES.stream()
                .flatMap(name -> LongStream.of(classes)
                        .boxed()
                        .flatMap(count -> SIZES.stream()
                                .flatMap(size -> as(name, size, kernels.get(), count, checkpoint).stream())))
                .findFirst();
    }

    private static Optional<Recognition> as(String name, int size, Entry kernels, long classes, Checkpoint checkpoint) {
        long channels = kernels.shape().get(1);
        if (channels != 1 && channels != 3) {
            return Optional.empty();
        }
        try {
            Architecture architecture = Catalogue.named(name, Shape.of((int) channels, size, size), (int) classes);
            Map<String, String> names = new LinkedHashMap<>(TensorNames.match(architecture.tensors(), checkpoint));
            return Optional.of(new Recognition(
                    architecture,
                    names,
                    List.of("Names and shapes are those of " + name
                            + " for images of " + channels + "x" + size + "x" + size
                            + "; what has no weights is assumed to be as there.")));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // another one
        }
    }
}
