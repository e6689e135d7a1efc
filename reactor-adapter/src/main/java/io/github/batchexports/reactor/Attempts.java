package io.github.batchexports.reactor;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** One call, in as many attempts as the policy allows, each of them in its turn. */
final class Attempts {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final Transport transport;
    private final Turns pacer;
    private final RetryPolicy policy;
    private final Timing timing;

    Attempts(Transport transport, Turns pacer, RetryPolicy policy, Timing timing) {
        this.transport = transport;
        this.pacer = pacer;
        this.policy = policy;
        this.timing = timing;
    }

    /** The value, or the error of the last attempt with the ones before suppressed. */
    <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder) {
        return Mono.defer(() -> new Run<>(call, decoder).attempt(1));
    }

    /** What one subscription remembers from attempt to attempt. */
    private final class Run<T> {

        private final ApiCall call;
        private final BiFunction<InputStream, CallContext, T> decoder;
        private final List<BatchExportsException> failures = new ArrayList<>(0);
        private long firstStart;

        Run(ApiCall call, BiFunction<InputStream, CallContext, T> decoder) {
            this.call = call;
            this.decoder = decoder;
        }

        Mono<T> attempt(int number) {
            Turn turn = new Turn(pacer);
            return pacer.awaitTurn()
                    .doOnSuccess(nothing -> turn.taken())
                    .then(Mono.defer(() -> start(number, turn)))
                    .doFinally(end -> turn.ended())
                    .onErrorResume(BatchExportsException.class, failure -> retryOrStop(number, failure));
        }

        private Mono<T> start(int number, Turn turn) {
            long start = timing.nanos();
            if (number == 1) {
                firstStart = start;
            }
            Mono<T> exchange = transport.exchange(call.withAttempt(number), decoder, turn::started, pacer::holdUntil);
            return LOG.isDebugEnabled() ? exchange.doOnTerminate(() -> log(number, start)) : exchange;
        }

        private void log(int number, long start) {
            LOG.debug(
                    "{}: attempt {} took {} ms",
                    call.context().operation(),
                    number,
                    Duration.ofNanos(timing.nanos() - start).toMillis());
        }

        private Mono<T> retryOrStop(int number, BatchExportsException failure) {
            Instant now = timing.instant();
            Duration elapsed = Duration.ofNanos(timing.nanos() - firstStart);
            Duration wait = policy.waitAfter(failure, elapsed, now);
            hold(failure, wait, now);
            if (wait == null) {
                failures.forEach(failure::addSuppressed);
                return Mono.error(failure);
            }
            failures.add(failure);
            LOG.debug("{}; next attempt in {} ms", failure.getMessage(), wait.toMillis());
            return Mono.delay(wait, timing.scheduler()).then(Mono.defer(() -> attempt(number + 1)));
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
