package io.github.batchexports.reactor;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A scheduler whose first timer for a permit is rejected, blocked, late, run twice or lost, or fails to stop. */
final class HostileScheduler extends Timers {

    /** Timers for permits are shorter in these tests, those for timeouts longer. */
    private static final long LONGEST_PERMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where it misbehaves. */
    enum Method {
        SCHEDULE,
        DISPOSE
    }

    private final Method method;
    private final HostileCode code;

    HostileScheduler(Scheduler delegate, Method method, HostileCode code) {
        super(delegate);
        this.method = method;
        this.code = code;
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (unit.toNanos(delay) > LONGEST_PERMIT_NANOS) {
            return super.schedule(task, delay, unit);
        }
        if (method == Method.DISPOSE) {
            Disposable timer = super.schedule(task, delay, unit);
            return () -> {
                timer.dispose();
                code.run();
            };
        }
        if (!code.strikes()) {
            return super.schedule(task, delay, unit);
        }
        return switch (code.behaviour()) {
            case THROWS -> throw new RejectedExecutionException("hostile scheduler");
            case FAILS_TO_LINK -> throw HostileCode.linkageError();
            case BLOCKS -> {
                code.awaitRelented();
                yield super.schedule(task, delay, unit);
            }
            case LATE -> super.schedule(task, unit.toNanos(delay) + LONGEST_PERMIT_NANOS, TimeUnit.NANOSECONDS);
            case TWICE -> Disposables.composite(super.schedule(task, delay, unit), super.schedule(task, delay, unit));
            case NEVER -> Disposables.single();
        };
    }
}
