package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.pytorch.Pickled.Call;
import org.thalweg.checkpoint.pytorch.Pickled.Constant;
import org.thalweg.checkpoint.pytorch.Pickled.Dict;
import org.thalweg.checkpoint.pytorch.Pickled.External;
import org.thalweg.checkpoint.pytorch.Pickled.Global;
import org.thalweg.checkpoint.pytorch.Pickled.Int;
import org.thalweg.checkpoint.pytorch.Pickled.Real;
import org.thalweg.checkpoint.pytorch.Pickled.Sequence;
import org.thalweg.checkpoint.pytorch.Pickled.Text;
import org.thalweg.checkpoint.pytorch.Pickled.Tuple;

/**
 * The pickle machine, without its dangerous half. A pickle is a program for a stack machine with a memo; of its instructions
 * those are known that {@code torch.save} writes (protocol 2), and of them those that would import, construct or call only
 * note what would have been called. The machine does not recurse, so nesting costs heap, which is bounded by the number of
 * values. O(bytes) time.
 *
 * <p>Instruction codes: Python's {@code pickletools}; the same set as PyTorch's {@code weights_only} loader. One thread, one
 * pickle.
 */
final class Unpickler {
    /** Most values of one pickle. A tensor takes about 15, its optimiser state three times that; a value about 50 bytes. */
    static final int MOST_VALUES = 2_000_000;

    private static final Global ORDERED_DICT = new Global("collections", "OrderedDict");

    private final PickleInput in;
    private final List<Pickled> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Pickled> memo = new HashMap<>();
    private int values;

    private Unpickler(PickleInput in) {
        this.in = in;
    }

    /**
     * Returns the value of the pickle that begins at the input's position, and leaves the position behind it.
     *
     * @throws FormatException if it is malformed, too large, uses an instruction that is not known or names a module that has
     *     no place in a weight file
     */
    static Pickled read(PickleInput in) throws IOException {
        return new Unpickler(in).run();
    }

    private Pickled run() throws IOException {
        while (true) {
            int code = in.u1();
            if (code == '.') {
                Pickled result = pop();
                if (!stack.isEmpty() || !marks.isEmpty()) {
                    throw in.wrong("leaves something unfinished");
                }
                return result;
            }
            step(code);
        }
    }

