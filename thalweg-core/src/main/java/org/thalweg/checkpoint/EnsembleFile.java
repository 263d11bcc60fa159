package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.network.Architecture;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Ensembles as safetensors files: the backbone once, as {@code backbone.<name>}, and the heads as {@code head.1.<name>},
 * {@code head.2.<name>}, …; architecture, length of the heads and averaging in the metadata. What is read predicts the same
 * bits as what was written.
 */
public final class EnsembleFile {
    private static final String HEAD = "head";
    private static final String MEMBERS = "members";
    private static final String AVERAGING = "averaging";
    private static final String BACKBONE = "backbone.";

    private EnsembleFile() {}

    private static String prefix(int member) {
        return HEAD + "." + (member + 1) + ".";
    }

    /** Writes an ensemble, replacing a file of this name; equal ensembles give equal bytes. */
    public static void write(Path file, Ensemble ensemble) throws WriteException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        ensemble.backbone().asMap().forEach((name, tensor) -> tensors.put(BACKBONE + name, tensor));
        for (int i = 0; i < ensemble.size(); i++) {
            String prefix = prefix(i);
            ensemble.heads().get(i).asMap().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        }
        Map<String, String> metadata = new HashMap<>(ensemble.provenance().facts());
        metadata.put(NetworkFile.KIND, "ensemble");
        metadata.put(Recognition.ARCHITECTURE, ensemble.architecture().text());
        metadata.put(HEAD, Integer.toString(ensemble.head()));
        metadata.put(MEMBERS, Integer.toString(ensemble.size()));
        metadata.put(AVERAGING, ensemble.averaging().text());
        Safetensors.write(file, tensors, metadata);
    }

    /** Returns whether a file holds an ensemble. */
    public static boolean isEnsemble(Checkpoint checkpoint) {
        return checkpoint.fact(NetworkFile.KIND).equals(java.util.Optional.of("ensemble"));
    }

    /**
     * Returns the ensemble of a file.
     *
     * @throws MissingFileException if there is no such file
     * @throws CheckpointException if it is malformed, holds no ensemble or is not finite
     * @throws IOException if it cannot be read
     */
    public static Ensemble read(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        if (!isEnsemble(checkpoint)) {
            throw new CheckpointException(file, "holds no ensemble; the command ensemble makes such files.");
        }
        Map<String, Tensor> tensors =
                checkpoint.readFinite(checkpoint.entries().keySet()).asMap();
        try {
            return ensemble(checkpoint, tensors);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }

    private static Ensemble ensemble(Checkpoint checkpoint, Map<String, Tensor> tensors) {
        Architecture architecture =
                Architecture.parse(checkpoint.fact(Recognition.ARCHITECTURE).orElse("nothing"));
        int members = number(checkpoint, MEMBERS);
        if (members > tensors.size()) {
            throw new IllegalArgumentException(
                    "it says that it has " + members + " members, but it has only " + tensors.size() + " tensors.");
        }
        List<Weights> heads = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            heads.add(part(tensors, prefix(i)));
        }
        Weights backbone = part(tensors, BACKBONE);
        int used = backbone.asMap().size();
        for (Weights head : heads) {
            used += head.asMap().size();
        }
        if (used < tensors.size()) {
            throw new IllegalArgumentException("it holds " + tensors.size() + " tensors, but backbone and heads of its "
                    + members + " members have only " + used + " of them.");
        }
        Map<String, String> facts = new TreeMap<>(checkpoint.metadata());
        List.of(NetworkFile.KIND, Recognition.ARCHITECTURE, HEAD, MEMBERS, AVERAGING)
                .forEach(facts::remove);
        return new Ensemble(
                architecture,
                number(checkpoint, HEAD),
                backbone,
                heads,
                Averaging.named(checkpoint.fact(AVERAGING).orElse("nothing")),
                new Provenance(facts));
    }

    private static int number(Checkpoint checkpoint, String fact) {
        String text = checkpoint.fact(fact).orElse("nothing");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its '" + fact + "' is '" + text + "' but must be a number.");
        }
    }

    /** Returns the tensors whose names begin with {@code prefix}, under the rest of their names. */
    private static Weights part(Map<String, Tensor> tensors, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return Weights.of(part);
    }
}
