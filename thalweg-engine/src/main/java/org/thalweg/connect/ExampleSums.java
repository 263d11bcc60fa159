package org.thalweg.connect;

import java.io.Serializable;

/** Takes sums over all training examples where the examples are: on several machines, each with a part of them. */
public interface ExampleSums {
    /**
     * Returns the sum over all parts, in an order that does not change from call to call.
     *
     * @param <T> what is summed
     */
    <T extends Serializable> T of(PartialSum<T> sum);
}
