package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;

/**
 * What decides how coordinates move: W2 relu(W1 x + b1) + b2 on columns, [p, N] -> [q, N]. Per column, p·h + h·q
 * multiply-adds; twice as many back.
 *
 * @param name prefix of its parameters' names
 * @param parameters W1 [h, p], b1 [h, 1], W2 [q, h], b2 [q, 1]
 */
record Conditioner(String name, DeviceValues parameters) {
    static final String INPUT_WEIGHT = ".input.weight";
    static final String INPUT_BIAS = ".input.bias";
    static final String OUTPUT_WEIGHT = ".output.weight";
    static final String OUTPUT_BIAS = ".output.bias";

    /** Values on the way: the input [p, N], the active hidden units [h, N], the output [q, N]. */
    record Values(DeviceTensor input, DeviceTensor active, DeviceTensor output) {}

    private DeviceTensor get(String parameter) {
        return parameters.get(name + parameter);
    }

    Values run(DeviceTensor x) {
        DeviceTensor active = get(INPUT_BIAS).plusProduct(get(INPUT_WEIGHT), x).reluInPlace();
        return new Values(x, active, get(OUTPUT_BIAS).plusProduct(get(OUTPUT_WEIGHT), active));
    }

    /** Hands the parameters' gradients to {@code sink}, those of the output being {@code above}; returns those of the input. */
    DeviceTensor back(Values values, DeviceTensor above, Gradients sink) {
        DeviceTensor hidden = get(OUTPUT_WEIGHT).transposed().times(above).whereActive(values.active()); // [h, N]
        if (sink != Gradients.NONE) {
            sink.product(name + OUTPUT_WEIGHT, above, values.active().transposed());
            sink.value(name + OUTPUT_BIAS, above.sum(1));
            sink.product(name + INPUT_WEIGHT, hidden, values.input().transposed());
            sink.value(name + INPUT_BIAS, hidden.sum(1));
        }
        return get(INPUT_WEIGHT).transposed().times(hidden);
    }
}
