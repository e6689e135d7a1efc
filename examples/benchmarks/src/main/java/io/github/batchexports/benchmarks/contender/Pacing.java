package io.github.batchexports.benchmarks.contender;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What an application puts around the call of a page when a server limits its rate, with what Reactor has. */
public enum Pacing {
    /** Nothing. */
    NONE,
    /** {@code Retry.backoff} on 429, from the distance of two calls on. */
    BACKOFF,
    /** The same, and every page but the first waits for that distance. */
    DELAY;

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

    <T> Mono<T> around(Mono<T> call, @Nullable String from, Target target, Predicate<? super Throwable> refused) {
        if (this == NONE) {
            return call;
        }
        Duration distance = Duration.ofNanos((long) (1e9 / target.requestsPerSecond()));
        Mono<T> retried = call.retryWhen(Retry.backoff(Long.MAX_VALUE, distance)
                .maxBackoff(LONGEST_BACKOFF)
                .filter(refused));
        return this == DELAY && from != null ? retried.delaySubscription(distance) : retried;
    }
}
