package org.thalweg.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.checkpoint.WriteException;
import org.thalweg.data.Seed;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearningState;
import org.thalweg.learn.Round;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The unfinished training of a map: parameters, Adam's means and the best parameters after the last whole round, and what each
 * round did.
 *
 * @param file where it is
 * @param identity what it must be the training of, by name
 */
public record LearningFile(Path file, Map<String, String> identity) {
    private static final String ROUNDS = "rounds";
    private static final List<String> PARTS = List.of("map.", "mean.", "square.", "best.");

    /** Creates the file of a training that begins with {@code start}. */
    public LearningFile(Path file, LearnedMap start, String dataHash, Seed seed) {
        this(file, identity(start, dataHash, seed));
    }

    private static Map<String, String> identity(LearnedMap start, String dataHash, Seed seed) {
        Map<String, String> identity = new TreeMap<>(start.facts());
        identity.put("data.hash", dataHash);
        identity.put("rootSeed", "" + seed.value());
        return identity;
    }

    /**
     * Stores where the training stands, in place of what was stored before.
     *
     * @throws WriteException if that fails
     */
    public void store(LearningState state) throws WriteException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<Weights> parts = List.of(state.parameters(), state.means(), state.squares(), state.best());
        for (int i = 0; i < parts.size(); i++) {
            String prefix = PARTS.get(i);
            parts.get(i).asMap().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        }
        Map<String, String> metadata = new TreeMap<>(identity);
        metadata.put(ROUNDS, json(state.rounds()).toString());
        Safetensors.write(file, tensors, metadata);
    }

    private static ArrayNode json(List<Round> rounds) {
        ArrayNode json = Numbers.MAPPER.createArrayNode();
        for (Round round : rounds) {
            json.addArray()
                    .add(round.steps())
                    .add(round.trainingLoss())
                    .add(round.logLikelihood())
                    .add(round.worstLoss())
                    .add(round.worstAccuracy());
        }
        return json;
    }

    /**
     * Returns the stored state, or {@code start} if none is stored.
     *
     * @throws OtherConfigurationException if it is of another training, naming the difference
     * @throws CheckpointException if the file is malformed
     * @throws IOException if it cannot be read
     */
    public LearningState resume(LearningState start) throws IOException {
        if (!Files.exists(file)) {
            return start;
        }
        Checkpoint checkpoint = Checkpoint.open(file);
        OtherConfigurationException.requireSame(
                file, new Provenance(checkpoint.metadata()), new Provenance(identity), identity.keySet());
        try {
            Weights all = checkpoint.read(checkpoint.entries().keySet());
            return new LearningState(
                    part(all, 0, start),
                    part(all, 1, start),
                    part(all, 2, start),
                    part(all, 3, start),
                    rounds(checkpoint));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new CheckpointException(file, "holds no training of this map: " + e.getMessage() + " Delete it.");
        }
    }

    private static Weights part(Weights all, int part, LearningState like) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        like.parameters().asMap().forEach((name, tensor) -> {
            Tensor found = all.get(PARTS.get(part) + name);
            if (!found.shape().equals(tensor.shape()) || found.precision() != tensor.precision()) {
                throw new IllegalArgumentException(
                        "tensor '" + PARTS.get(part) + name + "' is " + found + " but must be " + tensor + ".");
            }
            tensors.put(name, found);
        });
        return Weights.of(tensors);
    }

    private static List<Round> rounds(Checkpoint checkpoint) throws JsonProcessingException {
        List<Round> rounds = new ArrayList<>();
        for (JsonNode row : Numbers.MAPPER.readTree(checkpoint.fact(ROUNDS).orElse("nothing"))) {
            rounds.add(new Round(
                    row.path(0).asInt(),
                    row.path(1).asDouble(),
                    row.path(2).asDouble(),
                    row.path(3).asDouble(),
                    row.path(4).asDouble()));
        }
        return rounds;
    }

    /** Deletes the file, if it is there. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
