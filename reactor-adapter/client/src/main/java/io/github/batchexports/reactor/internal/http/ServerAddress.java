package io.github.batchexports.reactor.internal.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * Where an exchange goes, as its errors say it.
 *
 * @param server host and port
 * @param proxy host and port of the proxy that is asked for it; null if none is
 */
public record ServerAddress(String server, @Nullable String proxy) {

    /** The address of a call by this client. */
    public static ServerAddress of(HttpClient http, URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return new ServerAddress(uri.getHost() + ":" + port, proxy(http, String.valueOf(uri.getHost()), port));
    }

    private static @Nullable String proxy(HttpClient http, String host, int port) {
        ProxyProvider proxy = provider(http);
        if (proxy == null || !proxy.shouldProxy(InetSocketAddress.createUnresolved(host, port))) {
            return null;
        }
        SocketAddress address = proxy.getProxyAddress();
        return address instanceof InetSocketAddress inet ? inet.getHostString() + ":" + inet.getPort() : "" + address;
    }

    /** The engine asks the application's supplier too, and fails by itself if that throws. */
    private static @Nullable ProxyProvider provider(HttpClient http) {
        ProxyProvider proxy = http.configuration().proxyProvider();
        Supplier<ProxyProvider> supplier = http.configuration().proxyProviderSupplier();
        if (proxy != null || supplier == null) {
            return proxy;
        }
        try {
            return supplier.get();
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return proxy == null ? server : server + " via the proxy " + proxy;
    }
}