    private void step(int code) throws IOException {
        switch (code) {
            case 0x80 -> requireProtocol(in.u1());
            case '(' -> mark();
            case 't' -> push(new Tuple(popToMark()));
            case ')' -> push(new Tuple(List.of()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(pop(code - 0x84)));
            case ']', 0x8f -> push(new Sequence()); // a set is filled like a list
            case '}' -> push(new Dict());
            case 'a' -> append(pop(1));
            case 'e' -> append(popToMark());
            case 's' -> setItems(pop(2));
            case 'u' -> setItems(popToMark());
            case 'N' -> push(Constant.NONE);
            case 0x88 -> push(Constant.TRUE);
            case 0x89 -> push(Constant.FALSE);
            case 'J' -> push(new Int(BigInteger.valueOf(in.i4())));
            case 'K' -> push(new Int(BigInteger.valueOf(in.u1())));
            case 'M' -> push(new Int(BigInteger.valueOf(in.u2())));
            case 0x8a -> push(new Int(in.integer(in.u1())));
            case 'G' -> push(new Real(in.bigEndianDouble()));
            case 'X' -> push(new Text(in.text(in.i4())));
            case 'U' -> push(shortString());
            case 'q' -> memo.put(in.u1(), top());
            case 'r' -> memo.put(in.i4(), top());
            case 'h' -> push(remembered(in.u1()));
            case 'j' -> push(remembered(in.i4()));
            case 'c' -> push(global());
            case 'R', 0x81 -> call();
            case 'b' -> build();
            case 'Q' -> push(external());
            default ->
                throw in.wrong(String.format(
                        Locale.ROOT,
                        "uses instruction 0x%02x, which no file of torch.save's usual pickle protocol 2 has; it was not run",
                        code));
        }
    }

    private void requireProtocol(int protocol) throws FormatException {
        if (protocol != 2) {
            throw in.wrong("is of protocol " + protocol
                    + ", but 2 is what torch.save writes; leave out pickle_protocol when you save");
        }
    }

    private void push(Pickled value) throws FormatException {
        if (++values > MOST_VALUES) {
            throw in.wrong("describes more than " + MOST_VALUES + " values");
        }
        stack.add(value);
    }

    private void mark() throws FormatException {
        if (++values > MOST_VALUES) {
            throw in.wrong("describes more than " + MOST_VALUES + " values");
        }
        marks.add(stack.size());
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private Pickled top() throws FormatException {
        if (stack.size() <= floor()) {
            throw in.wrong("takes a value that is not there");
        }
        return stack.get(stack.size() - 1);
    }

    private Pickled pop() throws FormatException {
        Pickled top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private List<Pickled> pop(int count) throws FormatException {
        if (stack.size() - floor() < count) {
            throw in.wrong("takes a value that is not there");
        }
        return popFrom(stack.size() - count);
    }

    private List<Pickled> popToMark() throws FormatException {
        if (marks.isEmpty()) {
            throw in.wrong("takes values up to a mark that is not there");
        }
        return popFrom(marks.remove(marks.size() - 1));
    }

    private List<Pickled> popFrom(int from) {
        List<Pickled> tail = stack.subList(from, stack.size());
        List<Pickled> popped = new ArrayList<>(tail);
        tail.clear();
        return popped;
    }

    private Pickled remembered(int index) throws FormatException {
        Pickled value = memo.get(index);
        if (value == null) {
            throw in.wrong("recalls value " + index + ", which it did not store");
        }
        return value;
    }

    private void append(List<Pickled> items) throws FormatException {
        Pickled target = top();
        if (target instanceof Sequence sequence) {
            sequence.items().addAll(items);
        } else if (!(target
                instanceof Call)) { // a list-like object of a class that is not known: noted as such already
            throw in.wrong("appends to something that is no list");
        }
    }

    private void setItems(List<Pickled> items) throws FormatException {
        Pickled target = top();
        if (items.size() % 2 != 0 || !(target instanceof Dict || target instanceof Call)) {
            throw in.wrong("sets items of something that is no dictionary");
        }
        if (target instanceof Dict dict) {
            for (int i = 0; i < items.size(); i += 2) {
                put(dict, items.get(i), items.get(i + 1));
            }
        }
    }

    private void put(Dict dict, Pickled key, Pickled value) throws FormatException {
        if (dict.items().put(key, value) != null) {
            throw in.wrong("sets a key twice" + (key instanceof Text text ? ": " + Quote.of(text.value()) : ""));
        }
    }

    private Pickled shortString() throws IOException {
        byte[] bytes = in.bytes(in.u1()); // Python 2's names, or any bytes
        return PickleInput.decoded(bytes).<Pickled>map(Text::new).orElse(new Pickled.Bytes());
    }

    private Global global() throws IOException {
        String module = in.line();
        Global global = new Global(module.equals("__builtin__") ? "builtins" : module, in.line()); // Python 2's name
        if (Denied.contains(global)) {
            throw in.wrong("would make Python call " + global
                    + ", which no weight file needs; nothing was run, and it should not be loaded elsewhere either");
        }
        return global;
    }

    private void call() throws FormatException {
        List<Pickled> arguments = arguments();
        if (!(pop() instanceof Global function)) {
            throw in.wrong("calls something that is no class or function");
        }
        push(function.equals(ORDERED_DICT) ? orderedDict(arguments) : new Call(function, arguments));
    }

    private List<Pickled> arguments() throws FormatException {
        if (pop() instanceof Tuple arguments) {
            return arguments.items();
        }
        throw in.wrong("calls with something that is no tuple");
    }

    /** Python 2 gives the pairs as an argument; Python 3 sets them afterwards. */
    private Dict orderedDict(List<Pickled> arguments) throws FormatException {
        Dict dict = new Dict();
        if (arguments.isEmpty()) {
            return dict;
        }
        if (arguments.size() > 1 || !(arguments.get(0) instanceof Sequence pairs)) {
            throw in.wrong("makes an OrderedDict of something that is no list of pairs");
        }
        for (Pickled item : pairs.items()) {
            List<Pickled> pair = item instanceof Tuple tuple
                    ? tuple.items()
                    : item instanceof Sequence sequence ? sequence.items() : List.of();
            if (pair.size() != 2) {
                throw in.wrong("makes an OrderedDict of something that is no list of pairs");
            }
            put(dict, pair.get(0), pair.get(1));
        }
        return dict;
    }

    /** Attributes of an object, such as a state dict's {@code _metadata}: no weights, so they are dropped. */
    private void build() throws FormatException {
        pop();
        if (!(top() instanceof Call || top() instanceof Dict)) {
            throw in.wrong("sets attributes of something that has none");
        }
    }

    private External external() throws FormatException {
        if (pop() instanceof Tuple id) {
            return new External(id);
        }
        throw in.wrong("refers to something outside of it by something that is no tuple");
    }
}
