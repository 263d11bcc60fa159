package org.thalweg.checkpoint.pytorch;

import java.util.List;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Tensor;

/**
 * A tensor as PyTorch keeps it: element (i, j, …) is element offset + i·stride₀ + j·stride₁ + … of a storage.
 *
 * @param entry name, type and shape
 * @param storage what it is a view of
 * @param offset its first element, in elements
 * @param strides one per dimension, in elements
 */
record View(Entry entry, Storage storage, long offset, List<Long> strides) {
    View {
        strides = List.copyOf(strides);
    }

    /**
     * Returns the view of these facts, checked.
     *
     * @throws FormatException if it leaves its storage, or strides and shape differ in length
     */
    static View checked(Entry entry, Storage storage, long offset, List<Long> strides) throws FormatException {
        if (strides.size() != entry.shape().size()) {
            throw new FormatException("tensor " + Quote.of(entry.name()) + " has the shape " + entry.shapeText()
                    + " but " + strides.size() + " strides.");
        }
        if (Elements.last(entry.shape(), offset, strides) >= storage.elements()) {
            throw new FormatException("tensor " + Quote.of(entry.name()) + " of shape " + entry.shapeText()
                    + " at offset "
                    + offset + " with strides " + strides + " leaves storage " + Quote.of(storage.key()) + " of "
                    + storage.elements() + " elements.");
        }
        return new View(entry, storage, offset, strides);
    }

    /** Returns the tensor, given its storage's elements. */
    Tensor cutFrom(Elements elements) throws FormatException {
        return elements.view(entry.heapShape(), entry.elements() == 0 ? 0 : offset, strides);
    }
}
