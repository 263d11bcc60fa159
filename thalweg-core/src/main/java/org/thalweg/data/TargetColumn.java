package org.thalweg.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One target of a regression: what it is called, and how what networks give becomes what the user's files hold.
 *
 * @param name of its column, or {@code target1}, {@code target2}, … where files name none
 * @param mean what 0 stands for
 * @param deviation what 1 lies above that; positive
 */
public record TargetColumn(String name, double mean, double deviation) {
    /** Returns a network's output in the units of the user's files: mean + deviation · output. */
    public double inOwnUnits(double output) {
        return mean + deviation * output;
    }

    /** Returns so many targets that networks give as they are. */
    static List<TargetColumn> plain(int count) {
        return names(count).stream().map(name -> new TargetColumn(name, 0, 1)).toList();
    }

    /** Returns names for so many targets that have none. */
    static List<String> names(int count) {
        return count == 1
                ? List.of("target")
                : IntStream.rangeClosed(1, count).mapToObj(i -> "target" + i).toList();
    }
}
