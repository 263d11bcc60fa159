package org.thalweg.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.thalweg.result.Loss;

/**
 * Training and test examples of one task. Immutable.
 *
 * @param name such as {@code mnist}
 * @param shape extents of one image
 * @param train what networks are trained on and adjustments are solved on
 * @param test what is only measured
 */
public record Dataset(String name, ImageShape shape, Examples train, Examples test) {
    private static final int MOST_NAMED = 10;

    /**
     * Checks that both splits fit.
     *
     * @throws IllegalArgumentException if they differ in features, or in classes or targets
     */
    public Dataset {
        if (!train.sizes().equals(test.sizes()) || shape.features() != train.features()) {
            throw new IllegalArgumentException(name + ": images of " + shape.features()
                    + " values, training examples of " + train.sizes() + ", test examples of " + test.sizes()
                    + " do not fit together.");
        }
    }

    /** Returns d. */
    public int features() {
        return train.features();
    }

    /** Returns the loss that networks are trained with and measured by. */
    public Loss loss() {
        return train.loss();
    }

    /** Returns how many outputs a network for it has: the number of classes, or of targets. */
    public int outputs() {
        return train.outputs();
    }

    /**
     * Returns what is allowed but suspicious, one sentence each: classes without examples, and test examples that are the
     * training examples. O(N) time.
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (loss().hasAccuracy()) {
            int[] trained = train.labelCounts();
            int[] tested = test.labelCounts();
            remarkOn(remarks, label -> trained[label] == 0 && tested[label] == 0, "examples");
            remarkOn(remarks, label -> trained[label] == 0 && tested[label] > 0, "training examples");
            remarkOn(remarks, label -> trained[label] > 0 && tested[label] == 0, "test examples");
        }
        if (train.count() == test.count() && train.hash().equals(test.hash())) {
            remarks.add("the test examples are the training examples; they do not tell what networks make of others.");
        }
        return remarks;
    }

    private void remarkOn(List<String> remarks, IntPredicate lacks, String what) {
        List<String> classes = IntStream.range(0, outputs())
                .filter(lacks)
                .mapToObj(train.classNames()::get)
                .toList();
        if (!classes.isEmpty()) {
            String some = String.join(", ", classes.subList(0, Math.min(MOST_NAMED, classes.size())));
            remarks.add((classes.size() == 1 ? "class " + some + " has no " : classes.size() + " classes have no ")
                    + what
                    + (classes.size() == 1 ? "." : ": " + some + (classes.size() > MOST_NAMED ? ", …." : ".")));
        }
    }

    /** Returns the SHA-256, in hexadecimal, of both splits. */
    public String hash() {
        String both = train.hash() + test.hash();
        return HexFormat.of().formatHex(Examples.sha256().digest(both.getBytes(StandardCharsets.US_ASCII)));
    }
}
