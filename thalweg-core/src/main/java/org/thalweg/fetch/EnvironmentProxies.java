package org.thalweg.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that a system names: the variables {@code https_proxy}, {@code http_proxy} and {@code no_proxy}, in small or capital
 * letters, as other programs read them; else what Java finds.
 */
public final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;
    private final ProxySelector otherwise;

    /** Creates the selector of an environment. */
    public EnvironmentProxies(Map<String, String> environment, ProxySelector otherwise) {
        this.environment = Map.copyOf(environment);
        this.otherwise = otherwise;
    }

    /** Returns the selector of this process. */
    public static EnvironmentProxies ofThisProcess() {
        System.setProperty("java.net.useSystemProxies", "true"); // read when the default selector is made
        return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = String.valueOf(uri.getHost());
        Optional<String> proxy = variable(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT) + "_proxy");
        if (proxy.isEmpty()) {
            return otherwise.select(uri);
        }
        boolean direct = Arrays.stream(variable("no_proxy").orElse("").split(",", -1))
                .map(String::strip)
                .map(suffix -> suffix.startsWith(".") ? suffix.substring(1) : suffix)
                .anyMatch(suffix -> suffix.equals("*")
                        || (!suffix.isEmpty() && (host.equals(suffix) || host.endsWith("." + suffix))));
        if (direct) {
            return List.of(Proxy.NO_PROXY);
        }
        URI address = URI.create(proxy.get().contains("://") ? proxy.get() : "http://" + proxy.get());
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return List.of(new Proxy(
                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(String.valueOf(address.getHost()), port)));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the download itself says so
    }
}
