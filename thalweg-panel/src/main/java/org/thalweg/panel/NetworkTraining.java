package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.data.Dataset;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.run.OtherConfigurationException;
import org.thalweg.run.Program;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;
import org.thalweg.train.TrainingState;

/**
 * Trains networks into a folder, {@code seed-1.safetensors} and so on; those that are there are kept, those that were
 * interrupted go on from their last whole epoch.
 *
 * @param folder where networks are kept
 * @param architecture what to train
 * @param recipe how
 * @param data on what
 * @param root the seed that the networks' seeds are children of
 */
public record NetworkTraining(Path folder, Architecture architecture, Recipe recipe, Dataset data, Seed root) {
    private static final String VELOCITY = "velocity.";
    private static final List<String> IDENTITY = List.of("seed", "rootSeed", "network", "recipe", "data", "data.hash");
    private static final String EPOCH = "epoch";

    /** Returns the file of a seed's network. */
    public Path file(long seed) {
        return folder.resolve("seed-" + seed + ".safetensors");
    }

    private Path stateFile(long seed) {
        return folder.resolve("seed-" + seed + ".training.safetensors");
    }

    /** Returns the seeds whose networks are not there yet. */
    public List<Long> missing(List<Long> seeds) {
        return seeds.stream().filter(seed -> !Files.exists(file(seed))).toList();
    }

    /**
     * Trains the networks of these seeds that are not there, as many side by side as the engine has threads.
     *
     * @return the networks of all seeds, in their order
     * @throws OtherConfigurationException if a network that is there was trained otherwise
     * @throws IOException if a file cannot be read or written
     */
    public List<Network> train(Engine engine, List<Long> seeds, PanelListener listener) throws IOException {
        Provenance facts = facts();
        List<Long> missing = missing(seeds);
        for (long seed : seeds) {
            if (!missing.contains(seed)) {
                requireSame(file(seed), NetworkFile.read(file(seed)).provenance(), facts.with("seed", "" + seed));
                Files.deleteIfExists(stateFile(seed)); // of a run that was killed between its last two steps
            }
        }
        try {
            engine.inOrder(missing.size(), i -> trainOne(engine, missing.get(i), facts, listener));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        List<Network> networks = new ArrayList<>();
        for (long seed : seeds) {
            networks.add(NetworkFile.read(file(seed)));
        }
        return networks;
    }

    /** Returns a network that is there, by the name that it has in a panel, {@code seed-1} and so on. */
    public Network trained(String name) throws IOException {
        return NetworkFile.read(folder.resolve(name + ".safetensors"));
    }

    private Provenance facts() {
        return Provenance.UNKNOWN
                .with("rootSeed", "" + root.value())
                .with("recipe", recipe.text())
                .with("data", data.name())
                .with("data.trainExamples", "" + data.train().count())
                .with("data.hash", data.hash())
                .with("network", architecture.text())
                .with("program", Program.TITLE);
    }

    private static void requireSame(Path file, Provenance found, Provenance wanted) {
        OtherConfigurationException.requireSame(file, found, wanted, IDENTITY);
    }

    private long trainOne(Engine engine, long seed, Provenance facts, PanelListener listener) {
        try {
            Trainer trainer = new Trainer(architecture, recipe, root.child("network/" + seed));
            Provenance own = facts.with("seed", "" + seed);
            TrainingState start = Files.exists(stateFile(seed)) ? stored(seed, own) : trainer.start();
            List<Double> losses = new ArrayList<>(storedLosses(seed));
            TrainingState end = trainer.train(engine, data.train(), start, (state, loss) -> {
                losses.add(loss);
                if (state.epoch() < recipe.epochs()) {
                    store(seed, state, withLosses(own, losses));
                }
                listener.onEpoch(seed, state.epoch(), loss);
            });
            NetworkFile.write(file(seed), new Network(architecture, end.weights(), withLosses(own, losses)));
            Files.deleteIfExists(stateFile(seed));
            return seed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Double> storedLosses(long seed) throws IOException {
        Path file = stateFile(seed);
        return Files.exists(file)
                ? LearningCurve.of(new Provenance(Checkpoint.open(file).metadata()))
                        .map(LearningCurve::losses)
                        .orElse(List.of())
                : List.of();
    }

    private static Provenance withLosses(Provenance facts, List<Double> losses) {
        return facts.with(LearningCurve.FACT, new LearningCurve(losses).text());
    }

    private void store(long seed, TrainingState state, Provenance facts) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.weights().asMap());
        state.velocities().asMap().forEach((name, tensor) -> tensors.put(VELOCITY + name, tensor));
        try {
            Safetensors.write(
                    stateFile(seed),
                    tensors,
                    facts.with(EPOCH, "" + state.epoch()).facts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TrainingState stored(long seed, Provenance facts) throws IOException {
        Path file = stateFile(seed);
        Checkpoint checkpoint = Checkpoint.open(file);
        requireSame(file, new Provenance(checkpoint.metadata()), facts);
        Map<String, Tensor> tensors =
                checkpoint.readFinite(checkpoint.entries().keySet()).asMap();
        try {
            return state(checkpoint.fact(EPOCH).orElse("nothing"), tensors);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, e.getMessage() + " Delete it to train from the start.");
        }
    }

    private TrainingState state(String epoch, Map<String, Tensor> tensors) {
        if (!epoch.matches("[1-9]\\d{0,8}") || Integer.parseInt(epoch) >= recipe.epochs()) {
            throw new IllegalArgumentException(
                    "epoch is " + epoch + " but a training of " + recipe.epochs() + " was interrupted.");
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> velocities = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(VELOCITY)) {
                velocities.put(name.substring(VELOCITY.length()), tensor);
            } else {
                weights.put(name, tensor);
            }
        });
        Weights all = checked(weights);
        architecture.buffers().keySet().forEach(name -> velocities.put(name, all.get(name))); // those have none
        Map<String, Tensor> moving = new LinkedHashMap<>(checked(velocities).asMap());
        moving.keySet().removeAll(architecture.buffers().keySet());
        return new TrainingState(Integer.parseInt(epoch), all, Weights.of(moving));
    }

    /** Returns tensors as the weights of the architecture, in its order, or says what does not fit. */
    private Weights checked(Map<String, Tensor> tensors) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        architecture.tensors().keySet().stream()
                .filter(tensors::containsKey)
                .forEach(name -> ordered.put(name, Objects.requireNonNull(tensors.get(name))));
        tensors.forEach(ordered::putIfAbsent);
        return new Network(architecture, Weights.of(ordered), Provenance.UNKNOWN).weights();
    }
}
