package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** What happens when a kernel fails or memory ends; and that memory does not end by itself. */
class KernelTest {
    @Test
    void memoryThatTheMachineDoesNotHaveIsASentence() {
        long before = Engine.liveBytes();
        try (Engine engine = Engine.start(2)) {
            assertThatThrownBy(() -> engine.inOrder(2, i -> {
                        DeviceTensor.zeros(Precision.FLOAT64, 10, 10);
                        DeviceTensor.zeros(Precision.FLOAT64, 1 << 30, 1 << 14); // 128 TiB
                        return i;
                    }))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("Out of native memory in a computation; use fewer threads or fewer examples.");

            assertThat(engine.inOrder(2, i -> i)).containsExactly(0, 1); // and the engine still works
        }
        assertThat(Engine.liveBytes()).isEqualTo(before);
    }

    @Test
    void memoryThatCppCannotHaveIsASentence() {
        assertThatThrownBy(() -> Kernel.run("a step", () -> {
                    throw new RuntimeException("std::bad_alloc"); // as JavaCPP passes it on
                }))
                .isInstanceOf(EngineException.class)
                .hasMessage("Out of native memory in a step; use fewer threads or fewer examples.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Physical memory usage is too high: physicalBytes (1102M) > maxPhysicalBytes (1024M)",
                "Failed to allocate memory within limits: totalBytes (1102M) > maxBytes (1024M)",
                "Cannot allocate new FloatPointer(9): totalBytes = 32, physicalBytes = 1102M"
            })
    void memoryThatIsNotAllowedIsASentence(String ofJavaCpp) {
        assertThatThrownBy(() -> Kernel.run("a step", () -> {
                    throw new OutOfMemoryError(ofJavaCpp);
                }))
                .isInstanceOf(EngineException.class)
                .hasMessage("More memory is needed than allowed (" + ofJavaCpp
                        + "); allow more with --memory, or use fewer threads or fewer examples.");
    }

    @Test
    void aFullJavaHeapIsNotTakenForNativeMemory() {
        assertThatThrownBy(() -> Kernel.run("a step", () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void trainingsOneAfterAnotherDoNotGrow() {
        Architecture architecture = Architecture.named("mlp-512", 1024, 10);
        Weights zeros = zeros(architecture); // 2 MB
        int[] labels = new int[8];
        SplittableRandom noise = new SplittableRandom(1);
        try (Engine engine = Engine.start(1)) {
            long before = 0;
            for (int training = 0; training < 210; training++) {
                engine.alone(() -> {
                    try (TrainableNetwork network = new TrainableNetwork(engine, architecture, zeros, zeros)) {
                        return network.step(
                                DeviceTensor.zeros(Precision.FLOAT32, 1024, 8),
                                Logits.against(labels),
                                new Descent(0.1, 0.9, 0),
                                noise);
                    }
                });
                before = training == 9 ? Pointer.physicalBytes() : before;
            }

            // 200 trainings of 4 MB each: had they not been freed, 800 MB more
            assertThat(Pointer.physicalBytes() - before).isLessThan(300L << 20);
        }
    }

    private static Weights zeros(Architecture architecture) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        architecture
                .parameters()
                .forEach((name, shape) -> tensors.put(name, Tensor.owning(shape, new float[shape.elements()])));
        return Weights.of(tensors);
    }
}
