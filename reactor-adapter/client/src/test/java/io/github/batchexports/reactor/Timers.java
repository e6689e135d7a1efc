package io.github.batchexports.reactor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** Wraps a scheduler and counts the delayed tasks that have neither run nor been cancelled. */
public class Timers implements Scheduler {

    private final Scheduler delegate;
    private final Set<Object> pending = ConcurrentHashMap.newKeySet();

    public Timers(Scheduler delegate) {
        this.delegate = delegate;
    }

    public int pending() {
        return pending.size();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return delegate.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Object timer = new Object();
        pending.add(timer);
        Disposable scheduled = delegate.schedule(
                () -> {
                    pending.remove(timer);
                    task.run();
                },
                delay,
                unit);
        return () -> {
            pending.remove(timer);
            scheduled.dispose();
        };
    }

    @Override
    public long now(TimeUnit unit) {
        return delegate.now(unit);
    }

    @Override
    public Worker createWorker() {
        return delegate.createWorker();
    }
}
