package org.thalweg.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Brings one file from a server, going on where an earlier try stopped. A connection that breaks is tried again a few times; a
 * server that cannot go on sends from the beginning.
 *
 * @param address of the file
 * @param part where it is collected; kept when the download fails, so that it can be resumed
 * @param mostBytes more are not taken
 */
record Download(URI address, Path part, long mostBytes) {
    private static final int TRIES = 5; // without progress in between
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;

    /** The server's answer is such that trying again is of no use. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * Collects the whole file.
     *
     * @param proxies how to reach the server
     * @param listener told of progress
     * @throws FetchException if the server refuses it, sends too much, or the connection breaks again and again
     */
    void run(ProxySelector proxies, FetchListener listener) throws IOException {
        IOException last = new IOException("nothing arrived");
        for (int tries = 0; tries < TRIES; tries++) {
            long before = size();
            try {
                if (receive(proxies, listener)) {
                    return;
                }
                last = new IOException("the connection ended after " + size() + " bytes");
            } catch (Refused e) {
                throw new FetchException(address + ": " + e.getMessage());
            } catch (IOException e) {
                last = e;
            }
            tries = size() > before ? 0 : tries; // while something arrives it is worth going on
        }
        throw new FetchException(address + ": not received (" + last.getClass().getSimpleName() + ": "
                + last.getMessage() + "); " + size() + " bytes are kept, fetch again to go on.");
    }

    private long size() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** Receives what is missing; returns whether the file is now whole. */
    private boolean receive(ProxySelector proxies, FetchListener listener) throws IOException {
        long have = size();
        HttpURLConnection connection = open(proxies);
        try {
            if (have > 0) {
                connection.setRequestProperty("Range", "bytes=" + have + "-");
            }
            int code = connection.getResponseCode();
            if (code == UNSATISFIABLE && have > 0) { // all of it, or a part of another file: what it is, its hash says
                return true;
            }
            boolean goesOn = code == PARTIAL
                    && String.valueOf(connection.getHeaderField("Content-Range"))
                            .startsWith("bytes " + have + "-");
            if (code != OK && !goesOn) {
                throw new Refused("the server answers " + code + "; name another place of the files as mirror.");
            }
            long from = goesOn ? have : 0;
            long length = connection.getContentLengthLong();
            if (from + Math.max(0, length) > mostBytes) {
                throw new Refused("the server announces " + (from + length) + " bytes but there should be at most "
                        + mostBytes + "; it sends another file.");
            }
            long received = copy(connection, from, listener, from + Math.max(0, length));
            return length < 0 || received == length;
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(ProxySelector proxies) throws IOException {
        URL url = address.toURL();
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    url.openConnection(proxies.select(url.toURI()).get(0));
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Accept-Encoding", "identity");
            return connection;
        } catch (URISyntaxException e) {
            throw new Refused("is no address.");
        }
    }

    private long copy(HttpURLConnection connection, long from, FetchListener listener, long whole) throws IOException {
        long received = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received += n;
                if (from + received > mostBytes) {
                    throw new Refused("more than " + mostBytes
                            + " bytes arrive, more than there should be; it sends another file.");
                }
                out.write(buffer, 0, n);
                listener.onBytes(address.toString(), from + received, whole);
            }
        }
        return received;
    }
}
