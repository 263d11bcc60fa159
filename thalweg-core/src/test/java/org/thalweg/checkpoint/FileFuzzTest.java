package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.JsonMutation;
import org.thalweg.checkpoint.format.Mutation;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;

/**
 * Damages small network and path files: a fixed number per build; {@code -Dthalweg.fuzz=100000000} goes on for hours. What
 * was found lies in the folder {@code finds} and is read here ever after.
 */
class FileFuzzTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 500);
    private static final Architecture ARCHITECTURE = Architecture.named("mlp-3", 4, 2);
    private static final Pattern LEGS = Pattern.compile("\"legs\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path folder;

    private Path file;
    private byte[] network;
    private byte[] path;

    @BeforeEach
    void writeWholeFiles() throws IOException {
        file = folder.resolve("damaged.safetensors");
        Path whole = folder.resolve("whole.safetensors");
        NetworkFile.write(whole, new Network(ARCHITECTURE, weights(1), Provenance.UNKNOWN.with("seed", "1")));
        network = Files.readAllBytes(whole);
        PathFile.write(whole, path());
        path = Files.readAllBytes(whole);
    }

    private static Weights weights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        ARCHITECTURE.parameters().forEach((name, shape) -> tensors.put(name, tensor(shape, random)));
        return Weights.of(tensors);
    }

    private static Tensor tensor(Shape shape, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return Tensor.owning(shape, values);
    }

    /** A path with a leg of each kind: curves, a chain, a re-ordering. */
    private static org.thalweg.path.Path path() {
        Weights a = weights(1);
        Weights b = weights(2);
        Permutation held = Permutation.of(1, 2, 0);
        Weights listed = ARCHITECTURE.unitGroups().get(0).relist(b, held);
        Map<String, Track> arc = new LinkedHashMap<>();
        Map<String, Track> chain = new LinkedHashMap<>();
        a.asMap().forEach((name, start) -> {
            Tensor mean = tensor(
                    Shape.of(
                            start.shape().rank() == 2
                                    ? new int[] {1, start.shape().extent(1)}
                                    : new int[] {1}),
                    new SplittableRandom(3));
            arc.put(name, new Track(ArcCurve.ARC, List.of(start, start, mean)));
            chain.put(name, new Track(new PolygonalChain(3), List.of(start, b.get(name), listed.get(name))));
        });
        List<Leg> legs = List.of(
                new CurveLeg("curve", arc),
                new CurveLeg("output", chain),
                new ReorderLeg("reorder", listed, ARCHITECTURE.unitGroups().get(0), held));
        return new org.thalweg.path.Path(ARCHITECTURE, "ot", legs, Provenance.UNKNOWN);
    }

    private interface Damage {
        byte[] of(byte[] whole, int seed);
    }

    /** Returns a file with another header, its length stated truly. */
    private static byte[] withHeader(byte[] whole, byte[] json) {
        int length = Math.toIntExact(
                ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        return ByteBuffer.allocate(whole.length - length + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(whole, 8 + length, whole.length - 8 - length)
                .array();
    }

    private static String header(byte[] whole) {
        int length = Math.toIntExact(
                ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        return new String(whole, 8, length, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(byte[] whole, int seed) {
        return new Mutation(seed).of(whole);
    }

    private static byte[] header(byte[] whole, int seed) {
        return withHeader(whole, new JsonMutation(seed).of(header(whole)).getBytes(StandardCharsets.UTF_8));
    }

    /** Damages the legs, which are JSON inside a string of the header. */
    private static byte[] legs(byte[] whole, int seed) {
        String header = header(whole);
        Matcher legs = LEGS.matcher(header);
        assertThat(legs.find()).isTrue();
        String damaged = new JsonMutation(seed).of(legs.group(1).replaceAll("\\\\(.)", "$1"));
        String json = header.substring(0, legs.start(1))
                + damaged.replace("\\", "\\\\").replace("\"", "\\\"")
                + header.substring(legs.end(1));
        return withHeader(whole, json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertReadsOrRefuses(byte[] whole, Damage damage, Fuzz.Reading reading) throws IOException {
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Files.write(file, damage.of(whole, seed));
            refused += Fuzz.isRefused("seed " + seed, reading) ? 1 : 0;
        }
        assertThat(refused).as("damage is noticed").isBetween(RUNS / 3, RUNS);
    }

    @Test
    void readsOrRefusesNetworks() throws IOException {
        assertReadsOrRefuses(network, FileFuzzTest::bytes, () -> NetworkFile.read(file));
        assertReadsOrRefuses(network, FileFuzzTest::header, () -> NetworkFile.read(file));
    }

    /** A path that is read must also give its points. */
    private void readPath() throws IOException {
        org.thalweg.path.Path read = PathFile.read(file);
        for (double t : new double[] {0, 0.1, 0.5, 0.83, 1}) {
            read.networkAt(t);
        }
    }

    @Test
    void readsOrRefusesPaths() throws IOException {
        assertReadsOrRefuses(path, FileFuzzTest::bytes, this::readPath);
        assertReadsOrRefuses(path, FileFuzzTest::header, this::readPath);
        assertReadsOrRefuses(path, FileFuzzTest::legs, this::readPath);
    }

    static List<Path> finds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/org/thalweg/checkpoint/finds"))) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("finds")
    void readsOrRefusesWhatWasFound(Path find) throws IOException {
        Files.copy(find, file);

        assertThat(Fuzz.isRefused(find.toString(), this::readPath)).isTrue();
        assertThat(Fuzz.isRefused(find.toString(), () -> NetworkFile.read(file)))
                .isTrue();
    }
}
