package io.github.batchexports.policy;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ErrorResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a failed call is made again. Only failures that are {@linkplain BatchExportsException#isTransient() transient} are
 * retried, at most {@code maxAttempts} in all, after a random part of a delay that doubles ("full jitter"). The server's
 * {@code Retry-After} wins over that delay. Nothing is retried past {@code maxElapsed}.
 *
 * <p>Immutable and thread-safe, as far as the source of jitter is.
 */
public final class RetryPolicy {

    private static final RetryPolicy DEFAULTS = builder().build();

    private final int maxAttempts;
    private final Duration firstDelay;
    private final Duration maxDelay;
    private final Duration maxElapsed;
    private final DoubleSupplier jitter;

    private RetryPolicy(Builder builder) {
        this.maxAttempts = builder.maxAttempts;
        this.firstDelay = builder.firstDelay;
        this.maxDelay = builder.maxDelay;
        this.maxElapsed = builder.maxElapsed;
        this.jitter = builder.jitter;
    }

    /** Five attempts, delays up to 0.5 s, 1 s, 2 s and 4 s, at most two minutes in all. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return builder().maxAttempts(1).build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failure how the last attempt ended; it knows which one that was
     * @param elapsed how long ago the first attempt was made
     * @param now the time, to compare with the server's
     * @return the wait, zero or more, or null to stop
     */
    public @Nullable Duration waitAfter(BatchExportsException failure, Duration elapsed, Instant now) {
        return waitAfter(failure, failure.attempts(), elapsed, now);
    }

    /** The same for a failure that does not know how many attempts there were. */
    public @Nullable Duration waitAfter(BatchExportsException failure, int attempts, Duration elapsed, Instant now) {
        if (!failure.isTransient() || attempts >= maxAttempts) {
            return null;
        }
        ErrorResponse answer = failure.response();
        Duration wait = answer == null || answer.retryAt() == null
                ? backoff(attempts)
                : notNegative(Duration.between(now, answer.retryAt()));
        return elapsed.plus(wait).compareTo(maxElapsed) > 0 ? null : wait;
    }

    private Duration backoff(int attempt) {
        double doubled = (double) firstDelay.toNanos() * Math.pow(2, attempt - 1.0);
        double ceiling = Math.min(doubled, (double) maxDelay.toNanos());
        double part = Math.max(0, Math.min(jitter.getAsDouble(), 1));
        return Duration.ofNanos((long) (ceiling * part));
    }

    private static Duration notNegative(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", firstDelay=" + firstDelay + ", maxDelay=" + maxDelay
                + ", maxElapsed=" + maxElapsed + "]";
    }

    /** Collects the options of a policy. */
    public static final class Builder {

        private int maxAttempts = 5;
        private Duration firstDelay = Duration.ofMillis(500);
        private Duration maxDelay = Duration.ofSeconds(30);
        private Duration maxElapsed = Duration.ofMinutes(2);
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /** Attempts at one call in all, the first included; 1 or more, by default 5. */
        public Builder maxAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("maxAttempts must be 1 or more, the first included: " + attempts);
            }
            this.maxAttempts = attempts;
            return this;
        }

        /** The most that is waited before the second attempt, doubled for each one after; by default 500 ms. */
        public Builder firstDelay(Duration delay) {
            this.firstDelay = checked("firstDelay", delay);
            return this;
        }

        /** Where the doubling ends; by default 30 s. */
        public Builder maxDelay(Duration delay) {
            this.maxDelay = checked("maxDelay", delay);
            return this;
        }

        /** The time from the first attempt after which none is started; by default 2 minutes. */
        public Builder maxElapsed(Duration elapsed) {
            this.maxElapsed = checked("maxElapsed", elapsed);
            return this;
        }

        /** Which part of a delay is waited, 0 to 1; by default random, so that clients do not come back all at once. */
        public Builder jitter(DoubleSupplier source) {
            if (source == null) {
                throw new IllegalArgumentException("jitter is null");
            }
            this.jitter = source;
            return this;
        }

        private static Duration checked(String option, Duration value) {
            if (value == null) {
                throw new IllegalArgumentException(option + " is null");
            }
            if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(option + " must be between 0 and 1 day: " + value);
            }
            return value;
        }

        /** The policy. */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
