package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.policy.Pace;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.RestartableTimer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The pacer of one process: calls get permits in the order in which they asked, by one timer that runs only while a call
 * waits.
 *
 * <p>Under a pace, only one permit at a time is unsent, since the distance to the next call counts from when a request is
 * sent: a cold first request may take a quarter of a second to leave. A permit that is neither sent nor released for
 * {@link #LEASE} no longer blocks others.
 */
public final class LocalPacer implements RequestPacer {

    static final Duration LEASE = Duration.ofSeconds(10);

    /** A call that fails at once grants the next permit from within its own: a long queue would overflow the stack. */
    private static final int MAX_DEPTH = 16;

    private static final long SOON_NANOS = 1_000_000;

    private final Pace pace;
    private final TimeSource time;
    private final RestartableTimer timer;
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    private final Object lock = new Object();

    // Guarded by the lock.
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private @Nullable Lease unsent;
    private @Nullable Long nextCheck;

    public LocalPacer(Pace pace, TimeSource time) {
        this.pace = pace;
        this.time = time;
        this.timer = new RestartableTimer(time, this::nextCheck, this::grantAt);
    }

    @Override
    public Mono<Permit> acquire() {
        return Mono.create(sink -> {
            Waiter waiter = new Waiter(sink);
            synchronized (lock) {
                waiters.add(waiter);
            }
            // After it waits, since it may have been cancelled already.
            sink.onCancel(() -> cancelled(waiter));
            grant();
        });
    }

    @Override
    public void holdFor(Duration hold) {
        synchronized (lock) {
            pace.holdUntil(time.nanos() + hold.toNanos());
        }
    }

    /** The server refused a call for its rate limit. */
    void refused() {
        synchronized (lock) {
            pace.refused();
        }
    }

    /** How many calls wait for a permit. */
    public int waiting() {
        synchronized (lock) {
            return waiters.size();
        }
    }

    private void cancelled(Waiter waiter) {
        Lease granted;
        synchronized (lock) {
            waiters.remove(waiter);
            granted = waiter.lease;
        }
        if (granted != null) {
            // It was granted at the same moment, and nobody will receive it.
            granted.release();
        } else {
            grant();
        }
    }

    private void grant() {
        grantAt(time.nanos());
    }

    private void grantAt(long now) {
        int outer = depth.get();
        if (outer == MAX_DEPTH) {
            grantSoon();
            return;
        }
        List<Waiter> granted = new ArrayList<>(1);
        synchronized (lock) {
            nextCheck = takeWaiters(later(now, time.nanos()), granted);
        }
        timer.update();
        if (granted.isEmpty()) {
            return;
        }
        depth.set(outer + 1);
        try {
            // Under no lock, since a permit starts a call.
            ForeignCode.signalEach(granted, Waiter::grant, waiter -> waiter.sink.contextView());
        } finally {
            depth.set(outer);
        }
    }

    /** By the timer, and so on another stack. */
    private void grantSoon() {
        synchronized (lock) {
            nextCheck = waiters.isEmpty() ? null : time.nanos() + SOON_NANOS;
        }
        timer.update();
    }

    private @Nullable Long nextCheck() {
        synchronized (lock) {
            return nextCheck;
        }
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    /** Moves the waiters that may start now to a list; returns when to check again, or null if none waits. */
    private @Nullable Long takeWaiters(long now, List<Waiter> granted) {
        if (unsent != null && now - unsent.grantedAt >= LEASE.toNanos()) {
            unsent = null;
        }
        while (!waiters.isEmpty()) {
            if (unsent != null) {
                return unsent.grantedAt + LEASE.toNanos();
            }
            long wait = pace.reserve(now);
            if (wait > 0) {
                return now + wait;
            }
            Waiter first = waiters.remove();
            first.lease = new Lease(now);
            unsent = pace.isLimited() ? first.lease : null;
            granted.add(first);
        }
        return null;
    }

    private static final class Waiter {

        private final MonoSink<Permit> sink;

        // Guarded by the pacer's lock.
        private @Nullable Lease lease;

        Waiter(MonoSink<Permit> sink) {
            this.sink = sink;
        }

        /** A subscriber that throws does not keep its permit from others. */
        void grant() {
            Lease granted = lease;
            try {
                sink.success(granted);
            } catch (Throwable e) {
                if (granted != null) {
                    granted.release();
                }
                throw e;
            }
        }
    }

    private final class Lease implements Permit {

        private final long grantedAt;
        private boolean isSettled;

        Lease(long now) {
            this.grantedAt = now;
        }

        @Override
        public void sent() {
            synchronized (lock) {
                if (isSettled) {
                    return;
                }
                isSettled = true;
                pace.sent(time.nanos());
                if (unsent == this) {
                    unsent = null;
                }
            }
            grant();
        }

        @Override
        public void release() {
            synchronized (lock) {
                if (isSettled) {
                    return;
                }
                isSettled = true;
                if (unsent == this) {
                    unsent = null;
                    pace.giveBack();
                }
            }
            grant();
        }
    }
}
