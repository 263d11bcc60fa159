package org.thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** Whether the real PyTorch reads these files is asked in PyTorchAgreementTest. */
class PyTorchWriterTest {
    @TempDir
    Path folder = Path.of("unset");

    private static Map<String, Tensor> example() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("grün.weight", Tensor.owning(Shape.of(2, 3), new float[] {1, -2, 3.5f, Float.MIN_VALUE, -0f, 6}));
        tensors.put("a", Tensor.owning(Shape.of(2), new double[] {Math.PI, Double.MAX_VALUE}));
        tensors.put("empty", Tensor.owning(Shape.of(0, 4), new float[0]));
        tensors.put("scalar", Tensor.owning(Shape.of(), new float[] {7}));
        tensors.put("long", Tensor.owning(Shape.of(40_000), new float[40_000])); // more than one chunk
        return tensors;
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PyTorchWriter.write(example(), out);
        return out.toByteArray();
    }

    @Test
    void isReadBackToTheBitInItsOrder() throws IOException {
        PyTorchArchive archive = PyTorchArchive.open(Files.write(folder.resolve("f.pt"), written()));

        assertThat(archive.read(archive.entries().keySet())).isEqualTo(Weights.of(example()));
        assertThat(archive.remarks()).isEmpty();
    }

    @Test
    void equalTensorsGiveEqualBytesInEveryTimeZone() throws IOException {
        byte[] here = written();
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
        try {
            assertThat(written()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void dataBeginsAtMultiplesOfSixtyFour() throws IOException {
        byte[] bytes = written();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry member = zip.getNextEntry(); member != null; member = zip.getNextEntry()) {
                names.add(member.getName());
                int name = text.indexOf(member.getName());
                int extra = (bytes[name - 2] & 0xff) + 256 * (bytes[name - 1] & 0xff); // length of the padding
                assertThat((name + member.getName().length() + extra) % 64)
                        .as(member.getName())
                        .isZero();
                assertThat(member.getMethod()).isEqualTo(ZipEntry.STORED);
            }
        }
        assertThat(names)
                .containsExactly(
                        "archive/data.pkl",
                        "archive/byteorder",
                        "archive/data/0",
                        "archive/data/1",
                        "archive/data/2",
                        "archive/data/3",
                        "archive/data/4",
                        "archive/version");
    }
}
