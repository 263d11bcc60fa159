package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.StoredZip;
import org.thalweg.network.Tensor;

/**
 * Writes state dicts that {@code torch.load(…, weights_only=True)} reads, in the zip layout. Equal tensors give equal bytes.
 */
public final class PyTorchWriter {
    private static final String FOLDER = "archive/"; // as torch.save names it when it writes to a stream

    private PyTorchWriter() {}

    /** Writes tensors under their names, in the map's order; does not close {@code out}. */
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        StoredZip zip = new StoredZip(out);
        zip.add(FOLDER + "data.pkl", PickleOutput.stateDict(tensors));
        zip.add(FOLDER + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        int key = 0;
        for (Tensor tensor : tensors.values()) {
            zip.add(FOLDER + "data/" + key++, bytes -> Elements.write(tensor, bytes));
        }
        zip.add(FOLDER + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }
}
