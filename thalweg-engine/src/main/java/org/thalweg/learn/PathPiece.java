package org.thalweg.learn;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.LossGradient;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;

/**
 * Bijection: the loss of a mini-batch at ψ(t) between a random pair of networks, t uniform. The second network's neurons are
 * listed in random order: networks are unordered samples, so every order is a pair of its own.
 *
 * @param engine whose idle threads take part
 * @param neurons how networks are laid out
 * @param standardisation how the map sees them
 * @param networks the neurons of each training network, [D, n]
 * @param biases the output bias of each, [c, 1]
 * @param examples what the loss is measured on
 * @param batch examples per piece
 */
record PathPiece(
        Engine engine,
        Neurons neurons,
        Standardisation standardisation,
        List<DeviceTensor> networks,
        List<DeviceTensor> biases,
        Examples examples,
        int batch)
        implements Piece {
    @Override
    public double run(NeuronMap map, SplittableRandom random, Gradients sink) {
        int first = random.nextInt(networks.size());
        int second = (first + 1 + random.nextInt(networks.size() - 1)) % networks.size();
        double t = random.nextDouble();
        int n = neurons.count();
        DeviceTensor from = networks.get(first);
        DeviceTensor to = networks.get(second).columns(shuffled(n, random));
        DeviceTensor points = DeviceTensor.zeros(from.precision(), neurons.dimension(), n);
        DeviceTensor gradient = DeviceTensor.zeros(from.precision(), neurons.dimension(), n);
        for (int column = 0; column < n; column += LearnedRule.BLOCK) {
            try (Scope scope = Scope.open()) {
                Part part = part(map, from, to, column, t);
                points.narrow(1, column, part.width()).copyFrom(part.neurons());
            }
        }
        DeviceTensor bias = biases.get(first).times(1 - t).addInPlace(biases.get(second), t);
        double loss = loss(points, bias, gradient, random);
        for (int column = 0; Double.isFinite(loss) && column < n; column += LearnedRule.BLOCK) {
            try (Scope scope = Scope.open()) {
                Part part = part(map, from, to, column, t); // again: a third more work, and no block's values are kept
                DeviceTensor above = gradient.narrow(1, column, part.width()).copied();
                part.back().run(standardisation.back(above), 0, sink);
            }
        }
        return loss;
    }

    /** A block of neurons at t, and how a gradient of its standardised columns goes back. */
    private record Part(DeviceTensor neurons, MapLayer.Back back) {
        int width() {
            return neurons.extent(1);
        }
    }

    private Part part(NeuronMap map, DeviceTensor from, DeviceTensor to, int column, double t) {
        int width = Math.min(LearnedRule.BLOCK, from.extent(1) - column);
        DeviceTensor a = from.narrow(1, column, width).copied();
        DeviceTensor b = to.narrow(1, column, width).copied();
        NeuronMap.Point point = map.between(standardisation.standardised(a), standardisation.standardised(b), t);
        DeviceTensor straight = a.scaleInPlace(1 - t).addInPlace(b, t);
        return new Part(standardisation.restored(point.columns(), straight), point.back());
    }

    private double loss(DeviceTensor points, DeviceTensor bias, DeviceTensor gradient, SplittableRandom random) {
        int[] drawn = random.ints(batch, 0, examples.count()).toArray();
        Map<String, DeviceTensor> gradients =
                neurons.parameters(gradient, bias.times(0.0)); // the bias's is not asked for
        return new LossGradient(engine, neurons.architecture(), gradients)
                .at(
                        neurons.parameters(points, bias),
                        Blocks.inputs(examples, drawn, points.precision()),
                        Scoring.of(examples, drawn, points.precision()));
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
