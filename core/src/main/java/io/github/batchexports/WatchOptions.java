package io.github.batchexports;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What to watch, and how often to look. */
public final class WatchOptions {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);

    private final Duration interval;
    private final Predicate<ExportRequest> filter;
    private final boolean emitInitial;
    private final Duration fullSweepEvery;
    private final Consumer<? super RuntimeException> onPollFailure;

    private WatchOptions(Builder builder) {
        this.interval = builder.interval;
        this.filter = builder.filter;
        this.emitInitial = builder.emitInitial;
        this.fullSweepEvery = builder.fullSweepEvery;
        this.onPollFailure = builder.onPollFailure;
    }

    /** Starts from the defaults: every export, a poll every 30 seconds, the whole list every hour. */
    public static Builder builder() {
        return new Builder();
    }

    /** The time from one poll's start to the next one's. */
    public Duration interval() {
        return interval;
    }

    /** Which exports' changes are delivered, by what an export is like after the change. */
    public Predicate<ExportRequest> filter() {
        return filter;
    }

    /** Whether the exports that are there at the beginning are delivered, as discovered ones. */
    public boolean emitInitial() {
        return emitInitial;
    }

    /** The time after which a poll reads the whole list. */
    public Duration fullSweepEvery() {
        return fullSweepEvery;
    }

    /** Who is told of a poll that failed and will be made again. */
    public Consumer<? super RuntimeException> onPollFailure() {
        return onPollFailure;
    }

    @Override
    public String toString() {
        return "WatchExports[interval=" + interval + ", emitInitial=" + emitInitial + ", fullSweepEvery="
                + fullSweepEvery + "]";
    }

    /** Collects the options of a watch. */
    public static final class Builder {

        private Duration interval = Duration.ofSeconds(30);
        private Predicate<ExportRequest> filter = export -> true;
        private boolean emitInitial = true;
        private Duration fullSweepEvery = Duration.ofHours(1);
        private Consumer<? super RuntimeException> onPollFailure = failure -> {};

        private Builder() {}

        /**
         * The time from one poll's start to the next one's, 1 s to 1 day; by default 30 s. A poll costs one call while
         * everything that is not final is on the list's first page.
         *
         * @throws IllegalArgumentException outside that range
         */
        public Builder interval(Duration duration) {
            this.interval = checked("interval", duration);
            return this;
        }

        /**
         * Delivers the changes of some exports only, such as {@link ExportFilters#status}. It looks at what an export is
         * like after the change, so that an export is heard of when it comes to match.
         */
        public Builder filter(Predicate<ExportRequest> wanted) {
            this.filter = Objects.requireNonNull(wanted, "filter");
            return this;
        }

        /** Whether to deliver the exports that are there at the beginning; by default true. */
        public Builder emitInitial(boolean emit) {
            this.emitInitial = emit;
            return this;
        }

        /**
         * The time after which a poll reads the whole list, 1 s to 1 day; by default 1 hour. It finds what polls miss that
         * read no further than they must: changes of exports that were final, and exports that came in out of order. It
         * costs a call for every 100 exports.
         *
         * @throws IllegalArgumentException outside that range
         */
        public Builder fullSweepEvery(Duration duration) {
            this.fullSweepEvery = checked("fullSweepEvery", duration);
            return this;
        }

        /**
         * Is told of each poll that failed in a way that may heal, after its retries: a
         * {@code BatchExportsException}. The watch goes on with the next poll. It must not block.
         */
        public Builder onPollFailure(Consumer<? super RuntimeException> listener) {
            this.onPollFailure = Objects.requireNonNull(listener, "onPollFailure");
            return this;
        }

        private static Duration checked(String option, Duration value) {
            if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(option + " must be between 1 second and 1 day: " + value);
            }
            return value;
        }

        /** The options. */
        public WatchOptions build() {
            return new WatchOptions(this);
        }
    }
}
