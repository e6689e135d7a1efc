package io.github.batchexports.policy;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ErrorResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a failed call is retried. Only {@linkplain BatchExportsException#isTransient() transient}
 * failures are retried, with at most {@code maxAttempts} attempts in all, after a random part of a delay that doubles
 * with each attempt ("full jitter"). A time that the server asks for, such as {@code Retry-After}, replaces that delay.
 * No retry is planned later than {@code maxElapsed} after the first attempt; it may then still wait for its permit.
 *
 * <p>Immutable; thread-safe if its source of jitter is.
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

    /** Returns the default policy: five attempts, delays of up to 0.5 s, 1 s, 2 s and 4 s, planned within two minutes. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** Returns the policy that never retries: one attempt. */
    public static RetryPolicy none() {
        return builder().maxAttempts(1).build();
    }

    /** Returns a builder with the {@linkplain #defaults() defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how long to wait before the next attempt.
     *
     * @param failure the failure of the last attempt, with the number of
     *     {@linkplain BatchExportsException#attempts attempts}
     * @param elapsed time since the start of the first attempt
     * @param now current time, to compare with the time that the server asks for
     * @return the wait, zero or more; null to stop
     */
    public @Nullable Duration waitAfter(BatchExportsException failure, Duration elapsed, Instant now) {
        return waitAfter(failure, failure.attempts(), elapsed, now);
    }

    /**
     * Returns how long to wait before the next attempt, for a failure that does not have the number of attempts.
     *
     * @param failure the failure of the last attempt
     * @param attempts number of attempts made, from 1
     * @param elapsed time since the start of the first attempt
     * @param now current time, to compare with the time that the server asks for
     * @return the wait, zero or more; null to stop
     */
    public @Nullable Duration waitAfter(BatchExportsException failure, int attempts, Duration elapsed, Instant now) {
        if (!failure.isTransient() || attempts >= maxAttempts) {
            return null;
        }
        ErrorResponse response = failure.response();
        Duration wait = response == null || response.retryAt() == null
                ? backoff(attempts)
                : notNegative(Duration.between(now, response.retryAt()));
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

    /** Builds a {@link RetryPolicy}. Not thread-safe. */
    public static final class Builder {

        private int maxAttempts = 5;
        private Duration firstDelay = Duration.ofMillis(500);
        private Duration maxDelay = Duration.ofSeconds(30);
        private Duration maxElapsed = Duration.ofMinutes(2);
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /**
         * Sets the maximum number of attempts at one call, the first included; 5 by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("maxAttempts must be 1 or more, the first included: " + attempts);
            }
            this.maxAttempts = attempts;
            return this;
        }

        /**
         * Sets the maximum delay before the second attempt, which doubles for each later one; 500 ms by default.
         *
         * @throws IllegalArgumentException if it is null, negative or longer than 1 day
         */
        public Builder firstDelay(Duration delay) {
            this.firstDelay = checked("firstDelay", delay);
            return this;
        }

        /**
         * Sets the limit of the doubling delay; 30 s by default. It does not limit a time that the server asks for.
         *
         * @throws IllegalArgumentException if it is null, negative or longer than 1 day
         */
        public Builder maxDelay(Duration delay) {
            this.maxDelay = checked("maxDelay", delay);
            return this;
        }

        /**
         * Sets the time since the first attempt after which no retry is planned; 2 minutes by default. One that was planned
         * may still wait for its permit.
         *
         * @throws IllegalArgumentException if it is null, negative or longer than 1 day
         */
        public Builder maxElapsed(Duration elapsed) {
            this.maxElapsed = checked("maxElapsed", elapsed);
            return this;
        }

        /**
         * Sets the source of jitter: the part of a delay that is waited, 0 to 1, with values outside clamped. Random by
         * default, so that clients do not retry all at once. It is called from any thread and must not block.
         *
         * @throws IllegalArgumentException if it is null
         */
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

        /** Builds the policy. The builder can be used again. */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
