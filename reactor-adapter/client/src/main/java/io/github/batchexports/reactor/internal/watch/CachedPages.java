package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.json.PageDecoder;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.PollCache;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Reads pages for shared polls, from an application's cache or else by a call. Whatever the cache does, the call remains.
 */
public final class CachedPages {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final PollCache cache;
    private final CallExecutor executor;
    private final PageDecoder decoder;
    private final Duration timeout;
    private final TimeSource time;

    /**
     * Creates a reader over a cache.
     *
     * @param timeout how long the cache may take, not counting the call that it asks for
     */
    public CachedPages(PollCache cache, CallExecutor executor, PageDecoder decoder, Duration timeout, TimeSource time) {
        this.cache = cache;
        this.executor = executor;
        this.decoder = decoder;
        this.timeout = timeout;
        this.time = time;
    }

    /**
     * Returns a page that any process fetched less than {@code maxAge} ago.
     *
     * @param onCall runs before each call to the API
     */
    public Mono<ExportPage> page(ApiCall call, Duration maxAge, Runnable onCall) {
        return Mono.deferContextual(context -> new Lookup<>(call, decoder::decodePage, onCall, context).find(maxAge));
    }

    /** One export, likewise. */
    public Mono<ExportRequest> export(ApiCall call, Duration maxAge, Runnable onCall) {
        return Mono.deferContextual(context -> new Lookup<>(call, decoder::decodeExport, onCall, context).find(maxAge));
    }

    /** One lookup. Whatever the cache does with its call, that is made at most once, and ends with the lookup. */
    private final class Lookup<T> {

        private final ApiCall call;
        private final BiFunction<InputStream, CallContext, T> content;
        private final Sinks.Empty<Void> ended = Sinks.empty();
        private final Mono<byte[]> fetch;
        private volatile boolean isFetching;
        private volatile boolean isFailed;

        Lookup(ApiCall call, BiFunction<InputStream, CallContext, T> content, Runnable onCall, ContextView context) {
            this.call = call;
            this.content = content;
            this.fetch = executor.call(call, this::checkedBody, onCall)
                    .doOnSubscribe(subscription -> isFetching = true)
                    .doOnError(error -> isFailed = true)
                    .doFinally(end -> isFetching = false)
                    .contextWrite(context)
                    .takeUntilOther(ended.asMono())
                    .cache();
        }

        Mono<T> find(Duration maxAge) {
            return cached(maxAge)
                    .timeout(cacheTimeout())
                    .map(this::decoded)
                    .onErrorResume(error -> {
                        if (!isFailed) {
                            // The message is the cache's, and may contain anything.
                            LOG.debug("the poll cache failed, the page is fetched without it: {}", error.getClass());
                        }
                        return Mono.empty();
                    })
                    .switchIfEmpty(fetch.map(this::decoded))
                    .doFinally(end -> ended.tryEmitEmpty());
        }

        /** Exceptions and second signals do no harm here. */
        private Mono<byte[]> cached(Duration maxAge) {
            return Mono.create(sink -> {
                try {
                    sink.onDispose(cache.getOrFetch(name(), maxAge, fetch)
                            .subscribe(sink::success, sink::error, sink::success, Context.of(sink.contextView())));
                } catch (Error e) {
                    throw ForeignCode.asException(e);
                }
            });
        }

        /** Only the query: the key and the project are in headers. */
        private String name() {
            return call.uri().getRawQuery();
        }

        /** Completes after the timeout, unless a call of this page is under way then. */
        private Mono<Void> cacheTimeout() {
            return time.delay(timeout).repeat(() -> isFetching).then();
        }

        /** Decodes the body first: no cache should keep what cannot be read. */
        private byte[] checkedBody(InputStream body, CallContext attempt) {
            try {
                byte[] bytes = body.readAllBytes();
                var unused = content.apply(new ByteArrayInputStream(bytes), attempt);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private T decoded(byte[] body) {
            return content.apply(new ByteArrayInputStream(body), call.context());
        }
    }
}
