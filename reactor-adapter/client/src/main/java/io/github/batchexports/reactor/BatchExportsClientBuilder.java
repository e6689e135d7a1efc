package io.github.batchexports.reactor;

import io.github.batchexports.policy.Pace;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.ProjectKey;
import io.github.batchexports.protocol.RestApiKey;
import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.call.LocalPacer;
import io.github.batchexports.reactor.internal.call.MicrometerObserver;
import io.github.batchexports.reactor.internal.http.RestApiKeys;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * Collects the options of a {@link BatchExportsClient}. An option that is null or outside its range is refused at once with
 * an {@link IllegalArgumentException} that names it.
 */
public final class BatchExportsClientBuilder {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private @Nullable RestApiKey restApiKey;
    private @Nullable Supplier<String> restApiKeySupplier;
    private @Nullable ProjectKey projectKey;
    private String baseUrl = ExportsApi.DEFAULT_BASE_URL;
    private String apiVersion = ExportsApi.DEFAULT_VERSION;
    private boolean allowInsecureHttp;
    private double requestsPerSecond = 1;
    private @Nullable Function<String, RequestPacer> pacer;
    private @Nullable Function<String, PollCache> pollCache;
    private @Nullable Scheduler scheduler;
    private Duration responseTimeout = Duration.ofSeconds(30);
    private int maxPageBytes = 16 * 1024 * 1024;
    private RetryPolicy retry = RetryPolicy.defaults();
    private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();
    private UnaryOperator<HttpClient> storageHttpClient = UnaryOperator.identity();
    private Attempt.Observer observer = Attempt.Observer.NONE;

    BatchExportsClientBuilder() {}

    /**
     * Sets the REST API key, as the dashboard shows it. It or {@link #restApiKeySupplier} is required. It is sent to the
     * base URL only, and never logged.
     */
    public BatchExportsClientBuilder restApiKey(String key) {
        this.restApiKey = RestApiKey.of(key);
        return this;
    }

    /**
     * Sets where the REST API key comes from, in place of {@link #restApiKey}, so that keys can be replaced without a new
     * client. No key is asked for before the first call.
     *
     * @param keys called once for each attempt, after its permit, from any thread; must not block. What it throws, null or
     *     a key that cannot be sent fails that call with a {@link io.github.batchexports.error.RestApiKeyException}; a
     *     watch asks again at its next poll
     */
    public BatchExportsClientBuilder restApiKeySupplier(Supplier<String> keys) {
        this.restApiKeySupplier = Arguments.notNull("restApiKeySupplier", keys);
        return this;
    }

    /** Sets the project key, as the dashboard shows it. Required. */
    public BatchExportsClientBuilder projectKey(String key) {
        this.projectKey = new ProjectKey(key);
        return this;
    }

    /**
     * Sets the server, an {@code https} URL; by default {@code https://api.batch.com}. Plain {@code http} is for loopback
     * only.
     */
    public BatchExportsClientBuilder baseUrl(String url) {
        ExportsApi.checkBaseUrl(url);
        this.baseUrl = url;
        return this;
    }

    /** Sets the version of the API, numbers and dots; by default {@code 2.8}. */
    public BatchExportsClientBuilder apiVersion(String version) {
        ExportsApi.checkVersion(version);
        this.apiVersion = version;
        return this;
    }

    /** Allows plain {@code http} to other hosts. Anyone on the network path can then read the key. */
    public BatchExportsClientBuilder allowInsecureHttp() {
        this.allowInsecureHttp = true;
        return this;
    }

    /**
     * Sets how many calls a second the project may make, by default 1, the limit that other clients of this API report. The
     * distance between two calls counts from when a request was sent and is 20 ms (at most 5 %) wider than the rate, since
     * calls arrive less evenly than they leave; each refusal widens it, each call narrows it again. 0 or less: unpaced.
     */
    public BatchExportsClientBuilder requestsPerSecond(double calls) {
        Pace.perSecond(calls);
        this.requestsPerSecond = calls;
        return this;
    }

    /**
     * Sets the pacer of each project, in place of {@code requestsPerSecond}: supply one when several processes share a
     * project's limit.
     *
     * @param byProjectKey called with a project key by {@link #build()} and, for another project,
     *     {@link BatchExportsClient#forProject}; possibly again later, and by several threads at once. Must not block or
     *     return null
     */
    public BatchExportsClientBuilder pacer(Function<String, RequestPacer> byProjectKey) {
        this.pacer = Arguments.notNull("pacer", byProjectKey);
        return this;
    }

    /**
     * Sets where the shared polls of watches look for pages before they call, for processes that watch the same project; by
     * default nowhere. Listings, views and downloads never look there.
     *
     * @param byProjectKey called with a project key by {@link #build()} and, for another project,
     *     {@link BatchExportsClient#forProject}; possibly again later, and by several threads at once. Must not block or
     *     return null
     */
    public BatchExportsClientBuilder pollCache(Function<String, PollCache> byProjectKey) {
        this.pollCache = Arguments.notNull("pollCache", byProjectKey);
        return this;
    }

