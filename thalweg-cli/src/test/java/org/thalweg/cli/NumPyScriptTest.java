package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Python with NumPy: {@code plane.npz} and {@code curve.npz} under a script that uses the original's names. */
@Tag("peers")
class NumPyScriptTest {
    @TempDir
    Path folder;

    @Test
    void planeAndCurveAreTakenApartByTheirNames() throws Exception {
        Cli.run("train", "--out", folder, "--network=mlp-16", "--epochs=4", "--seeds=1-3", "--train-examples=300");
        String networks = folder.resolve("networks").toString();
        Object[] ends = {networks + "/seed-1.safetensors", networks + "/seed-2.safetensors"};
        Path curve = folder.resolve("curve.npz");
        Path plane = folder.resolve("plane");
        Cli.Outcome connected = Cli.run(
                "connect", ends[0], ends[1], "--method=arc", "--npz", curve, "--format=json", "--train-examples=300");
        Cli.Outcome measured = Cli.run(
                "plane",
                ends[0],
                ends[1],
                networks + "/seed-3.safetensors",
                "--grid=5",
                "--out",
                plane,
                "--train-examples=300",
                "--test-examples=50");
        assertThat(measured.code()).isZero();

        JsonNode facts = new ObjectMapper()
                .readTree(Python.run(folder, "plane_and_curve.py", plane.resolve("plane.npz"), curve));

        JsonNode result = new ObjectMapper().readTree(connected.out());
        assertThat(facts.get("length").doubleValue())
                .isCloseTo(result.at("/length/value").doubleValue(), within(1e-6));
        assertThat(facts.get("points").intValue()).isEqualTo(21);
        assertThat(facts.get("grid").intValue()).isEqualTo(5);
    }
}
