package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.network.Tensor;

/** What another program says of tensors: {@code {name: {"shape": […], "values": […]}}}. */
final class Described {
    private Described() {}

    static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (Json.JsonException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Both sides are exact in binary64, so values are compared by bits. */
    static void assertHolds(Map<String, Tensor> actual, Object expected, String what) {
        Map<?, ?> tensors = (Map<?, ?>) expected;
        assertThat(List.copyOf(actual.keySet())).as(what).isEqualTo(List.copyOf(tensors.keySet()));
        actual.forEach((name, tensor) -> {
            Map<?, ?> wanted = (Map<?, ?>) Objects.requireNonNull(tensors.get(name));
            assertThat(tensor.shape().toString())
                    .as("%s: %s", what, name)
                    .isEqualTo(String.valueOf(wanted.get("shape")));
            assertThat(tensor.toDoubles())
                    .as("%s: %s", what, name)
                    .containsExactly(doubles(Objects.requireNonNull(wanted.get("values"))));
        });
    }

    static double[] doubles(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
}
