package org.thalweg.checkpoint.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Damages JSON token by token, so that the damage gets past a parser and to what reads its values. */
public final class JsonMutation {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-+.\\w]+|[^\\s\\w]", Pattern.DOTALL);

    /** What readers stumble over: signs, borders of integers, what is no number, other types, odd names. */
    private static final List<String> ODD = List.of(
            "-1",
            "0",
            "1",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1e999",
            "-0.0",
            "0.5",
            "1E5",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "[[]]",
            "[1]",
            "\"\"",
            "\"F64\"",
            "\"F16\"",
            "\"I64\"",
            "\"BOOL\"",
            "\"U8\"",
            "\"0.weight\"",
            "\"2.bias\"",
            "\"9.weight\"",
            "\"control.0\"",
            "\"arc\"",
            "\"constant\"",
            "\"linear\"",
            "\"chain(3)\"",
            "\"chain(999999)\"",
            "\"bezier(3)\"",
            "\"knots(0.0,1.0)\"",
            "\"curve\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\n\\u001b[31m\"",
            "\"__metadata__\"",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "[0,0]",
            "[0,9223372036854775807]",
            "[3,2,1]",
            "[0,1,2]",
            "[1,1,1,1,1,1]");

    private final SplittableRandom random;

    /** Every seed gives one sequence of mutations. */
    public JsonMutation(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns a damaged text. */
    public String of(String json) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(json);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        for (int changes = 1 + random.nextInt(3); changes > 0 && !tokens.isEmpty(); changes--) {
            change(tokens);
        }
        return tokens.stream().collect(Collectors.joining());
    }

    private void change(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        int other = random.nextInt(tokens.size());
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> tokens.set(at, ODD.get(random.nextInt(ODD.size())));
            case 3 -> tokens.set(at, tokens.get(other));
            case 4 ->
                tokens.subList(Math.min(at, other), Math.min(Math.max(at, other), Math.min(at, other) + 9))
                        .clear();
            default ->
                tokens.addAll(at, List.copyOf(tokens.subList(at, Math.min(tokens.size(), at + 1 + random.nextInt(9)))));
        }
    }
}
