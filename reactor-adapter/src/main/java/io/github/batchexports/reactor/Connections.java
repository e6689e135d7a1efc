package io.github.batchexports.reactor;

import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.PageDecoder;
import io.github.batchexports.protocol.ProjectKey;
import io.github.batchexports.protocol.RestApiKey;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What clients of several projects share: the connections, and each project's pace. */
final class Connections {

    private static final String USER_AGENT = "batch-exports-java/" + version();
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_CONNECTIONS = 64;
    private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(20);

    private final ExportsApi api;
    private final RestApiKey key;
    private final Timing timing;
    private final Function<String, RequestPacer> newPacer;
    private final Map<String, Turns> pacers = new ConcurrentHashMap<>();
    private final Duration responseTimeout;
    private final int maxPageBytes;
    private final RetryPolicy retry;
    private final PageDecoder decoder;
    private final ConnectionProvider pool;
    private final HttpClient http;

    Connections(
            BatchExportsClientBuilder options,
            ExportsApi api,
            RestApiKey key,
            Timing timing,
            Function<String, RequestPacer> newPacer) {
        this.api = api;
        this.key = key;
        this.timing = timing;
        this.newPacer = newPacer;
        this.responseTimeout = options.responseTimeout;
        this.maxPageBytes = options.maxPageBytes;
        this.retry = options.retry;
        this.decoder = new PageDecoder(maxPageBytes);
        this.pool = ConnectionProvider.builder("batch-exports")
                .maxConnections(MAX_CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(responseTimeout)
                .maxIdleTime(MAX_IDLE_TIME)
                .build();
        // Retrying is ours alone, so that every attempt takes its turn; redirects would carry the key elsewhere.
        this.http = options.httpClient
                .apply(HttpClient.create(pool).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS))
                .compress(true)
                .disableRetry(true)
                .followRedirect(false);
    }

    ExportsApi api() {
        return api;
    }

    PageDecoder decoder() {
        return decoder;
    }

    /** Calls on behalf of a project. */
    Attempts attempts(ProjectKey project) {
        HttpClient client = http.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, key.authorization())
                .set("X-Batch-Project", project.text())
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT));
        Turns pacer = pacers.computeIfAbsent(project.text(), key -> Turns.of(newPacer.apply(key)));
        return new Attempts(new Transport(client, key, responseTimeout, maxPageBytes, timing), pacer, retry, timing);
    }

    void close() {
        pool.dispose();
    }

    private static String version() {
        try (InputStream text = Connections.class.getResourceAsStream("version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
