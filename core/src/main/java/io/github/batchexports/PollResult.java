package io.github.batchexports;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one poll of a watch did, and how it ended. All watches of one client and project share their polls. Immutable. */
public final class PollResult {

    private final Instant startedAt;
    private final Duration duration;
    private final int calls;
    private final int pages;
    private final int changes;
    private final @Nullable RuntimeException failure;

    private PollResult(Builder builder) {
        if (builder.startedAt == null) {
            throw new IllegalArgumentException("startedAt is required");
        }
        this.startedAt = builder.startedAt;
        this.duration = builder.duration;
        this.calls = builder.calls;
        this.pages = builder.pages;
        this.changes = builder.changes;
        this.failure = builder.failure;
    }

    /** Returns a builder; {@code startedAt} is required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the time at which the poll began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns how long the poll took, waiting for permits and retries included. */
    public Duration duration() {
        return duration;
    }

    /** Returns the number of calls to the API, retries included. Pages from a {@code PollCache} cost none. */
    public int calls() {
        return calls;
    }

    /** Returns the number of pages of the list that were read, from the API or from a {@code PollCache}. */
    public int pages() {
        return pages;
    }

    /** Returns the number of exports found to be new, changed or removed, before any filter. */
    public int changes() {
        return changes;
    }

    /** Returns whether the poll completed; false if it failed. */
    public boolean isSuccess() {
        return failure == null;
    }

    /** Returns why the poll failed, in most cases a {@code BatchExportsException}; null if it succeeded. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PollResult that
                        && startedAt.equals(that.startedAt)
                        && duration.equals(that.duration)
                        && calls == that.calls
                        && pages == that.pages
                        && changes == that.changes
                        && Objects.equals(failure, that.failure));
    }

    @Override
    public int hashCode() {
        return Objects.hash(startedAt, duration, calls, pages, changes, failure);
    }

    @Override
    public String toString() {
        return "PollResult[startedAt=" + startedAt + ", duration=" + duration + ", calls=" + calls + ", pages=" + pages
                + ", changes=" + changes + ", failure=" + failure + "]";
    }

    /** Builds a {@link PollResult}, for instance to test a listener. Not thread-safe. */
    public static final class Builder {

        private @Nullable Instant startedAt;
        private Duration duration = Duration.ZERO;
        private int calls;
        private int pages;
        private int changes;
        private @Nullable RuntimeException failure;

        private Builder() {}

        /** Sets the time at which the poll began. Required. */
        public Builder startedAt(Instant startedAt) {
            this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
            return this;
        }

        /** Sets how long the poll took; zero by default. */
        public Builder duration(Duration duration) {
            this.duration = Objects.requireNonNull(duration, "duration");
            return this;
        }

        /** Sets the number of calls; 0 by default. */
        public Builder calls(int calls) {
            this.calls = calls;
            return this;
        }

        /** Sets the number of pages; 0 by default. */
        public Builder pages(int pages) {
            this.pages = pages;
            return this;
        }

        /** Sets the number of changes; 0 by default. */
        public Builder changes(int changes) {
            this.changes = changes;
            return this;
        }

        /** Sets why the poll failed; null, the default, for a success. */
        public Builder failure(@Nullable RuntimeException failure) {
            this.failure = failure;
            return this;
        }

        /**
         * Builds the result. The builder can be used again.
         *
         * @throws IllegalArgumentException if {@code startedAt} is not set
         */
        public PollResult build() {
            return new PollResult(this);
        }
    }
}
