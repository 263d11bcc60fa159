package org.thalweg.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The identity of weights, whichever file they come from. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Returns the SHA-256, in hexadecimal, of names, shapes and values, tensor by tensor; O(weights). */
    public static String of(Weights weights) {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Tensor> entry : weights.asMap().entrySet()) {
            digest.update((entry.getKey() + entry.getValue()).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes =
                    ByteBuffer.allocate(Double.BYTES * entry.getValue().shape().elements());
            for (double value : entry.getValue().toDoubles()) {
                bytes.putDouble(value);
            }
            digest.update(bytes.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
