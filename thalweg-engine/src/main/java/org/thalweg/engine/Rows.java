package org.thalweg.engine;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some rows of one parameter: what one thread computes as a whole. Tiles are fixed by the parameter's shape, so that numbers
 * do not depend on who works on which.
 *
 * @param name the parameter
 * @param from first row
 * @param count how many
 */
record Rows(String name, int from, int count) {
    /**
     * Elements of a tile, at most: 784-2000-10 has two. A tile's product with a mini-batch of 128 takes over a millisecond,
     * handing it out 20 µs. On one thread a step with two tiles takes 2 % longer than with one, with four 8 %.
     */
    private static final int TILE = 1 << 20;

    /** Returns tiles of one size, their number a power of two, that cover a parameter. */
    static List<Rows> covering(String name, DeviceTensor parameter) {
        int rows = parameter.extent(0);
        int tiles = 1;
        while (tiles < rows && parameter.elements() / tiles > TILE) {
            tiles *= 2;
        }
        int height = (rows + tiles - 1) / tiles;
        return IntStream.range(0, (rows + height - 1) / height)
                .mapToObj(i -> new Rows(name, i * height, Math.min(height, rows - i * height)))
                .toList();
    }

    /** Returns all rows of a parameter. */
    static Rows all(String name, DeviceTensor parameter) {
        return new Rows(name, 0, parameter.extent(0));
    }

    /** Returns a view of these rows of the parameter, or of what has its shape. */
    DeviceTensor of(Parameters parameters) {
        return of(parameters.get(name));
    }

    /** Returns a view of these rows; {@code whole} itself if it has no others. */
    DeviceTensor of(DeviceTensor whole) {
        return count == whole.extent(0) ? whole : whole.narrow(0, from, count);
    }
}
