package org.thalweg.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pairs of a panel's networks are joined.
 *
 * @param text {@code all}, or a list such as {@code 1-2,3-4} of positions counted from 1
 */
public record Pairs(String text) {
    /** Every pair once. */
    public static final Pairs ALL = new Pairs("all");

    private static final Pattern PAIR = Pattern.compile("([1-9]\\d{0,5})-([1-9]\\d{0,5})");

    /** Two networks by position, counted from 0. */
    public record Pair(int a, int b) {}

    public Pairs {
        if (!text.equals("all")) {
            parse(text);
        }
    }

    private static List<Pair> parse(String text) {
        List<Pair> pairs = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            Matcher matcher = PAIR.matcher(item);
            if (!matcher.matches() || matcher.group(1).equals(matcher.group(2))) {
                throw new IllegalArgumentException(
                        "pairs: '" + item + "' is no pair of two networks; use 'all' or a list such as 1-2,3-4.");
            }
            pairs.add(new Pair(Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)) - 1));
        }
        return pairs;
    }

    /**
     * Returns the pairs among {@code networks} networks.
     *
     * @throws IllegalArgumentException if a pair names a network that is not there, or there is none
     */
    public List<Pair> of(int networks) {
        List<Pair> pairs = new ArrayList<>();
        if (text.equals("all")) {
            for (int a = 0; a < networks; a++) {
                for (int b = a + 1; b < networks; b++) {
                    pairs.add(new Pair(a, b));
                }
            }
        } else {
            pairs.addAll(parse(text));
        }
        for (Pair pair : pairs) {
            if (Math.max(pair.a(), pair.b()) >= networks) {
                throw new IllegalArgumentException("pairs: " + (pair.a() + 1) + "-" + (pair.b() + 1)
                        + " names a network that is not there; there are " + networks + ".");
            }
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("a panel needs at least two networks, got " + networks + ".");
        }
        return pairs;
    }
}
