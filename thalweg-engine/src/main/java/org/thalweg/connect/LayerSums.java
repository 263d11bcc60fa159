package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.MovingNetwork;
import org.thalweg.engine.Scope;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Weights;

/**
 * Takes the sums of a {@link LayerFit} over all training examples, or over a part of them: ΦΦᵀ and Φ (Y − PΦ)ᵀ.
 *
 * <p>Strip by strip of columns, products in the networks' precision (with few columns in float64), sums in float64; strips and
 * tiles are fixed, so the bits do not depend on the number of threads. What the layers that rest make of the examples is computed once and
 * kept if {@link #KEPT_BYTES} hold it. The lowest layer that moves is computed once per control of its curve, whatever the
 * number of places ({@link MovingNetwork}). Memory: what is kept, Y, and per place a strip and the sums. Belongs to the scope it
 * was made in.
 */
final class LayerSums {
    /** Columns of a strip: 16 MB of features at d = 2000. */
    private static final int STRIP = 2048;

    private static final int BLOCK = 512; // columns of a strip that one task computes, at most

    /** What the resting layers make of the examples is kept if it takes no more native memory, nor more than a worker may keep. */
    private static final long KEPT_BYTES = 1L << 30;

    /** Strips and sums of places that are taken together: ten places at d = 2000. */
    private static final long PLACES_BYTES = 1L << 29;

    private final Engine engine;
    private final LayerProblem problem;
    private final Examples examples;
    private final int offset; // place of the first of them among all
    private final int blockExamples;
    private final int begin; // of the examples that are used, these: begin … end-1
    private final int end;
    private final ColumnSample sample;
    private final LayerMatrix matrix;
    private final DeviceNetwork below; // layers 0 … from-1
    private final Optional<DeviceTensor> kept; // what they make of the examples that are used
    private final DeviceTensor targets; // Y [units, columns]

    /**
     * Computes Y and what rests.
     *
     * @param examples all training examples, or neighbouring ones
     * @param offset the place of the first of them among all
     */
    LayerSums(Engine engine, LayerProblem problem, Examples examples, int offset) {
        this.engine = engine;
        this.problem = problem;
        this.examples = examples;
        this.offset = offset;
        this.sample = problem.sample();
        this.blockExamples = Math.max(1, Math.min(BLOCK / sample.perExample(), Blocks.size(problem.architecture())));
        this.begin = sample.before(offset);
        this.end = sample.before(offset + examples.count());
        this.matrix = problem.matrix();
        this.below = DeviceNetwork.load(0, problem.from(), problem.architecture(), problem.resting());
        this.kept = keep();
        this.targets = DeviceTensor.zeros(problem.products(), matrix.units(), columns(begin, end));
        try (Scope scope = Scope.open()) {
            int top = problem.layer().position() + 1;
            DeviceNetwork own = DeviceNetwork.load(0, top, problem.architecture(), problem.a());
            inBlocks(begin, end, (first, last) -> {
                DeviceTensor made = own.run(0, top, inputs(first, last));
                targets.narrow(1, columns(begin, first), columns(first, last)).copyFrom(sample.made(made, first, last));
            });
        }
    }

    /** Returns how much of what rests is kept at most. */
    static long keptBytes(long cacheBytes) {
        return Math.min(KEPT_BYTES, cacheBytes);
    }

    private int columns(int first, int last) {
        return (last - first) * sample.perExample();
    }

    private DeviceTensor inputs(int first, int last) {
        int[] own =
                Arrays.stream(sample.indices(first, last)).map(i -> i - offset).toArray();
        return Blocks.inputs(examples, own, matrix.precision());
    }

    private Optional<DeviceTensor> keep() {
        Shape shape = problem.architecture().shapeBefore(problem.from());
        int used = end - begin;
        long bytes = (long) used * shape.elements() * matrix.precision().bytes();
        if (problem.from() == 0 || bytes > keptBytes(engine.cacheBytes())) {
            return Optional.empty();
        }
        boolean images = shape.rank() == 3;
        DeviceTensor all = images
                ? DeviceTensor.zeros(matrix.precision(), used, shape.extent(0), shape.extent(1), shape.extent(2))
                : DeviceTensor.zeros(matrix.precision(), shape.elements(), used);
        inBlocks(
                begin,
                end,
                (first, last) -> all.narrow(images ? 0 : 1, first - begin, last - first)
                        .copyFrom(below.run(0, problem.from(), inputs(first, last))));
        return Optional.of(all);
    }

