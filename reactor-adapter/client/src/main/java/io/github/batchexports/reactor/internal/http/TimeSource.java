package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.reactor.BatchExportsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The clock and the timers of a client: the machine's, or those of a scheduler of virtual time. */
public final class TimeSource {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);
    private static final long SAME_CLOCK_MILLIS = 1_000;
    private static final long TIMEOUT_NANOS = 1_000_000_000;

    private final @Nullable Scheduler scheduler;
    private final boolean isVirtual;

    /**
     * A time source.
     *
     * @param scheduler where waiting is timed; null for Reactor's parallel scheduler, looked up for each timer since it
     *     can be replaced
     */
    public TimeSource(@Nullable Scheduler scheduler) {
        this.scheduler = scheduler;
        // A real scheduler's clock is the calendar, which can be set back; virtual time is its own.
        this.isVirtual = scheduler != null
                && Math.abs(scheduler.now(TimeUnit.MILLISECONDS) - System.currentTimeMillis()) > SAME_CLOCK_MILLIS;
    }

    public Scheduler scheduler() {
        return scheduler == null ? Schedulers.parallel() : scheduler;
    }

    /** Nanoseconds that only go on, unless virtual time is set back. */
    public long nanos() {
        return scheduler != null && isVirtual ? scheduler.now(TimeUnit.NANOSECONDS) : System.nanoTime();
    }

    public Instant instant() {
        return scheduler != null && isVirtual
                ? Instant.EPOCH.plusNanos(scheduler.now(TimeUnit.NANOSECONDS))
                : Instant.now();
    }

    /**
     * Runs a task later. A given scheduler that refuses it, by whatever it throws, loses it or is late by more than a second
     * is not waited for: then Reactor's parallel one runs it. To dispose the timer never throws.
     */
    public Disposable schedule(Runnable task, long nanos) {
        return scheduler == null || isVirtual
                ? onFirst(scheduler(), task, nanos)
                : onSchedulerOrElseOnReactors(scheduler, task, nanos);
    }

    private static Disposable onFirst(Scheduler first, Runnable task, long nanos) {
        try {
            Disposable timer = first.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> stop(timer);
        } catch (Throwable refused) {
            LOG.debug("the scheduler refused a timer, which Reactor's gets", refused);
            return onReactors(task, nanos);
        }
    }

    /** A timer that is not needed any more does nothing if it runs all the same. */
    private static void stop(Disposable timer) {
        try {
            timer.dispose();
        } catch (Throwable e) {
            LOG.debug("the scheduler did not stop a timer", e);
        }
    }

    private static Disposable onReactors(Runnable task, long nanos) {
        return Schedulers.parallel().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Each of the two timers stops the other, and never itself: to stop what runs may interrupt it. */
    private static Disposable onSchedulerOrElseOnReactors(Scheduler scheduler, Runnable task, long nanos) {
        AtomicBoolean hasRun = new AtomicBoolean();
        Disposable.Swap first = Disposables.swap();
        // Before the first, whose scheduler may run it at once.
        Disposable second = onReactors(() -> runOnce(task, hasRun, first), nanos + TIMEOUT_NANOS);
        try {
            first.update(onFirst(scheduler, () -> runOnce(task, hasRun, second), nanos));
        } catch (Throwable refused) {
            second.dispose();
            throw refused;
        }
        return Disposables.composite(first, second);
    }

    private static void runOnce(Runnable task, AtomicBoolean hasRun, Disposable other) {
        if (hasRun.compareAndSet(false, true)) {
            other.dispose();
            task.run();
        }
    }

    /** Completes later. */
    public Mono<Void> delay(Duration time) {
        return Mono.create(sink -> sink.onDispose(schedule(sink::success, time.toNanos())));
    }
}
