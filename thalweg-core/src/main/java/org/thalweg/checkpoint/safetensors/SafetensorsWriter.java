package org.thalweg.checkpoint.safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;

/** Writes tensors and metadata; equal content gives equal bytes. Immutable. */
public final class SafetensorsWriter {
    private final List<Map.Entry<String, Tensor>> sorted;
    private final byte[] header;

    /** Prepares the header of a file of these tensors. */
    public SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> metadata) {
        sorted = new ArrayList<>(tensors.entrySet());
        sorted.sort(Comparator.comparing((Map.Entry<String, Tensor> e) ->
                        -e.getValue().precision().bytes())
                .thenComparing(Map.Entry::getKey)); // as usual writers do: widest first, then by name
        header = headerText(sorted, metadata).getBytes(StandardCharsets.UTF_8);
    }

    private static String headerText(List<Map.Entry<String, Tensor>> sorted, Map<String, String> metadata) {
        List<String> members = new ArrayList<>();
        List<String> facts = new ArrayList<>();
        new TreeMap<>(metadata).forEach((name, text) -> facts.add(Json.quoted(name) + ":" + Json.quoted(text)));
        members.add("\"__metadata__\":{" + String.join(",", facts) + "}");
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : sorted) {
            Tensor tensor = entry.getValue();
            long end = begin
                    + (long) tensor.shape().elements() * tensor.precision().bytes();
            members.add(Json.quoted(entry.getKey()) + ":{\"dtype\":\""
                    + (tensor.precision() == Precision.FLOAT32 ? "F32" : "F64") + "\",\"shape\":"
                    + tensor.shape().toString().replace(" ", "") + ",\"data_offsets\":[" + begin + "," + end + "]}");
            begin = end;
        }
        String text = "{" + String.join(",", members) + "}";
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return text + " ".repeat((8 - bytes % 8) % 8);
    }

    /** Writes the file's bytes; does not close {@code out}. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (Map.Entry<String, Tensor> entry : sorted) {
            Elements.write(entry.getValue(), out);
        }
    }
}
