package io.github.batchexports.redis;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** How the state of an instance goes on: one change at a time, and one timer for what comes next. */
final class Steps {

    /** What an instance is waiting for. */
    enum Phase {
        /** Nothing is under way: nobody waits, or the next request is about to be sent. */
        IDLE,
        /** A request for a slot is on its way. */
        ASKING,
        /** A slot, or a share of the time, is ahead. */
        WAITING,
        /** The slot is granted and begins in a moment. */
        GRANTED,
        /** A permit is out, and its call has not left. */
        PERMITTED
    }

    private final Object lock = new Object();

    private Phase phase = Phase.IDLE;
    private int step;
    private @Nullable Disposable timer;
    /** Where the timer waits. If this is replaced, as Reactor's own can be, what waits there is lost. */
    private Scheduler scheduler = Schedulers.parallel();

    /** Makes a change under the lock, and then does outside what comes of it. */
    void change(Supplier<Runnable> change) {
        Runnable request;
        synchronized (lock) {
            request = change.get();
        }
        request.run();
    }

    /** What comes of a change of which nothing comes. */
    static void nothing() {}

    /** What the instance is waiting for, to be asked in a change. */
    Phase phase() {
        return phase;
    }

    /** A new step begins, in a change: what was planned before is not done. Returns its number. */
    int become(Phase next) {
        phase = next;
        step++;
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
        return step;
    }

    /** Whether a later step has begun, to be asked in a change. */
    boolean isOver(int number) {
        return number != step;
    }

    /** Makes this change at that time, unless another step began before. Planned in a change, once in a step. */
    void at(long time, Supplier<Runnable> change) {
        int planned = step;
        long wait = Math.max(0, time - System.nanoTime());
        scheduler = Schedulers.parallel();
        try {
            timer = scheduler.schedule(
                    () -> change(() -> planned == step ? change.get() : Steps::nothing), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            timer = Disposables.disposed();
        }
    }

    /** Whether what was planned is not going to happen, since Reactor's schedulers were replaced. */
    boolean isTimerLost() {
        return timer != null && scheduler != Schedulers.parallel();
    }
}
