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
 * <p>It survives a scheduler that was replaced or shut down, that rejects it, or that throws whatever it may, a missing class
 * or a thread that the machine refuses included: the next update sets a lost timer again. The scheduler is called under no
 * lock and by one thread at a time.
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
        Throwable failure = null;
        int missed = 1;
        do {
            try {
                apply(due.get());
            } catch (Throwable e) {
                // All of them: an update that does not end would keep every later one from setting the timer.
                target = null;
                failure = e;
            }
            missed = updates.addAndGet(-missed);
        } while (missed != 0);
        if (failure instanceof Error) {
            LOG.warn("a timer could not be set; the next update sets it", failure);
        } else if (failure != null) {
            LOG.debug("the scheduler rejected a timer; the next update sets it", failure);
        }
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
        Disposable last = timer;
        timer = null;
        if (last != null) {
            last.dispose();
        }
    }

    private void start(Target next) {
        target = next;
        timer = time.schedule(() -> fire(next), Math.max(0, next.due - time.nanos()));
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
