package io.github.batchexports.cli.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** The proxy on the way to the API and to the storage: that of the option, or that of the variables that curl reads too. */
final class ProxyOption {

    private static final String VARIABLE = "HTTPS_PROXY";
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "A proxy: http://proxy:3128, socks5://proxy:1080; by default that of HTTPS_PROXY, "
                    + "which may contain a user and a password. Hosts in NO_PROXY are reached without it.")
    private @Nullable String url;

    boolean isGiven() {
        return url != null;
    }

    /**
     * How connections are made.
     *
     * @param https whether the API is called by HTTPS, which alone the variable is for
     * @throws IllegalArgumentException if the URL is none; the message is for the user, and has no password in it
     */
    UnaryOperator<HttpClient> choose(boolean https) {
        if (url != null && url.indexOf('@') >= 0) {
            throw new IllegalArgumentException("--proxy must not contain a user or a password, since every user of a"
                    + " machine sees its command lines: set " + VARIABLE + " instead");
        }
        List<String> direct = direct();
        if (url != null) {
            return through(parse("--proxy", url), host -> matches(direct, host));
        }
        String variable = Environment.value("https_proxy", VARIABLE);
        return variable == null || !https
                ? UnaryOperator.identity()
                : through(parse(VARIABLE, variable), host -> THIS_MACHINE.contains(host) || matches(direct, host));
    }

    private static UnaryOperator<HttpClient> through(URI proxy, Predicate<String> direct) {
        String user = proxy.getRawUserInfo();
        return http -> http.proxy(spec -> {
            ProxyProvider.Builder options = spec.type(type(proxy))
                    .host(proxy.getHost())
                    .port(proxy.getPort())
                    .nonProxyHostsPredicate(address -> direct.test(host(address)));
            if (user != null) {
                int colon = user.indexOf(':');
                String password = colon < 0 ? "" : decoded(user.substring(colon + 1));
                options.username(decoded(colon < 0 ? user : user.substring(0, colon)))
                        .password(name -> password);
            }
        });
    }

    private static ProxyProvider.Proxy type(URI proxy) {
        return switch (proxy.getScheme().toLowerCase(Locale.ROOT)) {
            case "socks4" -> ProxyProvider.Proxy.SOCKS4;
            case "socks5", "socks5h", "socks" -> ProxyProvider.Proxy.SOCKS5;
            default -> ProxyProvider.Proxy.HTTP;
        };
    }

    private static URI parse(String name, String url) {
        try {
            URI proxy = new URI(url.contains("://") ? url : "http://" + url);
            boolean known = proxy.getScheme().toLowerCase(Locale.ROOT).matches("http|socks4|socks5h?|socks");
            if (known && proxy.getHost() != null && proxy.getPort() > 0) {
                return proxy;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the URL, which may contain a password.
        }
        throw new IllegalArgumentException(
                name + " must be a URL with a port, such as http://proxy:3128 or socks5://proxy:1080");
    }

    /** Names of hosts and of domains, as curl reads them: with or without a dot in front, a star for all. */
    private static List<String> direct() {
        String names = Environment.value("no_proxy", "NO_PROXY");
        return names == null
                ? List.of()
                : Arrays.stream(names.toLowerCase(Locale.ROOT).split("[, ]+"))
                        .map(name -> name.replaceFirst("^\\*?\\.", ""))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    private static boolean matches(List<String> direct, String host) {
        return direct.stream().anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getHostString().toLowerCase(Locale.ROOT) : "";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
