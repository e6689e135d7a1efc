package io.github.batchexports.reactor.internal.http;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The clock and the timers of a client: the machine's, or those of a scheduler that was given. */
public final class TimeSource {

    private final @Nullable Scheduler given;

    public TimeSource(@Nullable Scheduler given) {
        this.given = given;
    }

    public Scheduler scheduler() {
        return given == null ? Schedulers.parallel() : given;
    }

    /** Nanoseconds that only go on. A scheduler's own clock follows the calendar, so it is asked only if it was given. */
    public long nanos() {
        return given == null ? System.nanoTime() : given.now(TimeUnit.NANOSECONDS);
    }

    public Instant instant() {
        return given == null ? Instant.now() : Instant.EPOCH.plusNanos(given.now(TimeUnit.NANOSECONDS));
    }
}
