package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.retry.Retry;

/** Makes a project's API calls: each in as many attempts as the policy allows, each attempt with a permit. */
public final class CallExecutor {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final Transport transport;
    private final RequestPacer pacer;
    private final RetryPolicy policy;
    private final TimeSource time;
    private final Attempt.Observer observer;

    public CallExecutor(
            Transport transport, RequestPacer pacer, RetryPolicy policy, TimeSource time, Attempt.Observer observer) {
        this.transport = transport;
        this.pacer = GuardedPacer.guard(pacer);
        this.policy = policy;
        this.time = time;
        this.observer = observer;
    }

    /** Returns the decoded value, or fails with the last attempt's error, the earlier ones suppressed in it. */
    public <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder) {
        return call(call, decoder, () -> {});
    }

    /**
     * The same, with a callback for each attempt.
     *
     * @param onAttempt runs when an attempt has its permit, before its request is sent
     */
    public <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder, Runnable onAttempt) {
        return Mono.fromDirect(stream(call, attempt -> {
            onAttempt.run();
            return transport.exchange(attempt.call(), decoder, attempt);
        }));
    }

    /**
     * The same for a call that must not arrive twice: it is retried only if it cannot have arrived, or was refused for the
     * rate limit. If that is not known it fails with an {@link ExportUnconfirmedException}.
     *
     * @param arrival possible while that is not known; once it is given up, no request is sent
     */
    public <T> Mono<T> callOnce(ApiCall call, BiFunction<InputStream, CallContext, T> decoder, Arrival arrival) {
        return Mono.fromDirect(stream(call, attempt -> {
            if (!arrival.begin()) {
                return Mono.never();
            }
            return transport
                    .exchange(attempt.call(), decoder, attempt)
                    .onErrorMap(BatchExportsException.class, failure -> {
                        if (isRefusal(failure) || cannotHaveArrived(attempt, failure)) {
                            arrival.ruleOut();
                            return failure;
                        }
                        return new ExportUnconfirmedException(failure);
                    });
        }));
    }

    /** A server may have read the request even if it resets the connection as soon as it is made. */
    private static boolean cannotHaveArrived(Attempt attempt, BatchExportsException failure) {
        Throwable cause = failure.getCause();
        boolean mayBeReset = failure instanceof TransportException
                && (cause == null || String.valueOf(cause.getMessage()).contains("reset"));
        return !attempt.isStarted() && !mayBeReset;
    }

    private static boolean isRefusal(BatchExportsException failure) {
        Integer status = failure.status();
        // A 408 may come from a proxy that has passed the request on.
        return status != null && status >= 300 && status < 500 && status != 408;
    }

    /** The same for a streamed response: once an item was delivered, an error is final. */
    public <T> Flux<T> stream(ApiCall call, Function<Attempt, Publisher<T>> exchange) {
        return Flux.defer(() -> new Execution<>(call, exchange).attempts());
    }

    /** One subscription to a call: its attempts, one after the other. */
    private final class Execution<T> {

        private final ApiCall call;
        private final Function<Attempt, Publisher<T>> exchange;

        private final EarlierFailures failures = new EarlierFailures();
        private int number;
        private long firstStart;
        private boolean delivered;

        Execution(ApiCall call, Function<Attempt, Publisher<T>> exchange) {
            this.call = call;
            this.exchange = exchange;
        }

        /** A loop, not a recursion: ten thousand attempts take no more stack than one, and a cancel reaches the current one. */
        Flux<T> attempts() {
            return Flux.defer(this::next)
                    .retryWhen(Retry.from(failed -> failed.concatMap(signal -> retryOrStop(signal.failure()))));
        }

        private Flux<T> next() {
            if (++number == 1) {
                firstStart = time.nanos();
            }
            Attempt attempt = Attempt.paced(call.withAttempt(number), pacer);
            Mono<Void> permit = attempt.acquirePermit()
                    .onErrorMap(
                            GuardedPacer.PacerFailedException.class,
                            failure -> withoutPermit(attempt, failure.reason()));
            return observer.permit(attempt, permit)
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
                // The wait for the first permit, which may be long, does not count.
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
            Duration wait = waitAfter(known, elapsed, now);
            String hold = hold(known, wait, now);
            if (wait == null) {
                if (!hold.isEmpty()) {
                    LOG.info("{}{}", known.getMessage(), hold);
                }
                failures.suppressIn(known);
                return Mono.error(known);
            }
            failures.add(known);
            LOG.info("{}{}; attempt {} follows in {} ms", known.getMessage(), hold, number + 1, wait.toMillis());
            return time.delay(wait).thenReturn(wait);
        }

        /** The source of jitter is the application's. */
        private @Nullable Duration waitAfter(BatchExportsException failure, Duration elapsed, Instant now) {
            try {
                // Not the failure's own number of attempts: a pacer may fail with an exception that it made itself.
                return policy.waitAfter(failure, number, elapsed, now);
            } catch (Error e) {
                throw ForeignCode.asException(e);
            }
        }

        /**
         * A rate-limit refusal holds every call of the project, whether this one is retried or not. Returns what to log of
         * it.
         */
        private String hold(BatchExportsException failure, @Nullable Duration wait, Instant now) {
            if (!(failure instanceof RateLimitedException limited)) {
                return "";
            }
            if (pacer instanceof LocalPacer local) {
                local.refused();
            }
            Duration hold = limited.retryAt() == null ? wait : Duration.between(now, limited.retryAt());
            if (hold == null || hold.isNegative() || hold.isZero()) {
                return "";
            }
            pacer.holdFor(hold);
            return "; all calls of the project are held for " + hold.toMillis() + " ms";
        }
    }
}
