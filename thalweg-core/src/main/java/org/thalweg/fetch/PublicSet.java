package org.thalweg.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A data set that is published for download.
 *
 * @param name as after {@code --data}
 * @param folder its own folder in the data folder
 * @param address where its files lie, ending in a slash
 * @param files the files
 */
public record PublicSet(String name, String folder, URI address, List<PublicFile> files) {
    private static final int IDX_IMAGES = 16; // bytes of header
    private static final int IDX_LABELS = 8;
    private static final int PIXELS = 28 * 28;
    private static final int CIFAR_BATCH = 10_000 * 3073;

    /**
     * The sets that are known. Hashes are of unpacked content and were computed from real files; where there is none, the first
     * download records it.
     */
    public static final List<PublicSet> ALL = List.of(
            new PublicSet(
                    "mnist",
                    "mnist",
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                    idx(List.of(
                            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"))),
            new PublicSet(
                    "fashion-mnist",
                    "fashion-mnist",
                    URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
                    idx(List.of())),
            new PublicSet(
                    "cifar-10",
                    "cifar-10-batches-bin",
                    URI.create("https://www.cs.toronto.edu/~kriz/"),
                    List.of(new PublicFile(
                            "cifar-10-binary.tar.gz",
                            List.of(
                                    batch(
                                            "data_batch_1.bin",
                                            "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                                    batch(
                                            "data_batch_2.bin",
                                            "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                                    batch(
                                            "data_batch_3.bin",
                                            "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                                    batch(
                                            "data_batch_4.bin",
                                            "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                                    batch(
                                            "data_batch_5.bin",
                                            "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                                    batch(
                                            "test_batch.bin",
                                            "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"))))),
            new PublicSet(
                    "cifar-100",
                    "cifar-100-binary",
                    URI.create("https://www.cs.toronto.edu/~kriz/"),
                    List.of(new PublicFile(
                            "cifar-100-binary.tar.gz",
                            List.of(
                                    new PublicFile.Member("train.bin", 50_000L * 3074, Optional.empty()),
                                    new PublicFile.Member("test.bin", 10_000L * 3074, Optional.empty()))))));

    public PublicSet {
        files = List.copyOf(files);
    }

    /** Returns the set of this name, if it is known. */
    public static Optional<PublicSet> named(String name) {
        return ALL.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    private static PublicFile.Member batch(String name, String sha256) {
        return new PublicFile.Member(name, CIFAR_BATCH, Optional.of(sha256));
    }

    private static List<PublicFile> idx(List<String> hashes) {
        List<String> names = List.of(
                "train-images-idx3-ubyte.gz",
                "train-labels-idx1-ubyte.gz",
                "t10k-images-idx3-ubyte.gz",
                "t10k-labels-idx1-ubyte.gz");
        List<Long> bytes = List.of(
                IDX_IMAGES + 60_000L * PIXELS,
                IDX_LABELS + 60_000L,
                IDX_IMAGES + 10_000L * PIXELS,
                IDX_LABELS + 10_000L);
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> PublicFile.gzip(
                        names.get(i), bytes.get(i), hashes.isEmpty() ? Optional.empty() : Optional.of(hashes.get(i))))
                .toList();
    }

    /** Returns the files' members. */
    List<PublicFile.Member> members() {
        return files.stream().flatMap(file -> file.members().stream()).toList();
    }
}
