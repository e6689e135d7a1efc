package io.github.batchexports.reactor;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.protocol.Answer;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.RestApiKey;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** One HTTP exchange: sends a call, reads the answer up to a limit, and ends in a value or in one of our errors. */
final class Transport {

    /** Makes a value of an answer, which is at the beginning of an array that is used for another one afterwards. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(byte[] answer, int length, CallContext call);
    }

    private static final int FIRST_ERROR_BYTES = 1024;

    private final HttpClient http;
    private final RestApiKey key;
    private final Duration timeout;
    private final int maxBytes;
    private final Timing timing;
    private final TimeLimit limit;
    private final PageBody.Spare spare;

    Transport(HttpClient http, RestApiKey key, Duration timeout, int maxBytes, PageBody.Spare spare, Timing timing) {
        this.http = OpenExchange.watchedBy(http);
        this.key = key;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.spare = spare;
        this.timing = timing;
        this.limit = new TimeLimit(timeout, timing);
    }

    /**
     * Makes one attempt for each subscription. A cancel closes the connection; a timeout is a cancel.
     *
     * @param decoder reads the body of a success
     * @param onStart told when the request goes out
     * @param onHold told when the answer says that the project's rate is used up until a time
     */
    <T> Mono<T> exchange(ApiCall call, Decoder<T> decoder, Runnable onStart, Consumer<Instant> onHold) {
        return Mono.defer(() -> attempt(call, decoder, onHold, new OpenExchange(onStart)));
    }

    private <T> Mono<T> attempt(ApiCall call, Decoder<T> decoder, Consumer<Instant> onHold, OpenExchange exchange) {
        TransportErrors errors = new TransportErrors(call.context(), timeout, "no whole answer", key::appearsIn);
        return exchange.<T>get(http, call.uri(), (response, content) -> {
                    Answer answer = new Answer(
                            call.context(),
                            key,
                            response.status().code(),
                            response.responseHeaders()::get,
                            timing.instant());
                    return answer.isSuccess()
                            ? success(call, answer, content, decoder, onHold)
                            : refusal(answer, content);
                })
                .single()
                .timeout(limit.timeUp())
                .onErrorMap(error -> !(error instanceof BatchExportsException), errors::map);
    }

    private <T> Mono<T> success(
            ApiCall call, Answer answer, ByteBufFlux content, Decoder<T> decoder, Consumer<Instant> onHold) {
        Instant hold = answer.holdUntil();
        if (hold != null) {
            onHold.accept(hold);
        }
        PageBody body = new PageBody(spare, maxBytes);
        return content.<ByteBuf>handle((piece, sink) -> {
                    if (!body.add(piece)) {
                        sink.error(tooLarge(call.context()));
                    }
                })
                .then(Mono.fromCallable(
                        () -> body.read((bytes, length) -> decoder.decode(bytes, length, call.context()))));
    }

    private MalformedResponseException tooLarge(CallContext call) {
        return new MalformedResponseException(
                call, "$", "larger than maxPageBytes, " + maxBytes + " bytes; raise it or ask for a smaller pageSize");
    }

    static <T> Mono<T> refusal(Answer answer, ByteBufFlux content) {
        return beginning(content).flatMap(bytes -> Mono.error(answer.failure(bytes)));
    }

    /** As much of an answer's content as is worth reading for what it says. */
    static Mono<byte[]> beginning(ByteBufFlux content) {
        return Mono.defer(() -> {
            PageBody body = new PageBody(new PageBody.Spare(FIRST_ERROR_BYTES), Answer.MAX_ERROR_BYTES);
            return content.takeUntil(piece -> !body.add(piece))
                    .then(Mono.fromCallable(() -> body.read(Arrays::copyOf)))
                    .onErrorResume(broken -> Mono.just(new byte[0]));
        });
    }
}
