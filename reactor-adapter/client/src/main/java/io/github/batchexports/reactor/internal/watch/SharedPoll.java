package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A poll that several share: one at a time, at the soonest time that any of them wants it. When the last one leaves, it is
 * over for good, and the timer or the call under way with it.
 *
 * <p>Nothing of anybody else's runs under its lock: neither a scheduler nor a call, nor what members do.
 *
 * @param <M> who shares it
 */
abstract class SharedPoll<M extends SharedPoll.Member> {

    /** One of those who share a poll. */
    interface Member {

        /** How long after the start of the last poll the next one is wanted; null while none is. */
        @Nullable
        Duration nextPollAfter();

        /** The Reactor context of its subscriber. */
        ContextView context();
    }

    /** What is under way: a timer, or a poll. */
    private static final class Step {

        final Disposable.Swap work = Disposables.swap();

        /** How long after the start of the last poll the timer is due; null for a poll. */
        final @Nullable Duration after;

        /** What it waits on. When this is replaced, as Reactor's own can be, what waits on it is lost. */
        final Scheduler scheduler;

        Step(@Nullable Duration after, Scheduler scheduler) {
            this.after = after;
            this.scheduler = scheduler;
        }

        /** Whether it is what has to be under way when the next poll is wanted so long after the last. */
        boolean serves(@Nullable Duration wanted) {
            return after == null || after.equals(wanted);
        }
    }

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final TimeSource time;

    // Guarded by this.
    private final Set<M> members = new LinkedHashSet<>();
    private boolean started;
    private long lastStart;
    private boolean over;

    // Written under the lock.
    private volatile @Nullable Step step;

    SharedPoll(TimeSource time) {
        this.time = time;
    }

    /** Makes one poll, and tells the members what it brought, failures included. */
    abstract Mono<Void> poll();

    /** False when it is over, so that another one is needed. The newcomer asks for polls by {@link #update()}. */
    final synchronized boolean join(M member) {
        if (over) {
            return false;
        }
        members.add(member);
        return true;
    }

    public final synchronized boolean isOver() {
        return over;
    }

    /** Whether a first poll was made, or is under way. */
    final synchronized boolean hasStarted() {
        return started;
    }

    final synchronized List<M> members() {
        return new ArrayList<>(members);
    }

    final void leave(M member) {
        Step last;
        synchronized (this) {
            if (!members.remove(member) || !members.isEmpty()) {
                return;
            }
            over = true;
            last = step;
            step = null;
        }
        ended();
        if (last != null) {
            last.work.dispose();
        }
    }

    /** It is over: nobody is left. */
    void ended() {}

    /** What a member wants may have changed. */
    final void update() {
        advance(null);
    }

    /** Looks whether what is under way was lost with a scheduler that was replaced. Cheap when it was not. */
    final void recover() {
        Step current = step;
        if (current != null && isLost(current)) {
            advance(null);
        }
    }

    private boolean isLost(Step current) {
        return current.scheduler != time.scheduler();
    }

    /**
     * Goes on to what has to be under way now.
     *
     * @param ended the timer that fired or the poll that ended; null when a member's wish may have changed
     */
    private void advance(@Nullable Step ended) {
        Step before;
        Step next = null;
        long wait = 0;
        Context context = Context.empty();
        synchronized (this) {
            before = step;
            if (over || (ended != null && ended != before)) {
                return;
            }
            Duration after = shortestWait();
            if (ended == null && before != null && !isLost(before) && before.serves(after)) {
                return;
            }
            if (after != null) {
                wait = isDue(ended, before, after) ? 0 : untilDue(after);
                next = new Step(wait > 0 ? after : null, time.scheduler());
                if (wait == 0) {
                    started = true;
                    lastStart = time.nanos();
                    context = Context.of(members.iterator().next().context());
                }
            }
            step = next;
        }
        if (before != null && before != ended) {
            before.work.dispose();
        }
        if (next == null) {
            return;
        }
        if (wait > 0) {
            schedule(next, wait);
        } else {
            begin(next, context);
        }
    }

    /** By its timer, whatever the clock says meanwhile; or since the poll under way was lost. */
    private static boolean isDue(@Nullable Step ended, @Nullable Step before, Duration after) {
        return ended != null ? after.equals(ended.after) : before != null && before.after == null;
    }

    private long untilDue(Duration after) {
        if (!started) {
            return 0;
        }
        // A given clock may have gone back.
        return Math.max(0, Math.min(after.toNanos(), lastStart + after.toNanos() - time.nanos()));
    }

    /** A scheduler that is full or was shut down may reject it; Reactor's own is there then. */
    private void schedule(Step timer, long wait) {
        for (Scheduler scheduler : List.of(timer.scheduler, Schedulers.parallel())) {
            try {
                timer.work.update(scheduler.schedule(() -> advance(timer), wait, TimeUnit.NANOSECONDS));
                return;
            } catch (RuntimeException e) {
                LOG.debug("a scheduler rejects the timer of the next poll", e);
            }
        }
        synchronized (this) {
            // Left to the next update.
            step = step == timer ? null : step;
        }
    }

    private void begin(Step call, Context context) {
        call.work.update(Mono.defer(this::poll)
                .subscribe(nothing -> {}, failure -> advance(call), () -> advance(call), context));
    }

    /** The shortest time from poll to poll that a member wants now; null while none is wanted. */
    final synchronized @Nullable Duration shortestWait() {
        Duration soonest = null;
        for (M member : members) {
            Duration after = member.nextPollAfter();
            if (after != null && (soonest == null || after.compareTo(soonest) < 0)) {
                soonest = after;
            }
        }
        return soonest;
    }
}
