package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;

class PathFileTest {
    private static final Architecture LAYERS = Architecture.named("mlp-3", 2, 2);

    @TempDir
    private java.nio.file.Path folder = java.nio.file.Path.of("unset");

    private java.nio.file.Path file() {
        return folder.resolve("path.safetensors");
    }

    /** Returns a path that rests at one network. */
    static Path still(Network network) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        network.weights().asMap().forEach((name, tensor) -> tracks.put(name, Track.resting(tensor)));
        return new Path(network.architecture(), "none", List.of(new CurveLeg("curve", tracks)), Provenance.UNKNOWN);
    }

    private static Weights weights(Precision precision, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.parameters()
                .forEach((name, shape) -> tensors.put(
                        name,
                        Tensor.rounded(
                                shape, random.doubles(shape.elements(), -1, 1).toArray(), precision)));
        return Weights.of(tensors);
    }

    /** Returns a path with every kind of curve, a control that stands for every slot, and a re-ordering. */
    private static Path everyKind(Precision precision) {
        Weights a = weights(precision, 1);
        Weights b = weights(precision, 2);
        UnitGroup units = LAYERS.unitGroups().get(0);
        Permutation held = Permutation.of(2, 0, 1);
        Weights target = units.relist(b, held);
        Map<String, Track> tracks = new LinkedHashMap<>();
        Tensor mean = Tensor.rounded(Shape.of(1, 2), new double[] {0.1, 0.2}, precision);
        tracks.put("0.weight", new Track(ArcCurve.ARC, List.of(a.get("0.weight"), target.get("0.weight"), mean)));
        tracks.put("0.bias", Track.linear(a.get("0.bias"), target.get("0.bias")));
        Tensor knot = weights(precision, 3).get("2.weight");
        tracks.put(
                "2.weight", new Track(new PolygonalChain(3), List.of(a.get("2.weight"), knot, target.get("2.weight"))));
        tracks.put("2.bias", Track.linear(a.get("2.bias"), target.get("2.bias")));
        Map<String, Track> resting = new LinkedHashMap<>();
        target.asMap().forEach((name, tensor) -> resting.put(name, Track.resting(tensor)));
        return new Path(
                LAYERS,
                "every \"kind\"",
                List.of(
                        new CurveLeg("curve", tracks),
                        new CurveLeg("output", resting),
                        new ReorderLeg("reorder", target, units, held)),
                Provenance.UNKNOWN.with("a", "first").with("assignment.cost", "1.5"));
    }

    @ParameterizedTest
    @EnumSource
    void pathComesBackAsItWas(Precision precision) throws IOException {
        Path path = everyKind(precision);

        PathFile.write(file(), path);
        Path read = PathFile.read(file());

        assertThat(read).isEqualTo(path);
        for (double t = 0; t <= 1; t += 1.0 / 64) {
            assertThat(read.at(t)).as("t %s", t).isEqualTo(path.at(t));
        }
    }

    @Test
    void equalPathsGiveEqualBytes() throws IOException {
        PathFile.write(file(), everyKind(Precision.FLOAT32));
        PathFile.write(folder.resolve("again"), everyKind(Precision.FLOAT32));

        assertThat(folder.resolve("again")).hasSameBinaryContentAs(file());
    }

    @Test
    void controlsThatLegsShareAreStoredOnce() throws IOException {
        PathFile.write(file(), everyKind(Precision.FLOAT64));

        // A and the re-listed B, 17 numbers each, the mean of 2 and a knot of 6
        long header = ByteBuffer.wrap(Files.readAllBytes(file()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(Files.size(file()) - 8 - header).isEqualTo(8 * (2 * 17 + 2 + 6));
    }

    /** Writes a file whose only tensor is control.0 of one row, with these legs. */
    private java.nio.file.Path withLegs(String legs) throws IOException {
        String text = "{\"__metadata__\":{\"architecture\":\"linear(2,1,nobias)\",\"legs\":\""
                + legs.replace("\"", "\\\"") + "\",\"method\":\"x\",\"thalweg\":\"path\"},"
                + "\"control.0\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        byte[] header = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.writeBytes(header);
        out.writeBytes(new byte[8]);
        return Files.write(file(), out.toByteArray());
    }

    @Test
    void legsByHandAreRead() throws IOException {
        Path path = PathFile.read(
                withLegs("[{'name':'curve','tracks':{'0.weight':{'curve':'constant','controls':['control.0']}}}]"
                        .replace('\'', '"')));

        assertThat(path.at(0.5).get("0.weight")).isEqualTo(Tensor.owning(Shape.of(1, 2), new float[2]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense                                                                          | its legs are not proper JSON
            {}                                                                                | legs is not a list
            []                                                                                | a path needs at least one leg
            [7]                                                                               | a leg is not an object
            [{}]                                                                              | a leg's name is not a string
            [{'name':'curve'}]                                                                | start is not an object
            [{'name':'curve','tracks':7}]                                                     | tracks is not an object
            [{'name':'curve','tracks':{}}]                                                    | tensor '0.weight' of linear(2,1,nobias) is missing
            [{'name':'curve','tracks':{'0.weight':7}}]                                        | a track is not an object
            [{'name':'curve','tracks':{'0.weight':{'curve':'constant','controls':[]}}}]       | a track has no controls
            [{'name':'curve','tracks':{'0.weight':{'curve':'constant','controls':[7]}}}]      | a control is not a string
            [{'name':'curve','tracks':{'0.weight':{'curve':'linear','controls':['control.0']}}}] | linear has 2 controls but 1 were given
            [{'name':'curve','tracks':{'0.weight':{'curve':'spline','controls':['control.0']}}}] | curve 'spline' is not understood
            [{'name':'curve','tracks':{'0.weight':{'curve':'constant','controls':['control.9']}}}] | its legs use "control.9", which the file does not hold
            [{'name':'reorder','layer':0,'start':{'0.weight':'control.0'},'held':[0]}]        | it re-orders layer 0, but linear(2,1,nobias) has no units there
            """)
    void legsThatDoNotMakeAPathAreRefused(String legs, String part) throws IOException {
        java.nio.file.Path file = withLegs(legs.replace('\'', '"'));

        assertThatThrownBy(() -> PathFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(part);
    }
}
