package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** One call, in as many attempts as the policy allows, each of them in its turn. */
public final class CallExecutor {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final Transport transport;
    private final Turns pacer;
    private final RetryPolicy policy;
    private final TimeSource timing;
    private final AttemptObserver observer;

    public CallExecutor(
            Transport transport, Turns pacer, RetryPolicy policy, TimeSource timing, AttemptObserver observer) {
        this.transport = transport;
        this.pacer = pacer;
        this.policy = policy;
        this.timing = timing;
        this.observer = observer;
    }

    /** Makes one attempt for each subscription. */
    @FunctionalInterface
    public interface Exchange<T> {

        /**
         * The attempt.
         *
         * @param onStart to be told when the request goes out
         * @param onHold to be told when the answer says that the project's rate is used up until a time
         */
        Publisher<T> attempt(ApiCall call, Runnable onStart, Consumer<Instant> onHold);
    }

    /** The value, or the error of the last attempt with the ones before suppressed. */
    public <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder) {
        return Mono.fromDirect(
                stream(call, (attempt, onStart, onHold) -> transport.exchange(attempt, decoder, onStart, onHold)));
    }

    /** The same for what comes in pieces: once one of them was delivered, an error is final. */
    public <T> Flux<T> stream(ApiCall call, Exchange<T> exchange) {
        return Flux.defer(() -> new Run<>(call, exchange).attempt(1));
    }

    /** What one subscription remembers from attempt to attempt. */
    private final class Run<T> {

        private final ApiCall call;
        private final Exchange<T> exchange;
        private final List<BatchExportsException> failures = new ArrayList<>(0);
        private long firstStart;
        private boolean delivered;

        Run(ApiCall call, Exchange<T> exchange) {
            this.call = call;
            this.exchange = exchange;
        }

        Flux<T> attempt(int number) {
            Turn turn = new Turn(pacer);
            ApiCall attempt = call.withAttempt(number);
            return observer.turn(attempt.context(), pacer.awaitTurn())
                    .doOnSuccess(nothing -> turn.taken())
                    .thenMany(Flux.defer(() -> start(attempt, number, turn)))
                    .doOnNext(item -> delivered = true)
                    .doFinally(end -> turn.ended())
                    .onErrorResume(BatchExportsException.class, failure -> retryOrStop(number, failure));
        }

        private Publisher<T> start(ApiCall attempt, int number, Turn turn) {
            long start = timing.nanos();
            if (number == 1) {
                firstStart = start;
            }
            Publisher<T> answer =
                    observer.exchange(attempt.context(), exchange.attempt(attempt, turn::started, pacer::holdUntil));
            return LOG.isDebugEnabled() ? Flux.from(answer).doOnTerminate(() -> log(number, start)) : answer;
        }

        private void log(int number, long start) {
            LOG.debug(
                    "{}: attempt {} took {} ms",
                    call.context().operation(),
                    number,
                    Duration.ofNanos(timing.nanos() - start).toMillis());
        }

        private Flux<T> retryOrStop(int number, BatchExportsException failure) {
            if (delivered) {
                return Flux.error(failure);
            }
            Instant now = timing.instant();
            Duration elapsed = Duration.ofNanos(timing.nanos() - firstStart);
            Duration wait = policy.waitAfter(failure, elapsed, now);
            hold(failure, wait, now);
            if (wait == null) {
                failures.forEach(failure::addSuppressed);
                return Flux.error(failure);
            }
            failures.add(failure);
            LOG.debug("{}; next attempt in {} ms", failure.getMessage(), wait.toMillis());
            return Mono.delay(wait, timing.scheduler()).thenMany(Flux.defer(() -> attempt(number + 1)));
        }

        /** A refusal for the rate holds everyone back, whether this call goes on or not. */
        private void hold(BatchExportsException failure, @Nullable Duration wait, Instant now) {
            if (failure instanceof RateLimitedException limited) {
                Instant until = limited.retryAt() != null ? limited.retryAt() : wait != null ? now.plus(wait) : now;
                pacer.holdUntil(until);
            }
        }
    }
}
