package org.thalweg.panel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of a panel's cells, for one of several programs that share no scheduler.
 *
 * <p>Cells are dealt out like cards, in the panel's order (by method, then by pair): every part has as many pairs of each method
 * as any other, give or take one, so that parts take about equally long whatever the methods cost. Which part a cell is in
 * depends on the names of methods and pairs alone, never on the machine.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
    /** All cells. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,5})");

    public Shard {
        if (index < 1 || index > count) {
            throw new IllegalArgumentException(
                    "shard is " + index + "/" + count + " but must name one of the parts, from 1 to " + count + ".");
        }
    }

    /**
     * Returns the part that a text such as {@code 3/8} names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shard is '" + text + "' but must be a part and the number of parts, such as 3/8.");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Checks that all parts have something to do.
     *
     * @throws IllegalArgumentException if there are fewer than {@code count} cells
     */
    void requireFit(int cells) {
        if (cells < count) {
            throw new IllegalArgumentException(
                    "shard is " + this + " but the panel has only " + cells + " cells; take at most as many parts.");
        }
    }

    /** Returns the cells of this part, in their order; fails as {@link #requireFit} does. */
    List<Cell> of(List<Cell> all) {
        requireFit(all.size());
        return IntStream.range(0, (all.size() - index) / count + 1)
                .mapToObj(i -> all.get(i * count + index - 1))
                .toList();
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
