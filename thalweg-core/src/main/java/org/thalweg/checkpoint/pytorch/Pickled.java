package org.thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value that a pickle describes. Scalars are equal by value; containers, which a pickle may nest in themselves, by identity,
 * so that neither comparing nor hashing ever descends.
 */
sealed interface Pickled {
    /** Python's {@code None}, {@code True} and {@code False}. */
    enum Constant implements Pickled {
        NONE,
        TRUE,
        FALSE
    }

    /** An integer of any size. Comparable, as the other keys are, so that chosen hash collisions cannot slow a map down. */
    record Int(BigInteger value) implements Pickled, Comparable<Int> {
        @Override
        public int compareTo(Int other) {
            return value.compareTo(other.value);
        }
    }

    /** A binary64. */
    record Real(double value) implements Pickled, Comparable<Real> {
        @Override
        public int compareTo(Real other) {
            return Double.compare(value, other.value);
        }
    }

    /** A string. */
    record Text(String value) implements Pickled, Comparable<Text> {
        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    /** A string of bytes that are not text; they are not kept. */
    final class Bytes implements Pickled {}

    /** A name that Python would import: {@code module.name}. */
    record Global(String module, String name) implements Pickled {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** A tuple; filled once, when it is made. */
    final class Tuple implements Pickled {
        private final List<Pickled> items;

        Tuple(List<Pickled> items) {
            this.items = List.copyOf(items);
        }

        List<Pickled> items() {
            return items;
        }
    }

    /** A list or a set, which later instructions add to. */
    final class Sequence implements Pickled {
        private final List<Pickled> items = new ArrayList<>();

        List<Pickled> items() {
            return items;
        }
    }

    /** A {@code dict} or an {@code OrderedDict}, in its order, which later instructions add to. */
    final class Dict implements Pickled {
        private final Map<Pickled, Pickled> items = new LinkedHashMap<>();

        Map<Pickled, Pickled> items() {
            return items;
        }

        /** Returns what stands under a text, {@link Constant#NONE} if nothing does. */
        Pickled at(String key) {
            return items.getOrDefault(new Text(key), Constant.NONE);
        }
    }

    /** What Python would get by calling {@code function}; here it is only noted. */
    final class Call implements Pickled {
        private final Global function;
        private final List<Pickled> arguments;

        Call(Global function, List<Pickled> arguments) {
            this.function = function;
            this.arguments = List.copyOf(arguments);
        }

        Global function() {
            return function;
        }

        List<Pickled> arguments() {
            return arguments;
        }
    }

    /** Something kept outside of the pickle, such as a storage. */
    final class External implements Pickled {
        private final Tuple id;

        External(Tuple id) {
            this.id = id;
        }

        Tuple id() {
            return id;
        }
    }

    /** Returns the values that this one directly consists of. */
    default List<Pickled> parts() {
        if (this instanceof Tuple tuple) {
            return tuple.items();
        }
        if (this instanceof Sequence sequence) {
            return sequence.items();
        }
        if (this instanceof Call call) {
            return call.arguments();
        }
        if (this instanceof External external) {
            return external.id().items();
        }
        if (this instanceof Dict dict) {
            List<Pickled> parts = new ArrayList<>(dict.items().keySet());
            parts.addAll(dict.items().values());
            return parts;
        }
        return List.of();
    }

    /** Returns all values within this one, itself included, each container once however often and deep it is nested. */
    default List<Pickled> all() {
        Set<Pickled> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Pickled> all = new ArrayList<>();
        all.add(this);
        seen.add(this);
        for (int i = 0; i < all.size(); i++) { // grows while it runs; a recursion could overflow the stack
            for (Pickled part : all.get(i).parts()) {
                if (seen.add(part)) {
                    all.add(part);
                }
            }
        }
        return all;
    }
}
