package io.github.batchexports;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Options for awaiting an export: how often it is viewed, and which state ends the wait. Immutable. */
public final class AwaitOptions {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final @Nullable Duration interval;
    private final Predicate<ExportRequest> until;

    private AwaitOptions(Builder builder) {
        this.interval = builder.interval;
        this.until = builder.until;
    }

    /** Returns a builder with the defaults: until the status is final, viewed at intervals of 5, 10, 20 and then 30 s. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the time between two calls, 1 ms to 1 day; null for the default: 5, 10, 20 and then 30 s. */
    public @Nullable Duration interval() {
        return interval;
    }

    /** Returns the predicate that ends the wait once the export matches it. */
    public Predicate<ExportRequest> until() {
        return until;
    }

    @Override
    public String toString() {
        return "AwaitOptions[interval=" + interval + "]";
    }

    /** Builds {@link AwaitOptions}. Not thread-safe. */
    public static final class Builder {

        private @Nullable Duration interval;
        private Predicate<ExportRequest> until = ExportRequest::isFinal;

        private Builder() {}

        /**
         * Sets the time between two calls, 1 ms to 1 day. By default it is 5 s, then 10 s, 20 s, and 30 s from then on.
         *
         * @throws IllegalArgumentException if it is null or outside that range
         */
        public Builder interval(Duration duration) {
            Arguments.notNull("interval", duration);
            if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("interval must be between 1 ms and 1 day: " + duration);
            }
            this.interval = duration;
            return this;
        }

        /**
         * Sets the predicate that ends the wait once the export matches it; {@link ExportRequest#isFinal} by default. It
         * is tested after each call and must not block; an exception that it throws fails the wait. If an export with a
         * final status does not match, the wait never ends, since such an export does not change any more.
         *
         * @throws IllegalArgumentException if it is null
         */
        public Builder until(Predicate<ExportRequest> predicate) {
            this.until = Arguments.notNull("until", predicate);
            return this;
        }

        /** Builds the options. The builder can be used again. */
        public AwaitOptions build() {
            return new AwaitOptions(this);
        }
    }
}
