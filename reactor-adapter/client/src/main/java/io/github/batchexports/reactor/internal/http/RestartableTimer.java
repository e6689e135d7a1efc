package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.reactor.BatchExportsClient;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One timer that can be set repeatedly. Each {@link #update()} sets it to what its owner says is due, so that concurrent
 * updates do not undo each other.
 *
 * <p>It survives a scheduler that was replaced or shut down, or that rejects it: the next update sets a lost timer again.
 * The scheduler is called under no lock and by one thread at a time.
 */
public final class RestartableTimer {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);
    private static final long OVERDUE_NANOS = 1_000_000_000;

    private final TimeSource time;
    private final Supplier<@Nullable Long> due;
    private final LongConsumer task;
    private final AtomicInteger updates = new AtomicInteger();

    // Set by whoever applies updates; taken back by the timer that fires.
    private volatile @Nullable Target target;

    // Owned by whoever applies updates.
    private @Nullable Disposable timer;

    /**
     * A timer that is not set.
     *
     * @param due the time of the time source at which the task is to run next, null for never; may lock what its owner
     *     guards its state with
     * @param task runs on the scheduler, with the time that the timer was set for: a virtual clock may run ahead of the time
     *     source
     */
    public RestartableTimer(TimeSource time, Supplier<@Nullable Long> due, LongConsumer task) {
        this.time = time;
        this.due = due;
        this.task = task;
    }

    /** Sets the timer to what is due now. A timer set for an earlier time is left alone, and its task checks again. */
    public void update() {
        if (updates.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            apply(due.get());
            missed = updates.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Whether the timer is set, but on a scheduler that was replaced since. */
    public boolean isLost() {
        Target current = target;
        return current != null && isLost(current);
    }

    private void apply(@Nullable Long wanted) {
        Target current = target;
        if (current != null && wanted != null && current.due - wanted <= 0 && !isLost(current)) {
            return;
        }
        stop();
        if (wanted != null) {
            start(new Target(wanted, time.scheduler()));
        }
    }

    private boolean isLost(Target current) {
        return current.scheduler != time.scheduler() || time.nanos() - current.due > OVERDUE_NANOS;
    }

    private void stop() {
        target = null;
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
    }

    private void start(Target next) {
        target = next;
        try {
            timer = time.schedule(() -> fire(next), Math.max(0, next.due - time.nanos()));
        } catch (RuntimeException e) {
            target = null;
            LOG.debug("the scheduler rejected a timer; the next update sets it again", e);
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
        private final Scheduler scheduler;

        Target(long due, Scheduler scheduler) {
            this.due = due;
            this.scheduler = scheduler;
        }
    }
}
