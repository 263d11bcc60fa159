package org.thalweg.network;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints and reads architectures as text. */
final class ArchitectureText {
    private static final int LONGEST = 100_000; // thousands of layers; more is an attack
    private static final Pattern INPUT = Pattern.compile("input\\((\\d{1,9}),(\\d{1,9}),(\\d{1,9})\\)");
    private static final Pattern STAGE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,63}):");

    private ArchitectureText() {}

    static String print(Shape input, List<Layer> layers, List<Architecture.Stage> stages) {
        StringJoiner text = new StringJoiner(" ");
        if (input.rank() == 3) {
            text.add("input(" + input.extent(0) + "," + input.extent(1) + "," + input.extent(2) + ")");
        }
        for (int position = 0; position < layers.size(); position++) {
            for (Architecture.Stage stage : stages) {
                if (stage.first() == position) {
                    text.add(stage.name() + ":");
                }
            }
            text.add(layers.get(position).text());
        }
        return text.toString();
    }

    static Architecture parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an architecture's text has " + text.length() + " characters; at most " + LONGEST + " are read.");
        }
        List<Layer> layers = new ArrayList<>();
        List<Architecture.Stage> stages = new ArrayList<>();
        List<Shape> input = new ArrayList<>();
        for (String token : text.strip().split("\\s+", -1)) {
            Matcher image = INPUT.matcher(token);
            Matcher stage = STAGE.matcher(token);
            if (image.matches() && layers.isEmpty() && stages.isEmpty() && input.isEmpty()) {
                input.add(Shape.of(
                        Integer.parseInt(image.group(1)),
                        Integer.parseInt(image.group(2)),
                        Integer.parseInt(image.group(3))));
            } else if (stage.matches()) {
                stages.add(new Architecture.Stage(stage.group(1), layers.size()));
            } else {
                layers.add(LayerText.parse(token));
            }
        }
        return new Architecture(input.isEmpty() ? vector(layers) : input.get(0), layers, stages);
    }

    /** Returns the input of a network whose text names none: vectors as long as its first layer's rows. */
    private static Shape vector(List<Layer> layers) {
        if (layers.get(0) instanceof Layer.Linear linear) {
            return Shape.of(linear.inputs());
        }
        throw new IllegalArgumentException(
                "an architecture that does not begin with a linear layer must say what images it "
                        + "takes, such as input(3,32,32): " + print(Shape.of(1), layers, List.of()));
    }
}
