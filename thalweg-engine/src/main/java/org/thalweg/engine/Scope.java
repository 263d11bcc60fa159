package org.thalweg.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;

/**
 * Owns the native memory that a thread allocates while it is open; closing it frees all of it at once.
 *
 * <p>Used with try-with-resources, nested at will, on one thread. A tensor that must outlive the scope it was made in is
 * handed on by {@link #keep}. Without an open scope no tensor can be made.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    private final PointerScope pointers = new PointerScope(); // scalars, options, argument arrays
    private final Set<DeviceTensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());

    private Scope() {}

    /** Opens a scope inside the thread's current one. */
    public static Scope open() {
        Scope scope = new Scope();
        OPEN.get().push(scope);
        return scope;
    }

    static void register(DeviceTensor tensor) {
        Scope current = OPEN.get().peek();
        if (current == null) {
            throw new IllegalStateException("a tensor was made outside every Scope; open one around the work.");
        }
        current.tensors.add(tensor);
    }

    /**
     * Hands a tensor of this scope to the enclosing scope, or, if there is none, to the caller, who then closes it.
     *
     * @return the same tensor
     */
    public DeviceTensor keep(DeviceTensor tensor) {
        if (!tensors.remove(tensor)) {
            throw new IllegalArgumentException("the tensor does not belong to this scope.");
        }
        tensor.handle().retainReference(); // detaching gives up this scope's reference, and the last one frees
        pointers.detach(tensor.handle());
        Deque<Scope> open = OPEN.get();
        if (open.size() > 1) {
            Scope outer = open.stream().skip(1).findFirst().orElseThrow();
            outer.tensors.add(tensor);
            outer.pointers.attach(tensor.handle());
            tensor.handle().releaseReference();
        }
        return tensor;
    }

    /** Frees everything that was allocated in this scope and not kept. */
    @Override
    public void close() {
        Deque<Scope> open = OPEN.get();
        if (open.peek() != this) {
            throw new IllegalStateException(
                    "scopes must be closed in the reverse order of opening, by their own thread.");
        }
        open.pop();
        tensors.forEach(DeviceTensor::forget);
        tensors.clear();
        pointers.close();
    }
}
