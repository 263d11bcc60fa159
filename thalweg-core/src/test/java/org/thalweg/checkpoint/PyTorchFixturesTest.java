package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.pytorch.PyTorchArchive;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class PyTorchFixturesTest {
    private static final List<String> MLP = List.of("0.weight", "0.bias", "2.weight", "2.bias");

    private static PyTorchArchive open(String name) throws IOException {
        return PyTorchArchive.open(Fixtures.file(name));
    }

    /** Both sides are exact in binary64, so the comparison is of bits. */
    private static void assertEqual(Tensor actual, String... keys) {
        assertThat(actual.toDoubles()).containsExactly(Fixtures.expected(keys));
    }

    @ParameterizedTest
    @CsvSource({
        "mlp.zip.pt,               '',      mlp,      F32",
        "mlp.legacy.pt,            '',      mlp,      F32",
        "mlp.mode-connectivity.pt, module., mlp,      F32",
        "mlp.float64.pt,           '',      mlp,      F64",
        "mlp.float16.pt,           '',      float16,  F16",
        "mlp.bfloat16.pt,          '',      bfloat16, BF16"
    })
    void readsEveryLayoutAndPrecisionToTheBit(String file, String prefix, String key, Dtype dtype) throws IOException {
        PyTorchArchive archive = open(file);

        Weights tensors = archive.read(archive.entries().keySet());

        assertThat(tensors.asMap().keySet())
                .containsExactlyElementsOf(MLP.stream().map(prefix::concat).toList());
        for (String name : MLP) {
            assertEqual(tensors.get(prefix + name), key, name);
            assertThat(archive.entry(prefix + name).dtype()).isEqualTo(dtype);
        }
        assertThat(tensors.get(prefix + "0.weight").shape()).hasToString("[5, 6]");
    }

    @Test
    void readsViewsOfASharedStorage() throws IOException {
        Weights tensors = open("views.pt").read(List.of("transposed", "scalar", "view", "empty", "whole"));

        assertThat(tensors.asMap().keySet()).containsExactly("transposed", "scalar", "view", "empty", "whole");
        assertEqual(tensors.get("view"), "views", "view");
        assertEqual(tensors.get("transposed"), "views", "transposed");
        assertThat(tensors.get("whole").shape()).hasToString("[10, 12]");
        assertThat(tensors.get("whole").get(119)).isEqualTo(119);
        assertThat(tensors.get("empty").shape()).hasToString("[0, 4]");
        assertThat(tensors.get("scalar").shape().rank()).isZero();
    }

    @Test
    void readsIntegerBuffers() throws IOException {
        PyTorchArchive archive = open("batch-norm.pt");

        Weights tensors = archive.read(archive.entries().keySet());

        assertThat(archive.entry("1.num_batches_tracked").dtype()).isEqualTo(Dtype.I64);
        assertThat(tensors.asMap()).hasSize(9);
        tensors.asMap().forEach((name, tensor) -> assertEqual(tensor, "batchNorm", "state", name));
    }

    @Test
    void saysUnderWhichKeyTheWeightsWereAndWhatWasLeftOut() throws IOException {
        assertThat(open("mlp.mode-connectivity.pt").remarks())
                .containsExactly(
                        "The weights are those under \"model_state\"; left out: \"epoch\", \"optimizer_state\".");
    }

    @Test
    void refusesAWholeModuleWithAdvice() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> open("whole_module.pt"))
                .withMessage(
                        "holds a whole module, an object of class torch.nn.modules.container.Sequential, which only running "
                                + "its code could rebuild; in Python, save its weights: torch.save(model.state_dict(), \"weights.pt\").");
    }
}
