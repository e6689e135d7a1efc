package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.reactor.internal.http.RestartableTimer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A poll that several members share: one at a time, at the earliest time that any of them wants it. When the last one
 * leaves, it is over for good, and the timer or the call under way is cancelled.
 *
 * <p>No foreign code runs under its lock: neither a scheduler nor a call, nor what members do.
 *
 * @param <M> the members that share it
 */
abstract class SharedPoll<M extends SharedPoll.Member> {

    /** One of the subscribers that share a poll. */
    interface Member {

        /** How long after the start of the last poll this member wants the next one; null while it wants none. */
        @Nullable
        Duration nextPollAfter();

        /** The Reactor context of its subscriber. */
        ContextView context();
    }

    /** A poll under way. */
    private static final class Call {

        final Disposable.Swap work = Disposables.swap();

        /** Where it waits. If this is replaced, as Reactor's own can be, what waits there is lost. */
        final Scheduler scheduler;

        Call(Scheduler scheduler) {
            this.scheduler = scheduler;
        }
    }

    private final TimeSource time;
    private final RestartableTimer timer;

    // Guarded by this.
    private final Set<M> members = new LinkedHashSet<>();
    private boolean started;
    private long lastStart;
    private boolean over;
    private @Nullable Long due;

    // Written under the lock.
    private volatile @Nullable Call call;

    SharedPoll(TimeSource time) {
        this.time = time;
        this.timer = new RestartableTimer(time, this::due, this::timerFired);
    }

    /** Makes one poll, and tells the members its result, failures included. */
    abstract Mono<Void> poll();

    /** Returns false if it is over, so that another one is needed. A new member asks for polls by {@link #update()}. */
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
        Call last;
        synchronized (this) {
            if (!members.remove(member) || !members.isEmpty()) {
                return;
            }
            over = true;
            due = null;
            last = call;
            call = null;
        }
        ended();
        timer.update();
        if (last != null) {
            last.work.dispose();
        }
    }

    /** Called when it is over: no member is left. */
    void ended() {}

    /** Called when what a member wants may have changed. */
    final void update() {
        advance(null, time.nanos());
    }

    /** Polls again if what was under way was lost with a replaced scheduler. Cheap if it was not. */
    final void recover() {
        Call current = call;
        if (current == null ? timer.isLost() : isLost(current)) {
            update();
        }
    }

    private boolean isLost(Call current) {
        return current.scheduler != time.scheduler();
    }

    /** Trusts the timer's own time where the clock is behind it. */
    private void timerFired(long now) {
        long clock = time.nanos();
        advance(null, now - clock > 0 ? now : clock);
    }

    private synchronized @Nullable Long due() {
        return due;
    }

    /**
     * Starts or schedules what has to be under way now.
     *
     * @param ended the poll that ended; null if what a member wants may have changed, or the timer fired
     */
    private void advance(@Nullable Call ended, long now) {
        Call lost;
        Call next = null;
        Context context = Context.empty();
        synchronized (this) {
            lost = call == ended ? null : call;
            if (over || (ended != null && lost != null)) {
                return;
            }
            if (lost == null || isLost(lost)) {
                due = nextPollAt(lost != null, now);
                call = null;
                if (due != null && due - now <= 0) {
                    due = null;
                    next = new Call(time.scheduler());
                    call = next;
                    started = true;
                    lastStart = time.nanos();
                    context = Context.of(members.iterator().next().context());
                }
            } else {
                lost = null;
            }
        }
        timer.update();
        if (lost != null) {
            lost.work.dispose();
        }
        if (next != null) {
            begin(next, context);
        }
    }

    /** Null while no poll is wanted. A lost poll, and the first one, are due at once. */
    private @Nullable Long nextPollAt(boolean isLost, long now) {
        Duration after = shortestWait();
        if (after == null) {
            return null;
        }
        long clock = time.nanos();
        if (lastStart - clock > 0) {
            // The clock of an application's scheduler went back.
            lastStart = clock;
        }
        return isLost || !started ? now : lastStart + after.toNanos();
    }

    private void begin(Call next, Context context) {
        next.work.update(
                Mono.defer(this::poll).subscribe(nothing -> {}, failure -> ended(next), () -> ended(next), context));
    }

    private void ended(Call poll) {
        advance(poll, time.nanos());
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
