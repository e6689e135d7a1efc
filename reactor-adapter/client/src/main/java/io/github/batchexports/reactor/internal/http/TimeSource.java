package io.github.batchexports.reactor.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The clock and the timers of a client: the machine's, or those of a scheduler of virtual time. */
public final class TimeSource {

    private static final long SAME_CLOCK_MILLIS = 1_000;

    private final @Nullable Scheduler given;
    private final boolean isVirtual;

    /**
     * A time source.
     *
     * @param given where waiting is timed; null for Reactor's parallel scheduler, looked up for each timer since it can be
     *     replaced
     */
    public TimeSource(@Nullable Scheduler given) {
        this.given = given;
        // A real scheduler's clock is the calendar, which can be set back; virtual time is its own.
        this.isVirtual = given != null
                && Math.abs(given.now(TimeUnit.MILLISECONDS) - System.currentTimeMillis()) > SAME_CLOCK_MILLIS;
    }

    public Scheduler scheduler() {
        return given == null ? Schedulers.parallel() : given;
    }

    /** Nanoseconds that only go on, unless virtual time is set back. */
    public long nanos() {
        return given != null && isVirtual ? given.now(TimeUnit.NANOSECONDS) : System.nanoTime();
    }

    public Instant instant() {
        return given != null && isVirtual ? Instant.EPOCH.plusNanos(given.now(TimeUnit.NANOSECONDS)) : Instant.now();
    }

    /** Runs a task later, on Reactor's parallel scheduler if the given one refuses it. */
    public Disposable schedule(Runnable task, long nanos) {
        try {
            return scheduler().schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RuntimeException refused) {
            return Schedulers.parallel().schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Completes later. */
    public Mono<Void> delay(Duration time) {
        return Mono.create(sink -> sink.onDispose(schedule(sink::success, time.toNanos())));
    }
}
