package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused leaves nothing behind: no folder, no lock in it. */
class RefusedCommandsTest {
    @TempDir
    static Path inputs;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeInputs() throws IOException {
        train("mlp-6", "small");
        train("mlp-7", "wide");
        StringBuilder rows = new StringBuilder("x1,x2,label\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 7)
                    .append(',')
                    .append(i % 5)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
        }
        Files.writeString(inputs.resolve("other.csv"), rows);
        Files.writeString(
                inputs.resolve("other.yaml"), "name: other\ntrain: other.csv\ntest: other.csv\nlabel: label\n");
        Files.writeString(
                inputs.resolve("targets.yaml"),
                "task: regression\ntrain: other.csv\ntest: other.csv\ntarget: [label]\n");
        assertThat(Cli.run(
                                "connect",
                                network("small", 1),
                                network("small", 2),
                                "--method=arc",
                                "--points=2",
                                "--train-examples=60",
                                "--test-examples=40",
                                "--out=" + inputs.resolve("path.safetensors"))
                        .code())
                .isZero();
    }

    private static void train(String network, String name) {
        Cli.Outcome outcome = Cli.run(
                "train",
                "--network=" + network,
                "--epochs=1",
                "--seeds=1-4",
                "--train-examples=60",
                "--test-examples=40",
                "--out=" + inputs.resolve(name));
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static String network(String name, int seed) {
        return inputs.resolve(name + "/networks/seed-" + seed + ".safetensors").toString();
    }

    /** Returns a line's arguments, its places filled in: A to D are alike, W is wider, OUT is what must not be there. */
    private List<Object> arguments(String line) {
        List<Object> arguments = new ArrayList<>();
        for (String argument : line.split(" ", -1)) {
            arguments.add(argument.replace("{A}", network("small", 1))
                    .replace("{B}", network("small", 2))
                    .replace("{C}", network("small", 3))
                    .replace("{D}", network("small", 4))
                    .replace("{W}", network("wide", 1))
                    .replace("{PATH}", inputs.resolve("path.safetensors").toString())
                    .replace("{OTHER}", inputs.resolve("other.yaml").toString())
                    .replace("{TARGETS}", inputs.resolve("targets.yaml").toString())
                    .replace("{OUT}", folder.resolve("made/by").toString()));
        }
        arguments.add("--quiet");
        return arguments;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --out={OUT} --network=nope",
                "train --out={OUT} --epochs=0",
                "train --out={OUT} --batch=0",
                "train --out={OUT} --seeds=1-x",
                "train --out={OUT} --threads=0",
                "train --out={OUT} --memory=much",
                "train --out={OUT} --data=nope",
                "train --out={OUT} --train-examples=0",
                "demo --out={OUT} --threads=0",
                "demo --out={OUT} --data=nope",
                "panel --out={OUT} --methods=nope",
                "panel --out={OUT} --networks=1",
                "panel --out={OUT} --pairs=1-9",
                "panel --out={OUT} --points=1",
                "panel --out={OUT} --knots=0",
                "panel --out={OUT} --threads=0",
                "panel --out={OUT} --memory=much",
                "panel --out={OUT} --network=nope",
                "panel --out={OUT} --epochs=0",
                "panel --out={OUT} --spark=nowhere",
                "panel --out={OUT} --endpoints={A},{W}",
                "panel --out={OUT} --endpoints={A},nope.safetensors",
                "panel --out={OUT} --endpoints={A},{B} --data={OTHER}",
                "panel --out={OUT} --endpoints={A},{B} --pairs=1-2,1-2",
                "panel --out={OUT} --endpoints={A},{B} --epochs=2",
                "panel --out={OUT} --endpoints={A},{B} --networks=2",
                "panel --out={OUT} --network=mlp-6 --architecture={OTHER}",
                "learn --out={OUT} --endpoints={A},{B},{C},{D} --network=mlp-6",
                "plane {A} {B} {C} --out={OUT} --statistics=repair",
                "plane {A} {B} {C} --out={OUT} --grid=2",
                "plane {A} {B} {C} --out={OUT} --threads=0",
                "plane {A} {B} {C} --out={OUT} --data={OTHER}",
                "plane {A} {B} {W} --out={OUT}",
                "plane {A} {B} --out={OUT}",
                "plane {PATH} --out={OUT} --data={OTHER}",
                "ensemble --endpoints={A} --out={OUT}",
                "ensemble --endpoints={A},{W} --out={OUT}",
                "ensemble --endpoints={A},{B} --out={OUT} --heads=0",
                "ensemble --endpoints={A},{B} --out={OUT} --heads=9",
                "ensemble --endpoints={A},{B} --out={OUT} --methods=nope",
                "ensemble --endpoints={A},{B} --out={OUT} --backbone=nope",
                "ensemble --endpoints={A},{B} --out={OUT} --ridge=much",
                "ensemble --endpoints={A},{B} --out={OUT} --ridge=-1",
                "ensemble --endpoints={A},{B} --out={OUT} --lambda=-1",
                "ensemble --endpoints={A},{B} --out={OUT} --threads=0",
                "ensemble --endpoints={A},{B} --out={OUT} --data={OTHER}",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C}",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{W}",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{D} --steps=0",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{D} --judged=0",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{D} --threads=0",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{D} --data={OTHER}",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},{A}",
                "learn --out={OUT}/m.safetensors --endpoints={A},{B},{C},nope.safetensors",
                "learn --out={OUT}/m.safetensors --networks=4 --network=nope",
                "learn --out={OUT}/m.safetensors --networks=4 --network=mlp-8-8",
                "learn --out={OUT}/m.safetensors --networks=4 --network=mlp-3 --data={TARGETS}",
                "merge {A} {B} --out={OUT}/m.safetensors --method=nope",
                "merge {A} {B} --out={OUT}/m.safetensors --points=1",
                "merge {A} {B} --out={OUT}/m.safetensors --ridge=-1",
                "merge {A} {B} --out={OUT}/m.safetensors --lambda=-1",
                "merge {A} {B} --out={OUT}/m.safetensors --threads=0",
                "merge {A} {B} --out={OUT}/m.safetensors --data={OTHER}",
                "merge {A} {B} --out={OUT}/m.safetensors --data=nope",
                "merge {A} {W} --out={OUT}/m.safetensors --method=linear",
                "connect {A} {B} --out={OUT}/p.safetensors --method=nope",
                "connect {A} {B} --out={OUT}/p.safetensors --points=1",
                "connect {A} {B} --out={OUT}/p.safetensors --knots=0",
                "connect {A} {B} --out={OUT}/p.safetensors --threads=0",
                "connect {A} {B} --out={OUT}/p.safetensors --data={OTHER}",
                "connect {A} {B} --out={OUT}/p.safetensors --data=nope",
                "connect {A} {W} --out={OUT}/p.safetensors --method=linear",
                "connect {A} {B} --report={OUT} --points=1",
                "connect {A} {B} --npz={OUT}/c.npz --points=1",
                "evaluate {PATH} --npz={OUT}/c.npz --points=1",
                "evaluate {PATH} --npz={OUT}/c.npz --data={OTHER}",
                "predict {A} --out={OUT}/p.csv --threads=0",
                "predict {A} --out={OUT}/p.csv --data={OTHER}",
                "predict {A} --out={OUT}/p.csv --data=nope",
                "export {PATH} --out={OUT}/n.pt --t=2",
                "export {PATH} --out={OUT}/n.xyz --t=0.5",
                "export {A} --out={OUT}/n.pt --t=0.5"
            })
    void nothingIsLeft(String line) {
        Cli.Outcome outcome = Cli.run(arguments(line).toArray());

        assertThat(outcome.code()).as(outcome.err()).isIn(2, 3);
        assertThat(outcome.err()).startsWith("thalweg: ");
        assertThat(folder).as(outcome.err()).isEmptyDirectory();
    }
}
