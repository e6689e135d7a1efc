package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ApiResponse;
import io.github.batchexports.protocol.FileContent;
import io.github.batchexports.protocol.FileResponse;
import io.github.batchexports.protocol.RestApiKey;
import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.call.AttemptObserver;
import io.github.batchexports.reactor.internal.http.OpenExchange;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import io.github.batchexports.reactor.internal.http.TransportErrors;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One HTTP exchange for a file, with the API or with the storage that it points to. Bytes are handed on as they come, and
 * read from the socket as they are asked for. The storage gets neither our headers nor a connection of the API's pool.
 */
public final class FileTransport {

    private final HttpClient api;
    private final HttpClient storage;
    private final boolean isLocalHttpAllowed;
    private final RestApiKey key;
    private final Duration timeout;
    private final TimeSource timing;
    private final AttemptObserver observer;

    /**
     * Two clients.
     *
     * @param isLocalHttpAllowed whether a link may point at plain {@code http} on this machine
     * @param timeout how long nothing may come while something is asked for
     */
    public FileTransport(
            HttpClient api,
            HttpClient storage,
            boolean isLocalHttpAllowed,
            RestApiKey key,
            Duration timeout,
            TimeSource timing,
            AttemptObserver observer) {
        this.api = OpenExchange.watchedBy(api);
        this.storage = OpenExchange.watchedBy(storage);
        this.isLocalHttpAllowed = isLocalHttpAllowed;
        this.key = key;
        this.timeout = timeout;
        this.timing = timing;
        this.observer = observer;
    }

    /**
     * Which part of a file is asked for, and who hears what comes.
     *
     * @param from the first byte
     * @param tag the strong entity tag of what came before it
     * @param onLink told where the file is, when the answer is a link; then no bytes come
     * @param onContent told what follows, before the first byte
     */
    public record Wanted(long from, @Nullable String tag, Consumer<URI> onLink, Consumer<FileContent> onContent) {}

    /** Asks the API, which answers with a link, or with the content at once. */
    public Flux<ByteBuffer> askApi(Attempt attempt, Wanted wanted) {
        ApiCall call = attempt.call();
        return exchange(api, attempt, wanted, (response, content) -> {
            FileResponse file = answer(call.context(), response);
            ApiResponse answer = new ApiResponse(
                    call.context(), key, response.status().code(), response.responseHeaders()::get, timing.instant());
            if (file.isRefusal()) {
                return Transport.refusal(answer, content);
            }
            Instant hold = answer.holdUntil();
            if (hold != null) {
                attempt.rateLimitReached(Duration.between(timing.instant(), hold));
            }
            return read(file, call.uri(), wanted, content);
        });
    }

    /** Asks the storage, which answers with the content, or with another link. */
    public Flux<ByteBuffer> askStorage(Attempt attempt, Wanted wanted) {
        CallContext call = attempt.context();
        URI link = attempt.call().uri();
        Flux<ByteBuffer> bytes = exchange(storage, attempt, wanted, (response, content) -> {
            FileResponse answer = answer(call, response);
            return answer.isRefusal()
                    ? Transport.beginning(content).then(Mono.error(() -> answer.refusal(timing.instant())))
                    : read(answer, link, wanted, content);
        });
        return Flux.from(observer.exchange(attempt, bytes));
    }

    private Publisher<ByteBuffer> read(FileResponse answer, URI askedAt, Wanted wanted, ByteBufFlux content) {
        if (answer.isLink()) {
            wanted.onLink().accept(answer.link(askedAt, isLocalHttpAllowed));
            return Transport.beginning(content).then(Mono.empty());
        }
        wanted.onContent().accept(answer.content(wanted.from()));
        return answer.isPastTheEnd()
                ? Transport.beginning(content).then(Mono.empty())
                : content.map(FileTransport::copy);
    }

    private Flux<ByteBuffer> exchange(
            HttpClient http,
            Attempt attempt,
            Wanted wanted,
            BiFunction<HttpClientResponse, ByteBufFlux, Publisher<ByteBuffer>> answer) {
        return Flux.defer(() -> {
            Flux<ByteBuffer> bytes = new OpenExchange(attempt)
                    .get(from(http, wanted), attempt.call().uri(), answer);
            TransportErrors errors =
                    new TransportErrors(attempt.context(), timeout, "nothing came", this::mayQuoteASecret);
            return ReadTimeout.watch(bytes, timeout, timing)
                    .onErrorMap(error -> !(error instanceof BatchExportsException), errors::map);
        });
    }

    /** The failures of a codec quote what they cannot read, which may be of the key or of a link. */
    private boolean mayQuoteASecret(Throwable error) {
        return key.appearsIn(error) || !(error instanceof IOException);
    }

    private static FileResponse answer(CallContext call, HttpClientResponse response) {
        return new FileResponse(call, response.status().code(), response.responseHeaders()::get);
    }

    private static HttpClient from(HttpClient http, Wanted wanted) {
        return wanted.from() == 0
                ? http
                : http.headers(headers -> {
                    headers.set(HttpHeaderNames.RANGE, "bytes=" + wanted.from() + "-");
                    if (wanted.tag() != null) {
                        headers.set(HttpHeaderNames.IF_RANGE, wanted.tag());
                    }
                });
    }

    /** Copies, so that subscribers have nothing to release. */
    private static ByteBuffer copy(ByteBuf piece) {
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
