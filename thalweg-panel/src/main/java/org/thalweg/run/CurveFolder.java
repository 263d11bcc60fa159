package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.train.CurveState;

/**
 * The unfinished trainings of one path's curves, a file each: inner controls and velocities after the last whole epoch.
 *
 * @param folder where they are; made when the first is stored
 * @param facts what they must be trainings of, by name
 */
public record CurveFolder(Path folder, Map<String, String> facts) {
    private static final String EPOCH = "epoch";

    public CurveFolder {
        facts = Map.copyOf(facts);
    }

    /** Returns the file of a trained curve's state. */
    public Path file(String method) {
        return folder.resolve(RunFolder.fileName(method) + ".safetensors");
    }

    private Provenance identity(String method) {
        Provenance identity = Provenance.UNKNOWN.with("method", method);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            identity = identity.with(fact.getKey(), fact.getValue());
        }
        return identity;
    }

    /** Stores where the training of {@code method} stands, in place of what was stored before. */
    public void store(String method, CurveState state) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int j = 0; j < state.inner().size(); j++) {
            String control = control(j);
            String velocity = velocity(j);
            state.inner().get(j).asMap().forEach((name, tensor) -> tensors.put(control + name, tensor));
            state.velocities().get(j).asMap().forEach((name, tensor) -> tensors.put(velocity + name, tensor));
        }
        Provenance own = identity(method).with(EPOCH, "" + state.epoch());
        Safetensors.write(file(method), tensors, own.facts());
    }

    private static String control(int inner) {
        return "control." + (inner + 1) + ".";
    }

    private static String velocity(int inner) {
        return "velocity." + (inner + 1) + ".";
    }

    /**
     * Returns the stored state of {@code method} between the ends of {@code start}, or {@code start} if none is stored.
     *
     * @throws OtherConfigurationException if it is of another training, naming the difference
     * @throws CheckpointException if the file is malformed
     * @throws IOException if it cannot be read
     */
    public CurveState resume(String method, CurveState start) throws IOException {
        Path file = file(method);
        if (!Files.exists(file)) {
            return start;
        }
        Checkpoint checkpoint = Checkpoint.open(file);
        OtherConfigurationException.requireSame(
                file,
                new Provenance(checkpoint.metadata()),
                identity(method),
                identity(method).facts().keySet());
        try {
            return stored(checkpoint, start);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "holds no training of this curve: " + e.getMessage() + " Delete it.");
        }
    }

    private static CurveState stored(Checkpoint checkpoint, CurveState start) throws IOException {
        Weights all = checkpoint.read(checkpoint.entries().keySet());
        List<Weights> inner = new ArrayList<>();
        List<Weights> velocities = new ArrayList<>();
        for (int j = 0; j < start.inner().size(); j++) {
            inner.add(part(all, control(j), start.inner().get(j)));
            velocities.add(part(all, velocity(j), start.inner().get(j)));
        }
        int epoch = Integer.parseInt(checkpoint.fact(EPOCH).orElse("nothing"));
        return start.after(epoch, inner, velocities);
    }

    private static Weights part(Weights all, String prefix, Weights like) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        like.asMap().forEach((name, tensor) -> {
            Tensor found = all.get(prefix + name);
            if (!found.shape().equals(tensor.shape()) || found.precision() != tensor.precision()) {
                throw new IllegalArgumentException(
                        "tensor '" + prefix + name + "' is " + found + " but must be " + tensor + ".");
            }
            part.put(name, found);
        });
        return Weights.of(part);
    }

    /** Deletes the stored states, and the folder if nothing else is in it. */
    public void delete() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }
}
