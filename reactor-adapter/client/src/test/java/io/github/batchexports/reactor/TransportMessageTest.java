package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.transport.ProxyProvider;

/** How transport failures name the server and the proxy, and which of them are transient. */
class TransportMessageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String API = "http://api.example:8080";

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private static BatchExportsClientBuilder options(String baseUrl) {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(baseUrl)
                .allowInsecureHttp()
                .responseTimeout(Duration.ofSeconds(1))
                .retry(RetryPolicy.none());
    }

    private static BatchExportsClientBuilder proxied(int port) {
        return options(API)
                .httpClient(http -> http.proxy(proxy ->
                        proxy.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(port)));
    }

    private static TransportException failure(BatchExportsClientBuilder options) {
        try (BatchExportsClient client = options.build()) {
            return catchThrowableOfType(
                    TransportException.class, () -> client.list().blockLast(PATIENCE));
        }
    }

    @ParameterizedTest
    @CsvSource({"403, PermissionException", "429, RateLimitedException", "503, ServerException"})
    void refusalWithAStalledBodyKeepsItsStatus(int status, String kind) {
        String head = "HTTP/1.1 " + status + " X\r\nRetry-After: 60\r\nContent-Length: 500";
        try (RawServer server = new RawServer(request -> Reply.text(head, "{", After.STALL));
                BatchExportsClient client = options(server.baseUrl()).build()) {
            BatchExportsException failure = catchThrowableOfType(
                    BatchExportsException.class, () -> client.list().blockLast(PATIENCE));
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        }
    }

    @Test
    void timeoutOfACustomizedHttpClientIsTransient() {
        try (RawServer server = new RawServer(request -> new Reply(new byte[0], After.STALL))) {
            assertThat(failure(options(server.baseUrl())
                            .responseTimeout(PATIENCE)
                            .httpClient(http -> http.responseTimeout(Duration.ofMillis(100)))))
                    .hasMessageContaining("no data within the time that the HTTP client was customized to")
                    .matches(TransportException::isTransient);
        }
    }

    @Test
    void closedPortIsNamed() throws IOException {
        int port = closedPort();
        assertThat(failure(options("http://127.0.0.1:" + port)))
                .hasMessage("list exports failed: the connection was refused (127.0.0.1:" + port
                        + "); check the network, then try again")
                .matches(TransportException::isTransient);
    }

    @Test
    void defaultPortIsNamed() {
        assertThat(failure(options("https://no-such-host.invalid").responseTimeout(Duration.ofSeconds(30))))
                .hasMessageContaining("cannot be resolved (no-such-host.invalid:443);");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "STALL"})
    void failedExchangeNamesTheServer(After after) {
        try (RawServer server = new RawServer(request -> new Reply(new byte[0], after))) {
            assertThat(failure(options(server.baseUrl())))
                    .hasMessageContaining("(" + URI.create(server.baseUrl()).getAuthority() + ")")
                    .matches(TransportException::isTransient);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, the proxy wants a user and a password with 407, false",
        "403 Forbidden, the proxy refused with 403 Forbidden, false",
        "502 Bad Gateway, the proxy refused with 502 Bad Gateway, true",
    })
    void proxyRefusalIsNamedAndTransientOnlyIfServerError(String status, String words, boolean isTransient) {
        AtomicReference<String> asked = new AtomicReference<>();
        try (RawServer proxy = new RawServer(request -> {
            asked.set(request.method() + " " + request.target());
            return Reply.text("HTTP/1.1 " + status + "\r\nContent-Length: 0", "", After.CLOSE);
        })) {
            int port = URI.create(proxy.baseUrl()).getPort();
            assertThat(failure(proxied(port)))
                    .hasMessageContaining(words)
                    .hasMessageContaining("(api.example:8080 via the proxy 127.0.0.1:" + port + ")")
                    .matches(failure -> failure.isTransient() == isTransient);
            assertThat(asked).hasValue("CONNECT api.example:8080");
        }
    }

    @Test
    void closedProxyPortIsNamedAndNotTransient() throws IOException {
        int port = closedPort();
        assertThat(failure(proxied(port)))
                .hasMessageContaining(
                        "the proxy refused the connection (api.example:8080 via the proxy 127.0.0.1:" + port + ")")
                .hasMessageContaining("and the proxy")
                .matches(failure -> !failure.isTransient());
    }

    @Test
    void bypassedProxyIsNotNamed() throws IOException {
        BatchExportsClientBuilder options = options("http://127.0.0.1:" + closedPort())
                .httpClient(http -> http.proxy(proxy -> proxy.type(ProxyProvider.Proxy.HTTP)
                        .host("proxy.example")
                        .port(3128)
                        .nonProxyHosts("127.0.0.1")));
        assertThat(failure(options))
                .hasMessageContaining("the connection was refused")
                .hasMessageNotContaining("proxy");
    }

    @Test
    void onlyNotFoundOfOneExportMentionsTheId() {
        try (ExportsServer server =
                        new ExportsServer(0).fault((call, request) -> ExportsServer.refusal(404, "NO_SUCH_THING"));
                BatchExportsClient client = server.options().build()) {
            assertThat(catchThrowableOfType(
                            NotFoundException.class, () -> client.list().blockLast(PATIENCE)))
                    .hasMessageStartingWith("list exports failed: HTTP 404 NO_SUCH_THING")
                    .hasMessageEndingWith("; check the base URL and the API version");
            assertThat(catchThrowableOfType(NotFoundException.class, () -> client.view("export_1")
                            .block(PATIENCE)))
                    .hasMessageStartingWith("view export failed: HTTP 404")
                    .hasMessageContaining("; check the id export_1, the base URL");
            assertThat(catchThrowableOfType(NotFoundException.class, () -> client.awaitSuccess("export_2")
                            .block(PATIENCE)))
                    .hasMessageStartingWith("await export failed: HTTP 404")
                    .hasMessageContaining("; check the id export_2, the base URL");
        }
    }
}
