package org.thalweg.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on loopback that cuts connections, ignores ranges and sends wrong bytes. */
class FetcherTest {
    @TempDir
    Path folder = Path.of("unset");

    private final Map<String, byte[]> files = new HashMap<>();
    private final Fetcher fetcher = new Fetcher(ProxySelector.of(null), FetchListener.SILENT);
    private HttpServer server = unstarted();
    private int cutAfter = Integer.MAX_VALUE; // bytes of one answer
    private boolean ranges = true;
    private int requests;

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests++;
        byte[] file = files.get(exchange.getRequestURI().getPath().substring(1));
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = ranges && range != null ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        if (from >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
        OutputStream out = exchange.getResponseBody();
        int sent = Math.min(cutAfter, file.length - from);
        out.write(file, from, sent);
        if (sent == file.length - from) {
            out.close();
        } else {
            out.flush();
            throw new IOException("cut"); // the server then closes the connection
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static String hash(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static PublicSet set(PublicFile file) {
        return new PublicSet("toy", "toy", URI.create("http://nowhere.invalid/"), List.of(file));
    }

    private static byte[] tar(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
            byte[] header = new byte[512];
            byte[] name = member.getKey().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, header, 0, name.length);
            byte[] length = String.format("%011o", member.getValue().length).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(length, 0, header, 124, length.length);
            out.write(header);
            out.write(member.getValue());
            out.write(new byte[(512 - member.getValue().length % 512) % 512]);
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    @Test
    void aDownloadGoesOnWhereTheConnectionWasCut() throws Exception {
        byte[] content = random(300_000, 1);
        files.put("a.gz", gzip(content));
        cutAfter = 100_000;
        PublicSet set = set(PublicFile.gzip("a.gz", content.length, Optional.of(hash(content))));

        fetcher.fetch(set, folder, address());

        assertThat(folder.resolve("a.gz")).hasBinaryContent(files.getOrDefault("a.gz", new byte[0]));
        assertThat(requests).isEqualTo(4);
        assertThat(Fetcher.status(set, folder).state()).isEqualTo(Fetcher.State.WHOLE);
        assertThat(folder.resolve(".a.gz.download")).doesNotExist();
        fetcher.fetch(set, folder, address());
        assertThat(requests).isEqualTo(4); // nothing is missing
    }

    @Test
    void whatAnEarlierProcessReceivedIsKept() throws Exception {
        byte[] content = random(50_000, 2);
        byte[] packed = gzip(content);
        files.put("a.gz", packed);
        Files.write(folder.resolve(".a.gz.download"), Arrays.copyOf(packed, 40_000));
        cutAfter = 20_000;

        fetcher.fetch(set(PublicFile.gzip("a.gz", content.length, Optional.of(hash(content)))), folder, address());

        assertThat(requests).isEqualTo(1);
        assertThat(folder.resolve("a.gz")).hasBinaryContent(packed);
    }

    @Test
    void aServerThatCannotGoOnSendsFromTheBeginning() throws Exception {
        byte[] content = random(50_000, 3);
        files.put("a.gz", gzip(content));
        Files.write(folder.resolve(".a.gz.download"), random(30_000, 9));
        ranges = false;

        fetcher.fetch(set(PublicFile.gzip("a.gz", content.length, Optional.of(hash(content)))), folder, address());

        assertThat(Content.of(folder.resolve("a.gz"), "a.gz", content.length).sha256())
                .isEqualTo(hash(content));
    }

    @Test
    void wrongBytesAreNotKept() throws Exception {
        byte[] content = random(50_000, 4);
        byte[] wrong = content.clone();
        wrong[777]++;
        files.put("a.gz", gzip(wrong));
        PublicSet set = set(PublicFile.gzip("a.gz", content.length, Optional.of(hash(content))));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("what arrived is another file, and was not kept (a.gz has the SHA-256 "
                        + hash(wrong) + " but must have " + hash(content) + ")");
        assertThat(folder).isEmptyDirectory();
        assertThat(Fetcher.status(set, folder).state()).isEqualTo(Fetcher.State.MISSING);
    }

    @Test
    void aServerThatSendsTooMuchOrNothingIsRefused() throws Exception {
        PublicSet set = set(PublicFile.gzip("a.gz", 100, Optional.empty()));
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("the server answers 404");
        Path missing = folder.resolve("new");
        assertThatExceptionOfType(FetchException.class).isThrownBy(() -> fetcher.fetch(set, missing, address()));
        assertThat(missing).doesNotExist();

        files.put("a.gz", random(500_000, 5));
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("the server announces 500000 bytes but there should be at most");

        files.put("a.gz", gzip(new byte[5_000_000])); // unfolds a thousandfold
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("a.gz holds more than 100 bytes but must hold 100");

        cutAfter = 0;
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("not received (");
    }

    @Test
    void unknownHashesAreThoseOfTheFirstDownload() throws Exception {
        byte[] content = random(1000, 6);
        files.put("a.gz", gzip(content));
        PublicSet set = set(PublicFile.gzip("a.gz", content.length, Optional.empty()));
        Files.write(folder.resolve("a.gz"), gzip(content));
        assertThat(Fetcher.status(set, folder).state()).isEqualTo(Fetcher.State.UNVERIFIED);
        Files.delete(folder.resolve("a.gz"));

        assertThat(fetcher.fetch(set, folder, address()).recorded()).containsExactly("a.gz");

        assertThat(folder.resolve("thalweg.sha256")).hasContent(hash(content) + "  a.gz");
        assertThat(Fetcher.status(set, folder).state()).isEqualTo(Fetcher.State.WHOLE);
        Files.delete(folder.resolve("a.gz"));
        files.put("a.gz", gzip(random(1000, 7)));
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder, address()))
                .withMessageContaining("but must have " + hash(content));
    }

    @Test
    void archivesAreUnpackedIntoTheFolderAndNowhereElse() throws Exception {
        byte[] one = random(700, 8);
        byte[] two = random(512, 9);
        files.put(
                "s.tar.gz",
                gzip(tar(new java.util.TreeMap<>(
                        Map.of("../../one.bin", one, "set/two.bin", two, "set/readme", new byte[10])))));
        PublicSet set = set(new PublicFile(
                "s.tar.gz",
                List.of(
                        new PublicFile.Member("one.bin", 700, Optional.of(hash(one))),
                        new PublicFile.Member("two.bin", 512, Optional.of(hash(two))))));

        fetcher.fetch(set, folder.resolve("deep"), address());

        assertThat(folder.resolve("deep/one.bin")).hasBinaryContent(one);
        assertThat(folder.resolve("deep/two.bin")).hasBinaryContent(two);
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(2);
        }
        files.put("s.tar.gz", gzip(tar(Map.of("one.bin", one))));
        Files.delete(folder.resolve("deep/two.bin"));
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> fetcher.fetch(set, folder.resolve("deep"), address()))
                .withMessageContaining("two.bin is missing");
    }

    @Test
    void damagedSetsAreSeen() throws Exception {
        PublicSet set = set(PublicFile.gzip("a.gz", 100, Optional.of("0".repeat(64))));
        Files.write(folder.resolve("a"), new byte[99]); // unpacked by hand

        assertThat(Fetcher.status(set, folder))
                .isEqualTo(new Fetcher.Status(Fetcher.State.DAMAGED, "a holds 99 bytes but must hold 100"));
    }

    @Test
    void theSystemsProxyIsAskedFor() {
        ProxySelector otherwise = ProxySelector.of(null);
        EnvironmentProxies proxies = new EnvironmentProxies(
                Map.of("https_proxy", "http://proxy.test:3128", "NO_PROXY", "localhost,.inner.test"), otherwise);

        assertThat(proxies.select(URI.create("https://data.test/x")).get(0))
                .isEqualTo(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.test", 3128)));
        assertThat(proxies.select(URI.create("https://a.inner.test/x"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.select(URI.create("http://data.test/x"))).containsExactly(Proxy.NO_PROXY);
    }
}
