package io.github.batchexports.reactor;

import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.ProjectKey;
import io.github.batchexports.protocol.json.PageDecoder;
import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.download.Downloads;
import io.github.batchexports.reactor.internal.download.FileTransport;
import io.github.batchexports.reactor.internal.http.ExchangeTimeout;
import io.github.batchexports.reactor.internal.http.InterimResponses;
import io.github.batchexports.reactor.internal.http.RestApiKeys;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import io.github.batchexports.reactor.internal.watch.CachedPages;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpResponseDecoderSpec;
import reactor.netty.resources.ConnectionProvider;

/** What clients of several projects share: the connections, and each project's pace. */
final class ClientResources {

    /** The validated options of a built client. Its string form shows no key. */
    record Options(
            ExportsApi api,
            RestApiKeys keys,
            TimeSource time,
            Function<String, RequestPacer> pacer,
            @Nullable Function<String, PollCache> pollCache,
            Duration responseTimeout,
            int maxPageBytes,
            RetryPolicy retry,
            UnaryOperator<HttpClient> httpClient,
            UnaryOperator<HttpClient> storageHttpClient,
            Attempt.Observer observer) {}

    private static final String PROJECT_HEADER = "X-Batch-Project";
    private static final String USER_AGENT = "batch-exports-java/" + version();
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_CONNECTIONS = 64;

    /** The most that is read from a socket at once. */
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(20);

    private final Options options;
    private final Projects projects = new Projects();
    private final PageDecoder decoder;
    private final ConnectionProvider pool;
    private final ConnectionProvider storagePool;
    private final HttpClient http;
    private final HttpClient storage;
    private final ExchangeTimeout exchangeTimeout;

    ClientResources(Options options) {
        this.options = options;
        this.decoder = new PageDecoder(options.maxPageBytes());
        this.exchangeTimeout = new ExchangeTimeout(options.responseTimeout(), options.time());
        this.pool = pool("batch-exports");
        this.storagePool = pool("batch-exports-storage");
        this.http = client("httpClient", options.httpClient(), pool).compress(true);
        // A storage refuses a signed link with a second credential, so none is sent, even if one customizer serves
        // both.
        // Compression is off since ranges, by which a transfer resumes, count bytes before decompression.
        HttpClient customized = client("storageHttpClient", options.storageHttpClient(), storagePool);
        HttpResponseDecoderSpec decoder = customized.configuration().decoder();
        this.storage = customized
                .compress(false)
                .doOnChannelInit((observer, channel, address) -> receiveLargeChunks(channel.pipeline(), decoder))
                .doOnRequest((request, connection) -> request.requestHeaders()
                        .remove(HttpHeaderNames.AUTHORIZATION)
                        .remove(PROJECT_HEADER)
                        .set(HttpHeaderNames.USER_AGENT, USER_AGENT));
    }

    /**
     * By default the codec splits content into chunks of 8 KiB, each of which costs a write. Reactor Netty deprecates its
     * own option for this, so the codec is replaced, with the customizer's other limits.
     */
    private static void receiveLargeChunks(ChannelPipeline pipeline, HttpResponseDecoderSpec limits) {
        if (pipeline.get(NettyPipeline.HttpCodec) instanceof HttpClientCodec) {
            HttpDecoderConfig decoder = new HttpDecoderConfig()
                    .setMaxChunkSize(MAX_CHUNK_BYTES)
                    .setMaxInitialLineLength(limits.maxInitialLineLength())
                    .setMaxHeaderSize(limits.maxHeaderSize())
                    .setValidateHeaders(limits.validateHeaders())
                    .setInitialBufferSize(limits.initialBufferSize())
                    .setAllowDuplicateContentLengths(limits.allowDuplicateContentLengths());
            pipeline.replace(
                    NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new HttpClientCodec(decoder, false, false));
        }
    }

    private ConnectionProvider pool(String name) {
        return ConnectionProvider.builder(name)
                .maxConnections(MAX_CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(options.responseTimeout())
                .maxIdleTime(MAX_IDLE_TIME)
                .build();
    }

    /** Reactor Netty must not retry, since every attempt needs a permit, nor follow redirects, which would leak the key. */
    private static HttpClient client(String option, UnaryOperator<HttpClient> customizer, ConnectionProvider pool) {
        HttpClient client =
                HttpClient.create(pool).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
        return InterimResponses.discardedBy(Arguments.notNull("what " + option + " returned", customizer.apply(client)))
                .disableRetry(true)
                .followRedirect(false);
    }

    /** Returns the project of this key, which all its clients share. */
    Project project(ProjectKey key) {
        return projects.get(key.text(), () -> newProject(key));
    }

    private Project newProject(ProjectKey project) {
        ExportsApi api = options.api();
        TimeSource time = options.time();
        HttpClient client = http.headers(
                headers -> headers.set(PROJECT_HEADER, project.text()).set(HttpHeaderNames.USER_AGENT, USER_AGENT));
        HttpClient json = client.headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "application/json"));
        RequestPacer pacer =
                Arguments.notNull("what pacer returned", options.pacer().apply(project.text()));
        Transport transport = new Transport(
                json, options.keys(), options.responseTimeout(), options.maxPageBytes(), time, exchangeTimeout);
        CallExecutor executor = new CallExecutor(transport, pacer, options.retry(), time, options.observer());
        FileTransport files = new FileTransport(
                client.compress(false),
                storage,
                api.allowsLocalHttpLinks(),
                options.keys(),
                options.responseTimeout(),
                time,
                options.observer());
        Downloads downloads = new Downloads(api, executor, files, options.retry(), time, options.maxPageBytes());
        return new Project(api, decoder, executor, time, downloads, cachedPages(project, executor));
    }

    private @Nullable CachedPages cachedPages(ProjectKey project, CallExecutor executor) {
        Function<String, PollCache> caches = options.pollCache();
        return caches == null
                ? null
                : new CachedPages(
                        Arguments.notNull("what pollCache returned", caches.apply(project.text())),
                        executor,
                        decoder,
                        options.responseTimeout(),
                        options.time());
    }

    void close() {
        pool.dispose();
        storagePool.dispose();
        exchangeTimeout.close();
    }

    private static String version() {
        try (InputStream text = ClientResources.class.getResourceAsStream("version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
