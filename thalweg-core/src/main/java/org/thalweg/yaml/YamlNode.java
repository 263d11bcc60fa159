package org.thalweg.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A part of a settings file: a text, a list or a mapping, and where it stands. Immutable. */
public sealed interface YamlNode {
    /**
     * Where something stands.
     *
     * @param file the file's name
     * @param line its line, from 1
     */
    record Place(String file, int line) {}

    /** Returns where it stands. */
    Place place();

    /** Returns what kind of node it is, for sentences. */
    String kind();

    /** Returns the sentence that something is wrong here. */
    default YamlException wrong(String problem) {
        return new YamlException(place(), problem);
    }

    /** A text, number or truth value: what it is depends on who asks. */
    record Scalar(Place place, String text) implements YamlNode {
        @Override
        public String kind() {
            return text.length() > 40 ? "'" + text.substring(0, 40) + "…'" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Values by name, in the file's order. */
    record Mapping(Place place, Map<String, YamlNode> values) implements YamlNode {
        public Mapping {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        /** Returns the value of this name, if it is there. */
        public Optional<YamlNode> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /**
         * Returns the value of this name.
         *
         * @throws YamlException if it is missing
         */
        public YamlNode need(String name) throws YamlException {
            YamlNode value = values.get(name);
            if (value == null) {
                throw wrong("'" + name + "' is missing.");
            }
            return value;
        }

        /**
         * Checks that there are no other names.
         *
         * @throws YamlException naming the first that is not known
         */
        public void allow(String... names) throws YamlException {
            for (Map.Entry<String, YamlNode> value : values.entrySet()) {
                if (!List.of(names).contains(value.getKey())) {
                    throw value.getValue()
                            .wrong("'" + value.getKey() + "' is not known here; use " + String.join(", ", names) + ".");
                }
            }
        }

        /**
         * Returns the whole number of this name, or nothing if it is missing.
         *
         * @throws YamlException if it is none, or outside {@code least} … {@code most}
         */
        public OptionalInt find(String name, int least, int most) throws YamlException {
            YamlNode value = values.get(name);
            return value == null ? OptionalInt.empty() : OptionalInt.of(value.integer("'" + name + "'", least, most));
        }
    }

    /**
     * Returns this node as a mapping.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is none
     */
    default Mapping mapping(String what) throws YamlException {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw wrong(what + " is " + kind() + " but must be a mapping.");
    }

    /**
     * Returns the items of this list.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is no list
     */
    default List<YamlNode> list(String what) throws YamlException {
        if (this instanceof Sequence sequence) {
            return sequence.items();
        }
        throw wrong(what + " is " + kind() + " but must be a list.");
    }

    /**
     * Returns this text.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is a list or a mapping
     */
    default String text(String what) throws YamlException {
        if (this instanceof Scalar scalar) {
            return scalar.text();
        }
        throw wrong(what + " is " + kind() + " but must be a text.");
    }

    /**
     * Returns this whole number.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is none, or outside {@code least} … {@code most}
     */
    default int integer(String what, int least, int most) throws YamlException {
        String text = text(what);
        if (text.matches("-?\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw wrong(what + " is " + kind() + " but must be a whole number from " + least + " to " + most + ".");
    }

    /**
     * Returns this number.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is none, or not finite
     */
    default double number(String what) throws YamlException {
        String text = text(what);
        if (text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw wrong(what + " is " + kind() + " but must be a number.");
    }

    /**
     * Returns the numbers of this list.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is no list, or holds something else
     */
    default List<Double> numbers(String what) throws YamlException {
        List<Double> numbers = new ArrayList<>();
        for (YamlNode item : list(what)) {
            numbers.add(item.number(what));
        }
        return numbers;
    }

    /**
     * Returns this truth value.
     *
     * @param what it is, for the sentence
     * @throws YamlException if it is neither true nor false
     */
    default boolean truth(String what) throws YamlException {
        String text = text(what);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw wrong(what + " is " + kind() + " but must be true or false.");
    }
}