    private DeviceTensor resting(int first, int last) {
        boolean images = problem.architecture().shapeBefore(problem.from()).rank() == 3;
        return kept.map(all -> all.narrow(images ? 0 : 1, first - begin, last - first))
                .map(part -> images ? part.channelsLast() : part)
                .orElseGet(() -> below.run(0, problem.from(), inputs(first, last)));
    }

    /** Works on examples {@code first} … {@code last}−1 of those that are used. */
    private interface BlockWork {
        void run(int first, int last);
    }

    private void inBlocks(int first, int last, BlockWork work) {
        int blocks = (last - first + blockExamples - 1) / blockExamples;
        engine.inOrder(blocks, b -> {
            work.run(first + b * blockExamples, Math.min(last, first + (b + 1) * blockExamples));
            return b;
        });
    }

    /** Returns how many places are to be taken together, at least one. */
    static int together(double placeBytes, long cacheBytes) {
        return (int) Math.max(1, Math.min(PLACES_BYTES, cacheBytes) / placeBytes);
    }

    /** Returns how many bytes one place takes. */
    static double placeBytes(LayerMatrix matrix, Precision products, double columns) {
        return NormalEquations.bytes(matrix) + (double) products.bytes() * matrix.columns() * Math.min(columns, STRIP);
    }

    /** Returns the sums at each place, which belong to the current scope. */
    List<NormalEquations> at(FitPlaces places) {
        MovingNetwork moving = new MovingNetwork(
                problem.moving(), problem.layer().position(), problem.architecture(), places.tracks(), places.places());
        List<NormalEquations> sums = new ArrayList<>();
        List<DeviceTensor> priors = new ArrayList<>(); // P, [units, d+1]
        List<DeviceTensor> strips = new ArrayList<>(); // [d+1, columns], last row stays 1
        int stripExamples = Math.max(1, STRIP / sample.perExample());
        for (Weights prior : places.priors()) {
            sums.add(new NormalEquations(engine, matrix));
            priors.add(problem.joined(prior));
            strips.add(DeviceTensor.ones(
                    problem.products(), matrix.columns(), columns(0, Math.min(stripExamples, end - begin))));
        }
        for (int first = begin; first < end; first += stripExamples) {
            int last = Math.min(end, first + stripExamples);
            fill(strips, moving, first, last);
            for (int place = 0; place < strips.size(); place++) {
                try (Scope inner = Scope.open()) {
                    DeviceTensor features = strips.get(place).narrow(1, 0, columns(first, last));
                    sums.get(place).add(features, residual(priors.get(place), features, first));
                }
            }
        }
        return sums;
    }

    /** Writes Φ of these examples at each place into its strip. */
    private void fill(List<DeviceTensor> strips, MovingNetwork moving, int first, int last) {
        inBlocks(
                first,
                last,
                (from, to) -> moving.run(
                        moving.terms(resting(from, to)),
                        (place, values) -> strips.get(place)
                                .narrow(0, 0, matrix.inputs())
                                .narrow(1, columns(first, from), columns(from, to))
                                .copyFrom(sample.seen(values, from, to))));
    }

    /** Returns Y − PΦ of the examples from {@code first} on. */
    private DeviceTensor residual(DeviceTensor prior, DeviceTensor features, int first) {
        int columns = features.extent(1);
        DeviceTensor residual = DeviceTensor.zeros(features.precision(), matrix.units(), columns);
        engine.inOrder((columns + BLOCK - 1) / BLOCK, b -> {
            int width = Math.min(BLOCK, columns - b * BLOCK);
            DeviceTensor part = features.narrow(1, b * BLOCK, width);
            DeviceTensor own = targets.narrow(1, columns(begin, first) + b * BLOCK, width);
            residual.narrow(1, b * BLOCK, width).copyFrom(own.minus(prior.times(part)));
            return b;
        });
        return residual;
    }
}
