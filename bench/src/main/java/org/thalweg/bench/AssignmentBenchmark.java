package org.thalweg.bench;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thalweg.assign.Assignment;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.assign.CostMatrix;

/**
 * One assignment, from the costs as an array: checked, solved, certified. The peer is {@code bench/python/assignment.py}; the
 * costs of both come from a file of {@code bench/python/costs.py}.
 *
 * <pre>bench/run jmh AssignmentBenchmark -p costs=neurons-2000.f64</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AssignmentBenchmark {
    /** File of n·n little-endian doubles, row by row. */
    @Param("costs.f64")
    public String costs = "";

    private double[] values;
    private int size;

    /** Reads the costs. */
    @Setup
    public void read() throws IOException {
        try (FileChannel file = FileChannel.open(Path.of(costs))) {
            MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
            values = new double[Math.toIntExact(file.size() / Double.BYTES)];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        }
        size = (int) Math.round(Math.sqrt(values.length));
    }

    /** Returns the assignment; the solver does not write to the costs. */
    @Benchmark
    public Assignment solve() {
        return AssignmentSolver.solve(CostMatrix.owning(size, values));
    }
}
