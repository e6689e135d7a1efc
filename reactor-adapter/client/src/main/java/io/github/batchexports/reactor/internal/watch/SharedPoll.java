package io.github.batchexports.reactor.internal.watch;

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

/**
 * A poll that several share: one at a time, at the soonest time that any of them wants it. When the last one leaves, it is
 * over for good, and the timer or the call under way with it.
 *
 * @param <M> who shares it
 */
abstract class SharedPoll<M extends SharedPoll.Member> {

    /** One of those who share a poll. */
    interface Member {

        /** How long after the start of the last poll the next one is wanted; null while none is. */
        @Nullable
        Duration nextPollAfter();
    }

    private final TimeSource timing;

    // Guarded by this.
    private final Set<M> members = new LinkedHashSet<>();
    private @Nullable Disposable timer;
    private Disposable.@Nullable Swap polling;
    private boolean started;
    private long lastStart;
    private boolean over;

    public SharedPoll(TimeSource timing) {
        this.timing = timing;
    }

    /** Makes one poll, and tells the members what it brought, failures included. */
    abstract Mono<Void> poll();

    /** False when it is over, so that another one is needed. The newcomer asks for polls by {@link #update()}. */
    public final synchronized boolean join(M member) {
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
    public final synchronized boolean hasStarted() {
        return started;
    }

    public final synchronized List<M> members() {
        return new ArrayList<>(members);
    }

    public final void leave(M member) {
        boolean last;
        synchronized (this) {
            last = members.remove(member) && members.isEmpty();
        }
        if (last) {
            end();
        }
    }

    /** Ends it, unless somebody has joined meanwhile. */
    private void end() {
        Disposable call;
        synchronized (this) {
            if (!members.isEmpty()) {
                return;
            }
            over = true;
            call = polling;
            stopTimer();
        }
        ended();
        if (call != null) {
            call.dispose();
        }
    }

    /** It is over: nobody is left. */
    void ended() {}

    /** What a member wants may have changed. */
    public final void update() {
        Disposable.Swap call;
        synchronized (this) {
            if (over || polling != null) {
                return;
            }
            stopTimer();
            Duration after = soonest();
            if (after == null) {
                return;
            }
            long now = timing.nanos();
            long wait = started ? lastStart + after.toNanos() - now : 0;
            if (wait > 0) {
                timer = timing.scheduler().schedule(this::update, wait, TimeUnit.NANOSECONDS);
                return;
            }
            started = true;
            lastStart = now;
            call = Disposables.swap();
            polling = call;
        }
        call.update(poll().subscribe(nothing -> {}, failure -> pollEnded(), this::pollEnded));
    }

    private void pollEnded() {
        synchronized (this) {
            polling = null;
        }
        update();
    }

    private @Nullable Duration soonest() {
        Duration soonest = null;
        for (M member : members) {
            Duration after = member.nextPollAfter();
            if (after != null && (soonest == null || after.compareTo(soonest) < 0)) {
                soonest = after;
            }
        }
        return soonest;
    }

    private void stopTimer() {
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
    }
}
