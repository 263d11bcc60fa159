package org.thalweg.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/** A map in native memory that takes steps: pieces side by side, their gradients averaged in order. Close it when done. */
final class MapDescent implements AutoCloseable {
    private final LearnSettings settings;
    private final Seed seed;
    private final DeviceValues parameters;
    private final DeviceValues means;
    private final DeviceValues squares;
    private final DeviceValues masks;
    private final List<DeviceValues> gradients = new ArrayList<>(); // per piece
    private final NeuronMap map;

    MapDescent(LearnedMap start, LearnSettings settings, Seed seed, LearningState state) {
        this.settings = settings;
        this.seed = seed;
        this.parameters = DeviceValues.of(state.parameters(), Precision.FLOAT32);
        this.means = DeviceValues.of(state.means(), Precision.FLOAT32);
        this.squares = DeviceValues.of(state.squares(), Precision.FLOAT32);
        this.masks = DeviceValues.of(Weights.of(new MapParameters(start.shape()).masks()), Precision.FLOAT32);
        for (int i = 0; i < LearnSettings.PIECES; i++) {
            gradients.add(DeviceValues.of(state.parameters(), Precision.FLOAT32));
        }
        this.map = new NeuronMap(start.shape(), parameters, start.halves());
    }

    DeviceValues parameters() {
        return parameters;
    }

    DeviceValues means() {
        return means;
    }

    DeviceValues squares() {
        return squares;
    }

    /** Takes a step, counted from 1; returns the mean loss of its pieces before it, and takes none if that is not finite. */
    double step(Engine engine, Piece piece, int step) {
        Seed own = seed.child("step/" + step);
        double loss = engine
                .inOrder(LearnSettings.PIECES, i -> {
                    gradients.get(i).clear();
                    return piece.run(
                            map,
                            own.child("piece/" + i).random(),
                            Gradients.into(gradients.get(i).asMap()));
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        if (Double.isFinite(loss)) {
            new Adam(parameters, means, squares).step(averaged(), settings.rate(step), step);
        }
        return loss;
    }

    /** Returns the mean of the pieces' gradients, 0 where a mask is; it stands in the first piece's place. */
    private DeviceValues averaged() {
        DeviceValues mean = gradients.get(0);
        mean.asMap().forEach((name, sum) -> {
            gradients.stream().skip(1).forEach(other -> sum.addInPlace(other.get(name), 1));
            sum.scaleInPlace(1.0 / LearnSettings.PIECES);
            Optional<DeviceTensor> mask = Optional.ofNullable(masks.asMap().get(name));
            mask.ifPresent(sum::scaleInPlace);
        });
        return mean;
    }

    @Override
    public void close() {
        gradients.forEach(DeviceValues::close);
        List.of(parameters, means, squares, masks).forEach(DeviceValues::close);
    }
}
