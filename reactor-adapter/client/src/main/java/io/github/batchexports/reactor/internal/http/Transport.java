package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ApiResponse;
import io.github.batchexports.protocol.RestApiKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** One HTTP exchange: sends a call, reads the response up to a limit, and ends in a value or in one of our errors. */
public final class Transport {

    private final HttpClient http;
    private final RestApiKeys keys;
    private final Duration timeout;
    private final int maxBytes;
    private final TimeSource time;
    private final ExchangeTimeout limit;

    public Transport(
            HttpClient http, RestApiKeys keys, Duration timeout, int maxBytes, TimeSource time, ExchangeTimeout limit) {
        this.http = OpenExchange.watchedBy(http);
        this.keys = keys;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.time = time;
        this.limit = limit;
    }

    /**
     * Makes one attempt for each subscription. A cancel closes the connection; a timeout is a cancel.
     *
     * @param decoder reads the body of a success
     * @param listener hears how the exchange goes
     */
    public <T> Mono<T> exchange(
            ApiCall call, BiFunction<InputStream, CallContext, T> decoder, OpenExchange.Listener listener) {
        return Mono.defer(() -> attempt(call, decoder, listener));
    }

    private <T> Mono<T> attempt(
            ApiCall call, BiFunction<InputStream, CallContext, T> decoder, OpenExchange.Listener listener) {
        RestApiKey key = keys.next(call.context());
        Refusal refusal = new Refusal();
        return new OpenExchange(listener, key)
                .<T>make(http, call, (response, content) -> {
                    ApiResponse apiResponse = new ApiResponse(
                            call.context(),
                            key,
                            response.status().code(),
                            response.responseHeaders()::get,
                            time.instant());
                    return apiResponse.isSuccess()
                            ? success(call, apiResponse, content, decoder, listener)
                            : refusal.of(content, apiResponse::failure);
                })
                .single()
                .timeout(limit.timeUp())
                .onErrorMap(TimeoutException.class, refusal::orTimeout)
                .onErrorMap(error -> !(error instanceof BatchExportsException), error -> new TransportErrors(
                                call.context(), http, call.uri(), timeout, "no complete response", key, false)
                        .map(error));
    }

    private <T> Mono<T> success(
            ApiCall call,
            ApiResponse response,
            ByteBufFlux content,
            BiFunction<InputStream, CallContext, T> decoder,
            OpenExchange.Listener listener) {
        Instant hold = response.holdUntil();
        if (hold != null) {
            listener.rateLimitReached(Duration.between(time.instant(), hold));
        }
        return Mono.using(
                () -> new ResponseBody(ByteBufAllocator.DEFAULT, maxBytes),
                body -> content.<ByteBuf>handle((piece, sink) -> {
                            if (!body.add(piece)) {
                                sink.error(tooLarge(call.context()));
                            }
                        })
                        .then(read(body, stream -> decoder.apply(stream, call.context()))),
                ResponseBody::release);
    }

    /** A body that was released is of a cancelled exchange: nobody waits for what would come. */
    private static <T> Mono<T> read(ResponseBody body, ResponseBody.Reader<T> reader) {
        return Mono.fromCallable(() -> body.read(reader)).switchIfEmpty(Mono.never());
    }

    private MalformedResponseException tooLarge(CallContext call) {
        return new MalformedResponseException(
                call, "$", "larger than maxPageBytes, " + maxBytes + " bytes; raise it or ask for a smaller pageSize");
    }

    /** As much of a response's content as is worth reading for what it says. */
    public static Mono<byte[]> beginning(ByteBufFlux content) {
        return Mono.using(
                () -> new ResponseBody(ByteBufAllocator.DEFAULT, ApiResponse.MAX_ERROR_BYTES),
                body -> content.takeUntil(piece -> !body.add(piece))
                        .then(read(body, InputStream::readAllBytes))
                        .onErrorResume(broken -> Mono.just(new byte[0])),
                ResponseBody::release);
    }
}
