package org.thalweg.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a data set lies and how much of it to use.
 *
 * @param folder the folder with the files, or its parent; not needed for generated sets
 * @param trainExamples use only the first so many; absent for all (of a generated set: its default size)
 * @param testExamples likewise for the test split
 */
public record DataOptions(Optional<Path> folder, OptionalInt trainExamples, OptionalInt testExamples) {
    /** No folder, all examples. */
    public static final DataOptions DEFAULTS =
            new DataOptions(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    public DataOptions {
        requirePositive(trainExamples, "training");
        requirePositive(testExamples, "test");
    }

    private static void requirePositive(OptionalInt count, String split) {
        if (count.isPresent() && count.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the number of " + split + " examples is " + count.getAsInt() + " but must be positive.");
        }
    }
}
