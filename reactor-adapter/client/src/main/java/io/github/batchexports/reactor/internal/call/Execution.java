package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.retry.Retry;

/** One subscription to a call: its attempts, one after the other. */
final class Execution<T> {

    /** How many earlier failures the last one has as suppressed ones: the first, and those right before it. */
    private static final int MAX_SUPPRESSED = 5;

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final ApiCall call;
    private final Function<Attempt, Publisher<T>> exchange;
    private final RequestPacer pacer;
    private final RetryPolicy policy;
    private final TimeSource time;
    private final AttemptObserver observer;

    private final List<BatchExportsException> failures = new ArrayList<>(0);
    private int number;
    private long firstStart;
    private boolean delivered;

    Execution(
            ApiCall call,
            Function<Attempt, Publisher<T>> exchange,
            RequestPacer pacer,
            RetryPolicy policy,
            TimeSource time,
            AttemptObserver observer) {
        this.call = call;
        this.exchange = exchange;
        this.pacer = pacer;
        this.policy = policy;
        this.time = time;
        this.observer = observer;
    }

    /** A loop, not a recursion: ten thousand attempts take no more stack than one, and a cancel reaches the current one. */
    Flux<T> attempts() {
        return Flux.defer(this::next)
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> retryOrStop(signal.failure()))));
    }

    private Flux<T> next() {
        number++;
        Attempt attempt = Attempt.paced(call.withAttempt(number), pacer);
        return observer.permit(attempt, attempt.acquirePermit())
                .onErrorMap(PacerFailedException.class, failure -> withoutPermit(attempt, failure.reason()))
                .thenMany(Flux.defer(() -> start(attempt)))
                .doOnNext(item -> delivered = true)
                .doFinally(end -> attempt.end());
    }

    private static Throwable withoutPermit(Attempt attempt, Throwable failure) {
        if (failure instanceof BatchExportsException known) {
            return known;
        }
        String message = failure.getMessage();
        return new PacerException(
                attempt.context(), message == null ? failure.getClass().getSimpleName() : message, failure);
    }

    private Publisher<T> start(Attempt attempt) {
        long start = time.nanos();
        if (number == 1) {
            firstStart = start;
        }
        Publisher<T> response = observer.exchange(attempt, exchange.apply(attempt));
        return LOG.isDebugEnabled() ? Flux.from(response).doOnTerminate(() -> log(attempt, start)) : response;
    }

    private void log(Attempt attempt, long start) {
        LOG.debug(
                "{}: attempt {} took {} ms",
                attempt.context().operation(),
                attempt.context().attempt(),
                Duration.ofNanos(time.nanos() - start).toMillis());
    }

    private Mono<?> retryOrStop(Throwable failure) {
        if (delivered || !(failure instanceof BatchExportsException known)) {
            return Mono.error(failure);
        }
        Instant now = time.instant();
        Duration elapsed = Duration.ofNanos(time.nanos() - firstStart);
        Duration wait = policy.waitAfter(known, elapsed, now);
        hold(known, wait, now);
        if (wait == null) {
            failures.forEach(known::addSuppressed);
            return Mono.error(known);
        }
        if (failures.size() == MAX_SUPPRESSED) {
            failures.remove(1);
        }
        failures.add(known);
        LOG.info("{}; attempt {} follows in {} ms", known.getMessage(), number + 1, wait.toMillis());
        return time.delay(wait).thenReturn(wait);
    }

    /** A rate-limit refusal holds every call of the project, whether this one is retried or not. */
    private void hold(BatchExportsException failure, @Nullable Duration wait, Instant now) {
        if (failure instanceof RateLimitedException limited) {
            if (pacer instanceof LocalPacer local) {
                local.refused();
            }
            Duration hold = limited.retryAt() == null ? wait : Duration.between(now, limited.retryAt());
            if (hold != null && !hold.isNegative() && !hold.isZero()) {
                LOG.info("{}; all calls of the project are held for {} ms", failure.getMessage(), hold.toMillis());
                pacer.holdFor(hold);
            }
        }
    }
}