    /**
     * Sets the maximum time for one attempt, connecting included, to the last byte of the body: 1 ms to 1 hour, by default
     * 30 s. For downloads: the maximum gap between buffers while demand is outstanding.
     */
    public BatchExportsClientBuilder responseTimeout(Duration timeout) {
        Arguments.notNull("responseTimeout", timeout);
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("responseTimeout must be between 1 ms and 1 hour: " + timeout);
        }
        this.responseTimeout = timeout;
        return this;
    }

    /** Sets the maximum size of a page in bytes after decompression: 1024 or more, by default 16 MiB. */
    public BatchExportsClientBuilder maxPageBytes(int bytes) {
        if (bytes < 1024) {
            throw new IllegalArgumentException("maxPageBytes must be 1024 or more: " + bytes);
        }
        this.maxPageBytes = bytes;
        return this;
    }

    /** Sets when a failed call is made again; by default {@link RetryPolicy#defaults()}. */
    public BatchExportsClientBuilder retry(RetryPolicy policy) {
        this.retry = Arguments.notNull("retry", policy);
        return this;
    }

    /**
     * Customizes the HTTP client for the API: proxy, TLS, metrics, name resolution. It applies to the API's connections
     * only, so that its headers, cookies and client certificates never reach the storage that files are downloaded from.
     * A proxy or a trust store that downloads need as well has to be set by {@link #storageHttpClient} too.
     *
     * <p>Redirects stay off, and the client's own headers are set last. Reactor Netty's wiretap logs headers, and with
     * them the REST API key: keep it out of production. Its hooks, such as {@code doOnRequest}, run on event loops: they must
     * neither block nor throw. What one throws fails its call, and closes the call's connection; but what
     * {@code doOnConnected} throws for a connection that is used again can stop Reactor Netty's pool, and with it all later
     * calls of the client.
     *
     * @param customizer called once, by {@link #build()}; returns the client to use, not null
     */
    public BatchExportsClientBuilder httpClient(UnaryOperator<HttpClient> customizer) {
        this.httpClient = Arguments.notNull("httpClient", customizer);
        return this;
    }

    /**
     * Customizes the HTTP client for the storage that the API's links point at: proxy, TLS, metrics, name resolution. By
     * default it is Reactor Netty's, unaffected by {@link #httpClient}: set proxy and TLS on both where both need them.
     *
     * <p>Redirects and compression stay off. {@code Authorization} and {@code X-Batch-Project} are removed: a storage
     * refuses a signed link with a second credential, and the API's is not for the storage.
     *
     * @param customizer called once, by {@link #build()}; returns the client to use, not null
     */
    public BatchExportsClientBuilder storageHttpClient(UnaryOperator<HttpClient> customizer) {
        this.storageHttpClient = Arguments.notNull("storageHttpClient", customizer);
        return this;
    }

    /**
     * Observes every attempt with Micrometer, for metrics and traces: {@code batch.exports.wait} while it waits for its
     * permit, then {@code batch.exports.request} to the last byte of the response. Their parent is the observation in the
     * subscriber's Reactor context, where WebFlux puts a request's. No {@code KeyValue} contains a cursor, an id or an API
     * key. Handlers may be registered later; what they throw is logged once. By default nothing is observed, and Micrometer
     * need not be on the class path.
     */
    public BatchExportsClientBuilder observationRegistry(ObservationRegistry registry) {
        Arguments.notNull("observationRegistry", registry);
        this.observer = new MicrometerObserver(registry);
        return this;
    }

    /**
     * Sets the scheduler that times all waits; by default Reactor's parallel one. Its clock is used only if it differs from
     * the system's, as that of a virtual time scheduler does. A wait that another scheduler refuses, loses or ends late by
     * more than a second ends on Reactor's.
     */
    public BatchExportsClientBuilder scheduler(Scheduler timers) {
        this.scheduler = Arguments.notNull("scheduler", timers);
        return this;
    }

    /**
     * Returns a client with these options; later changes to the builder do not affect it.
     *
     * @throws IllegalArgumentException if a key is missing, the REST API key is set in two ways, or {@code baseUrl} is plain
     *     {@code http} and that is not allowed
     */
    public BatchExportsClient build() {
        RestApiKeys keys = restApiKeys();
        if (projectKey == null) {
            throw new IllegalArgumentException("projectKey is missing: set it to the value that the dashboard shows");
        }
        ExportsApi api = new ExportsApi(baseUrl, apiVersion, allowInsecureHttp);
        TimeSource time = new TimeSource(scheduler);
        double rate = requestsPerSecond;
        Function<String, RequestPacer> pacers =
                pacer != null ? pacer : project -> new LocalPacer(Pace.perSecond(rate), time);
        ClientResources.Options options = new ClientResources.Options(
                api,
                keys,
                time,
                pacers,
                pollCache,
                responseTimeout,
                maxPageBytes,
                retry,
                httpClient,
                storageHttpClient,
                observer);
        return new DefaultBatchExportsClient(new ClientResources(options), projectKey);
    }

    private RestApiKeys restApiKeys() {
        if (restApiKey != null && restApiKeySupplier != null) {
            throw new IllegalArgumentException("restApiKey and restApiKeySupplier are both set: set only one of them");
        }
        if (restApiKeySupplier != null) {
            return RestApiKeys.suppliedBy(restApiKeySupplier);
        }
        if (restApiKey == null) {
            throw new IllegalArgumentException("restApiKey is missing: set it to the value that the dashboard shows");
        }
        return RestApiKeys.of(restApiKey);
    }

    /** Names only the class: the options hold a secret. */
    @Override
    public String toString() {
        return "BatchExportsClientBuilder";
    }
}
