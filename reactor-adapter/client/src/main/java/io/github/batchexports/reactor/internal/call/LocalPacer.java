package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.policy.Pace;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The pacer of one process: who waits is served in order, by one timer that runs only while somebody waits. A turn is taken
 * when it is given, so that a waiter that leaves has nothing to give back.
 *
 * <p>Under a pace, the next turn is reckoned from when the call before went out, and waits for that: else a first call that
 * has yet to connect would arrive right before the second.
 */
public final class LocalPacer implements Turns {

    private final Pace pace;
    private final TimeSource timing;
    private final Set<MonoSink<Void>> waiters = new LinkedHashSet<>();
    private boolean starting;
    private @Nullable Disposable timer;

    public LocalPacer(Pace pace, TimeSource timing) {
        this.pace = pace;
        this.timing = timing;
    }

    @Override
    public Mono<Void> awaitTurn() {
        return Mono.create(waiter -> {
            synchronized (waiters) {
                waiters.add(waiter);
            }
            waiter.onCancel(() -> leave(waiter));
            serve();
        });
    }

    @Override
    public void holdUntil(Instant time) {
        long wait = Duration.between(timing.instant(), time).toNanos();
        synchronized (waiters) {
            pace.holdUntil(timing.nanos() + wait);
        }
    }

    @Override
    public void started() {
        synchronized (waiters) {
            pace.restart(timing.nanos());
            starting = false;
        }
        serve();
    }

    /** How many wait for a turn. */
    public int waiting() {
        synchronized (waiters) {
            return waiters.size();
        }
    }

    private void leave(MonoSink<Void> waiter) {
        boolean waited;
        synchronized (waiters) {
            waited = waiters.remove(waiter);
            if (waiters.isEmpty() && timer != null) {
                timer.dispose();
                timer = null;
            }
        }
        if (!waited) {
            // The turn was given in this very moment, and will not be heard of.
            started();
        }
    }

    private void serve() {
        // Outside the lock, since a turn starts a call.
        takeTurns().forEach(MonoSink::success);
    }

    private List<MonoSink<Void>> takeTurns() {
        List<MonoSink<Void>> served = new ArrayList<>(1);
        synchronized (waiters) {
            Iterator<MonoSink<Void>> queue = waiters.iterator();
            while (queue.hasNext() && timer == null && !starting) {
                MonoSink<Void> first = queue.next();
                long wait = pace.reserve(timing.nanos());
                if (wait == 0) {
                    queue.remove();
                    served.add(first);
                    starting = pace.isLimited();
                } else {
                    timer = timing.scheduler().schedule(this::timerEnded, wait, TimeUnit.NANOSECONDS);
                }
            }
        }
        return served;
    }

    private void timerEnded() {
        synchronized (waiters) {
            timer = null;
        }
        serve();
    }
}
