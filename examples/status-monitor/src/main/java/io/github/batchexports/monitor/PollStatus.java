package io.github.batchexports.monitor;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.monitor.ExportWatch.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a page shows is what the API has, and why not.
 *
 * @param failure the API's own one line, which never has the key
 * @param listedAt how old the list is
 * @param heldUntil before when the API wants no calls, if it said so
 */
record PollStatus(
        Kind kind,
        @Nullable String failure,
        @Nullable Instant listedAt,
        @Nullable Instant heldUntil) {

    enum Kind {
        STARTING,
        LIVE,
        DELAYED,
        HELD,
        REFUSED,
        FAILING
    }

    /** A poll that takes its time is no failure, and may be held by the API or by other processes. */
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(15);

    static PollStatus of(State state, Duration interval, Instant now) {
        RuntimeException failure = state.failure();
        Instant heldUntil = failure instanceof RateLimitedException limited ? limited.retryAt() : null;
        return new PollStatus(
                kind(state, interval, now), failure == null ? null : failure.getMessage(), state.listedAt(), heldUntil);
    }

    private static Kind kind(State state, Duration interval, Instant now) {
        RuntimeException failure = state.failure();
        if (failure == null) {
            // A poll's list comes before its end.
            if (state.exports() == null || state.listedAt() == null) {
                return Kind.STARTING;
            }
            return now.isBefore(state.listedAt().plus(interval).plus(POLL_TIMEOUT)) ? Kind.LIVE : Kind.DELAYED;
        }
        if (failure instanceof AuthenticationException || failure instanceof PermissionException) {
            return Kind.REFUSED;
        }
        return failure instanceof RateLimitedException ? Kind.HELD : Kind.FAILING;
    }
}
