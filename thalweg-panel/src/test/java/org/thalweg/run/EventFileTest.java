package org.thalweg.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    private ByteBuffer written() throws IOException {
        EventFile.write(folder, Results.curve("ot:garipov-3", "a", "b", 0.125, 0.25, 0.125));
        Path file = folder.resolve("a_b/ot~garipov-3/events.out.tfevents.0.thalweg");
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void firstRecordIsTheVersionAsTensorFlowWritesIt() throws IOException {
        byte[] first = new byte[8 + 4 + 15 + 4];
        written().get(first);

        // length 15 with its masked CRC-32C, field 3 "brain.Event:2"; length and checksum as in files of TensorFlow
        assertThat(HexFormat.of().formatHex(first, 0, 8)).isEqualTo("0f00000000000000");
        assertThat(new String(first, 14, 13, StandardCharsets.UTF_8)).isEqualTo("brain.Event:2");
        assertThat(first[12]).isEqualTo((byte) 0x1a);
        assertThat(first[13]).isEqualTo((byte) 13);
    }

    @Test
    void everyPointIsARecordWithItsStepAndFourScalars() throws IOException {
        ByteBuffer file = written();
        List<byte[]> events = new ArrayList<>();
        while (file.hasRemaining()) {
            byte[] event = new byte[(int) file.getLong()];
            file.getInt();
            file.get(event);
            file.getInt();
            events.add(event);
        }

        assertThat(events).hasSize(1 + 3);
        byte[] second = events.get(2);
        assertThat(second[0]).isEqualTo((byte) (2 << 3)); // step
        assertThat(second[1]).isEqualTo((byte) 1);
        String text = new String(second, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("trainLoss", "trainAccuracy", "testLoss", "testAccuracy");
        int at = text.indexOf("trainLoss") + "trainLoss".length();
        assertThat(ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN).getFloat(at + 1))
                .isEqualTo(0.25f);
    }

    @Test
    void checksumsAreMaskedCrc32c() throws IOException {
        ByteBuffer file = written();
        byte[] length = new byte[8];
        file.get(length);
        CRC32C crc = new CRC32C();
        crc.update(length);
        long value = crc.getValue();
        long rotated = (value >>> 15) | ((value << 17) & 0xffffffffL);

        assertThat(file.getInt() & 0xffffffffL).isEqualTo((rotated + 0xa282ead8L) & 0xffffffffL);
    }
}
