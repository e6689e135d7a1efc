package io.github.batchexports.reactor.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * One timer that can be set again. It survives a scheduler that was replaced or shut down: the next {@link #setBy} starts a
 * lost timer anew. The scheduler is called under no lock and by one thread at a time.
 */
public final class RestartableTimer {

    private static final long OVERDUE_NANOS = 1_000_000_000;

    private final TimeSource time;
    private final LongConsumer task;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Target target;

    // Owned by whoever applies changes.
    private @Nullable Target scheduled;
    private @Nullable Disposable timer;
    private @Nullable Scheduler timerOf;

    /**
     * A timer that is not set.
     *
     * @param task runs on the scheduler, with the time that the timer was set for: a virtual clock may run ahead of the time
     *     source
     */
    public RestartableTimer(TimeSource time, LongConsumer task) {
        this.time = time;
        this.task = task;
    }

    /** Runs the task at this time of the time source, or at an earlier one that was set before. */
    public void setBy(long due) {
        Target current = target;
        if (current == null || current.due - due > 0 || isOverdue(current)) {
            target = new Target(due);
        }
        apply();
    }

    /** Runs nothing until it is set again. */
    public void cancel() {
        target = null;
        apply();
    }

    private boolean isOverdue(Target current) {
        return time.nanos() - current.due > OVERDUE_NANOS;
    }

    private void apply() {
        if (changes.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            schedule(target);
            missed = changes.addAndGet(-missed);
        } while (missed != 0);
    }

    private void schedule(@Nullable Target wanted) {
        if (wanted == scheduled && (wanted == null || timerOf == time.scheduler())) {
            return;
        }
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
        scheduled = wanted;
        if (wanted != null) {
            timerOf = time.scheduler();
            timer = time.schedule(() -> fire(wanted), Math.max(0, wanted.due - time.nanos()));
        }
    }

    private void fire(Target fired) {
        if (target == fired) {
            target = null;
            task.accept(fired.due);
        }
    }

    /** One setting of the timer; a later one for the same time is another. */
    private static final class Target {
        private final long due;

        Target(long due) {
            this.due = due;
        }
    }
}
