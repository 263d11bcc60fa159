package org.thalweg.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of seeds as users write them: {@code 1-4}, {@code 1,3,7}, {@code 1-3,10}. */
final class Seeds {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST = 10_000;

    private Seeds() {}

    static List<Long> parse(String text) {
        LinkedHashSet<Long> seeds = new LinkedHashSet<>();
        for (String item : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "--seeds: '" + item + "' is no seed or range; use a list such as 1-4 or 1,3,7.");
            }
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (last < first || last - first >= MOST) {
                throw new IllegalArgumentException(
                        "--seeds: '" + item + "' must ascend and hold at most " + MOST + ".");
            }
            for (long seed = first; seed <= last; seed++) {
                seeds.add(seed);
            }
        }
        return new ArrayList<>(seeds);
    }
}
