package io.github.batchexports.reactor;

import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.reactor.internal.call.AttemptObserver;
import io.github.batchexports.reactor.internal.http.RestApiKeys;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** The validated options of a built client. Its string form shows no key. */
record ClientOptions(
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
        AttemptObserver observer) {}
