package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ApiResponse;
import io.github.batchexports.protocol.FileResponse;
import io.github.batchexports.protocol.RestApiKey;
import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.http.OpenExchange;
import io.github.batchexports.reactor.internal.http.Refusal;
import io.github.batchexports.reactor.internal.http.RestApiKeys;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import io.github.batchexports.reactor.internal.http.TransportErrors;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One HTTP exchange for a file, with the API or with the storage that it links to. Bytes are read from the socket on
 * demand, and passed on as they arrive. The storage gets neither the API's headers nor a connection of its pool.
 */
public final class FileTransport {

    private final HttpClient api;
    private final HttpClient storage;
    private final boolean isLocalHttpAllowed;
    private final RestApiKeys keys;
    private final Duration timeout;
    private final TimeSource time;
    private final Attempt.Observer observer;

    /**
     * Creates a transport over these two clients.
     *
     * @param isLocalHttpAllowed whether a link may point at plain {@code http} on this machine
     * @param timeout the maximum gap between chunks while demand is outstanding
     */
    public FileTransport(
            HttpClient api,
            HttpClient storage,
            boolean isLocalHttpAllowed,
            RestApiKeys keys,
            Duration timeout,
            TimeSource time,
            Attempt.Observer observer) {
        this.api = OpenExchange.watchedBy(api);
        this.storage = OpenExchange.watchedBy(storage);
        this.isLocalHttpAllowed = isLocalHttpAllowed;
        this.keys = keys;
        this.timeout = timeout;
        this.time = time;
        this.observer = observer;
    }

    /**
     * The part of a file to request: everything from one position on.
     *
     * @param from the position of the first byte, from 0
     * @param tag the strong entity tag of the content before it; null if there is none
     */
    record Range(long from, @Nullable String tag) {}

    /** Requests the file from the API, which responds with a link, or with the content itself. */
    Flux<FilePart> fetchFromApi(Attempt attempt, Range range) {
        ApiCall call = attempt.call();
        return Flux.defer(() -> {
            RestApiKey key = keys.next(call.context());
            return exchange(
                    api,
                    attempt,
                    range,
                    key,
                    (response, content, refusal) -> readApiResponse(attempt, range, key, response, content, refusal));
        });
    }

    private Publisher<FilePart> readApiResponse(
            Attempt attempt,
            Range range,
            RestApiKey key,
            HttpClientResponse response,
            ByteBufFlux content,
            Refusal refusal) {
        ApiCall call = attempt.call();
        FileResponse file = fileResponse(call.context(), response);
        ApiResponse apiResponse = new ApiResponse(
                call.context(), key, response.status().code(), response.responseHeaders()::get, time.instant());
        if (file.isRefusal()) {
            return refusal.of(content, apiResponse::failure);
        }
        Instant hold = apiResponse.holdUntil();
        if (hold != null) {
            attempt.rateLimitReached(Duration.between(time.instant(), hold));
        }
        return read(file, call.uri(), range, content);
    }

    /** Requests the file from the storage, which responds with the content, or with another link. */
    Flux<FilePart> fetchFromStorage(Attempt attempt, Range range) {
        CallContext call = attempt.context();
        URI link = attempt.call().uri();
        Flux<FilePart> parts = exchange(storage, attempt, range, null, (response, content, refusal) -> {
            FileResponse file = fileResponse(call, response);
            Instant now = time.instant();
            return file.isRefusal() ? refusal.of(content, body -> file.refusal(now)) : read(file, link, range, content);
        });
        return Flux.from(observer.exchange(attempt, parts));
    }

    private Publisher<FilePart> read(FileResponse response, URI requestedAt, Range range, ByteBufFlux content) {
        if (response.isLink()) {
            FilePart link = new FilePart.Link(response.link(requestedAt, isLocalHttpAllowed));
            return Transport.beginning(content).thenReturn(link);
        }
        FilePart start = new FilePart.Start(response.content(range.from()));
        return response.isPastTheEnd()
                ? Transport.beginning(content).thenReturn(start)
                : Flux.just(start).concatWith(content.map(FileTransport::copy));
    }

    /** Gives the parts of the file in a response, or the refusal of the exchange. */
    private interface Reader {
        Publisher<FilePart> read(HttpClientResponse response, ByteBufFlux content, Refusal refusal);
    }

    private Flux<FilePart> exchange(
            HttpClient http, Attempt attempt, Range range, @Nullable RestApiKey key, Reader reader) {
        return Flux.defer(() -> {
            Refusal refusal = new Refusal();
            Flux<FilePart> parts = new OpenExchange(attempt, key)
                    .make(
                            withRange(http, range),
                            attempt.call(),
                            (response, content) -> reader.read(response, content, refusal));
            TransportErrors errors = new TransportErrors(
                    attempt.context(),
                    http,
                    attempt.call().uri(),
                    timeout,
                    "no data",
                    key == null ? keys.last() : key,
                    true);
            return ReadTimeout.watch(parts, timeout, time)
                    .onErrorMap(TimeoutException.class, refusal::orTimeout)
                    .onErrorMap(error -> !(error instanceof BatchExportsException), errors::map);
        });
    }

    private static FileResponse fileResponse(CallContext call, HttpClientResponse response) {
        return new FileResponse(call, response.status().code(), response.responseHeaders()::get);
    }

    private static HttpClient withRange(HttpClient http, Range range) {
        return range.from() == 0
                ? http
                : http.headers(headers -> {
                    headers.set(HttpHeaderNames.RANGE, "bytes=" + range.from() + "-");
                    if (range.tag() != null) {
                        headers.set(HttpHeaderNames.IF_RANGE, range.tag());
                    }
                });
    }

    /** Copies, so that subscribers have nothing to release. */
    private static FilePart copy(ByteBuf piece) {
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        return new FilePart.Bytes(ByteBuffer.wrap(bytes));
    }
}
