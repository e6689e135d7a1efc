package io.github.batchexports;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Options for watching exports: which are reported, and how often they are polled. Immutable. */
public final class WatchOptions {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Duration interval;
    private final Predicate<ExportRequest> filter;
    private final boolean emitInitial;
    private final Duration fullSweepEvery;
    private final @Nullable Consumer<? super PollResult> onPoll;

    private WatchOptions(Builder builder) {
        this.interval = builder.interval;
        this.filter = builder.filter;
        this.emitInitial = builder.emitInitial;
        this.fullSweepEvery = builder.fullSweepEvery;
        this.onPoll = builder.onPoll;
    }

    /** Returns a builder with the defaults: every export, a poll every 30 seconds, the whole list every hour. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the time from the start of one poll to the start of the next, 1 s to 1 day. */
    public Duration interval() {
        return interval;
    }

    /**
     * Returns the predicate on exports. A change is delivered if the export matches before or after it; a snapshot
     * contains the exports that match.
     */
    public Predicate<ExportRequest> filter() {
        return filter;
    }

    /** Returns whether the exports that exist when the watch begins are delivered, as {@code INITIAL} changes. */
    public boolean emitInitial() {
        return emitInitial;
    }

    /** Returns the time after which a poll reads the whole list, 1 s to 1 day. */
    public Duration fullSweepEvery() {
        return fullSweepEvery;
    }

    /** Returns the listener for polls; null if failed polls are logged instead. */
    public @Nullable Consumer<? super PollResult> onPoll() {
        return onPoll;
    }

    @Override
    public String toString() {
        return "WatchOptions[interval=" + interval + ", emitInitial=" + emitInitial + ", fullSweepEvery="
                + fullSweepEvery + "]";
    }

    /** Builds {@link WatchOptions}. Not thread-safe. */
    public static final class Builder {

        private Duration interval = Duration.ofSeconds(30);
        private Predicate<ExportRequest> filter = ExportFilters.any();
        private boolean emitInitial = true;
        private Duration fullSweepEvery = Duration.ofHours(1);
        private @Nullable Consumer<? super PollResult> onPoll;

        private Builder() {}

        /**
         * Sets the time from the start of one poll to the start of the next, 1 s to 1 day; 30 s by default. A poll costs
         * one call while all exports that are not final are on the first page of the list, and at most one more for each
         * that is further down.
         *
         * @throws IllegalArgumentException if it is null or outside that range
         */
        public Builder interval(Duration duration) {
            this.interval = checked("interval", duration);
            return this;
        }

        /**
         * Sets which exports are delivered, such as those of {@link ExportFilters#status}; all by default. The predicate
         * is tested on an export's previous state and on its new one: a change is delivered if either matches, so that a
         * watch of {@code RUNNING} exports shows how each ended. A snapshot contains the exports that match. The
         * predicate must not block; an exception that it throws fails its own subscription only.
         *
         * @throws IllegalArgumentException if it is null
         */
        public Builder filter(Predicate<ExportRequest> predicate) {
            this.filter = Arguments.notNull("filter", predicate);
            return this;
        }

        /**
         * Sets whether the exports that exist when the watch begins are delivered; true by default. If false, changes are
         * not delivered either until the first poll that starts after the watch began has completed: until then, a change
         * cannot be told from an export that existed before.
         */
        public Builder emitInitial(boolean emit) {
            this.emitInitial = emit;
            return this;
        }

        /**
         * Sets the time after which a poll reads the whole list, 1 s to 1 day; 1 hour by default. A full sweep finds what
         * other polls do not read: changes of exports that were final or whose status had not changed for a day, exports
         * listed out of order, and exports that are no longer listed. It costs one call per 100 exports.
         *
         * @throws IllegalArgumentException if it is null or outside that range
         */
        public Builder fullSweepEvery(Duration duration) {
            this.fullSweepEvery = checked("fullSweepEvery", duration);
            return this;
        }

        /**
         * Sets the listener for polls. It is called after each poll of the watch, whether it succeeded or failed. It must
         * not block; an exception that it throws fails its own subscription only. After a transient failure the next poll
         * tries again.
         *
         * <p>By default, transient failures are logged as warnings, the first of a row and then less and less often, and
         * so is the recovery.
         *
         * @throws IllegalArgumentException if it is null
         */
        public Builder onPoll(Consumer<? super PollResult> listener) {
            this.onPoll = Arguments.notNull("onPoll", listener);
            return this;
        }

        private static Duration checked(String option, Duration value) {
            Arguments.notNull(option, value);
            if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " must be between 1 second and 1 day: " + value);
            }
            return value;
        }

        /** Builds the options. The builder can be used again. */
        public WatchOptions build() {
            return new WatchOptions(this);
        }
    }
}
