package io.github.batchexports.redis;

import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.redis.Steps.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One instance's place among all that call for a project. Who waits here is served in order; the first of them stands for
 * the instance, which holds one slot in Redis at most, so that instances take turns and a cancel passes the slot on.
 *
 * <p>Redis is asked twice a call, when the call before has left and right before the slot is due, and never from a loop.
 */
final class RedisPacer implements RequestPacer {

    private static final Logger LOG = Loggers.getLogger(RedisPacer.class);

    /** A permit of which nothing is heard stops holding up the others. */
    private static final long PERMIT_LIFE = TimeUnit.SECONDS.toNanos(10);
    /** Whoever waits longer asks in between: who is silent for a minute is taken for gone. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(20);

    /** While Redis is away. */
    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(2);
    /** A request's own time limit, which comes first unless it is lost with a replaced scheduler. */
    private static final long NEVER_ANSWERED = TimeUnit.SECONDS.toNanos(1);

    private final SharedPace redis;
    private final FleetPace pace;
    private final FleetView view;
    private final Steps steps = new Steps();

    // From here on all is guarded by the steps.
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    /** When a slot in Redis that is ours begins, as it was said last. */
    private @Nullable Long reserved;
    /** When the next call is planned that Redis does not know of. */
    private @Nullable Long share;
    /** Redis lets nobody call before it heard that the call that it granted has left. */
    private boolean awaited;
    /** A slot was granted by Redis and not used, which Redis has yet to hear. */
    private boolean unused;

    private @Nullable SlotPermit permit;

    RedisPacer(SharedPace redis, FleetPace pace, FleetView view) {
        this.redis = redis;
        this.pace = pace;
        this.view = view;
    }

    @Override
    public Mono<Permit> acquire() {
        return Mono.create(sink -> {
            Waiter waiter = new Waiter(sink);
            steps.change(() -> {
                waiters.add(waiter);
                return Steps::nothing;
            });
            sink.onCancel(() -> leave(waiter));
            proceed();
        });
    }

    @Override
    public void holdFor(Duration time) {
        steps.change(() -> {
            view.holdFor(time, System.nanoTime());
            return tell("hold");
        });
    }

    /**
     * Keeps the place among the others of an instance that polls and has nothing to call for, since another's pages do: so
     * each knows its share of the time when Redis is lost. Costs a round trip now and then.
     */
    void stayKnown() {
        steps.change(() -> view.isForgetting(System.nanoTime()) ? send("greet") : Steps::nothing);
    }

    /** In one change with what comes of it: else a slot could begin for which nobody waits. */
    private void leave(Waiter waiter) {
        steps.change(() -> {
            waiters.remove(waiter);
            return next();
        });
        waiter.leave();
    }

    /** Leaves the fleet: its place is free at once, where a process that dies is missed after a minute. */
    Mono<Void> quit() {
        return Mono.create(sink -> steps.change(() -> {
            if (!view.isReached()) {
                return sink::success;
            }
            Duration timeout = view.timeout();
            List<byte[]> args = view.args("quit", System.nanoTime(), timeout, unused);
            return () -> sink.onDispose(redis.run(args, timeout).subscribe(reply -> {}, sink::error, sink::success));
        }));
    }

    private void proceed() {
        steps.change(this::next);
    }

    private Runnable next() {
        if (waiters.isEmpty()) {
            return withdraw();
        }
        return steps.phase() == Phase.IDLE ? ask() : steps.isTimerLost() ? recover() : Steps::nothing;
    }

    /** What was planned is lost with a replaced scheduler. */
    private Runnable recover() {
        if (steps.phase() == Phase.PERMITTED) {
            expirePermit();
            return Steps::nothing;
        }
        unused |= steps.phase() == Phase.GRANTED && share == null;
        return ask();
    }

    /** Nobody waits any more: the slot is for others. */
    private Runnable withdraw() {
        if (steps.phase() != Phase.WAITING && steps.phase() != Phase.GRANTED) {
            return Steps::nothing;
        }
        unused |= steps.phase() == Phase.GRANTED && share == null;
        boolean leaves = reserved != null || unused;
        steps.become(Phase.IDLE);
        reserved = null;
        share = null;
        return leaves ? tell("leave") : Steps::nothing;
    }

    private Runnable ask() {
        int step = steps.become(Phase.ASKING);
        long now = System.nanoTime();
        boolean returns = unused;
        awaited = view.leavesLate(now);
        Duration timeout = view.callTimeout();
        List<byte[]> args = view.args("acquire", now, timeout, returns);
        steps.at(now + timeout.toNanos() + NEVER_ANSWERED, this::ask);
        return () -> redis.run(args, timeout)
                .subscribe(
                        reply -> steps.change(() -> answered(step, reply, now, returns)),
                        failure -> failed(step, failure, now, timeout));
    }

    /** What is only told: the reply brings news, and silence is noticed by the next who asks. */
    private Runnable tell(String op) {
        return view.isReached() ? send(op) : Steps::nothing;
    }

    private Runnable send(String op) {
        Duration timeout = view.timeout();
        long now = System.nanoTime();
        boolean returns = unused;
        List<byte[]> args = view.args(op, now, timeout, returns);
        return () -> redis.run(args, timeout)
                .subscribe(
                        reply -> steps.change(() -> told(reply, now, returns)),
                        failure -> LOG.debug("Redis did not receive {}: {}", op, failure.toString()));
    }

    private Runnable told(PaceReply reply, long sentAt, boolean returned) {
        unused &= !returned || reply.stale();
        view.answered(reply, sentAt, System.nanoTime());
        return Steps::nothing;
    }

    private Runnable answered(int step, PaceReply reply, long sentAt, boolean returned) {
        told(reply, sentAt, returned);
        if (steps.isOver(step)) {
            unused |= reply.granted();
            return Steps::nothing;
        }
        share = null;
        // Redis answers about in the middle of the round trip.
        long due = sentAt + (System.nanoTime() - sentAt) / 2 + TimeUnit.MICROSECONDS.toNanos(reply.untilDue());
        reserved = reply.granted() || reply.stale() ? null : due;
        if (reply.granted()) {
            steps.become(Phase.GRANTED);
            steps.at(due, () -> permit(due));
        } else {
            steps.become(Phase.WAITING);
            long next = reply.stale() ? System.nanoTime() + pace.early() : due - pace.early() * 2 / 3;
            steps.at(Math.min(next, System.nanoTime() + LONGEST_WAIT), this::ask);
        }
        return waiters.isEmpty() ? withdraw() : Steps::nothing;
    }

    private void failed(int step, Throwable failure, long sentAt, Duration timeout) {
        LOG.debug("Redis does not answer: {}", failure.toString());
        List<Waiter> refused = new ArrayList<>();
        steps.change(() -> {
            if (steps.isOver(step)) {
                return Steps::nothing;
            }
            if (reserved != null) {
                // Nobody else has it. All who find out now, each in its own slot, are late by the same time.
                share = reserved + timeout.toNanos() + 2 * pace.early();
                reserved = null;
            }
            view.failed(sentAt, timeout);
            if (view.canGoOnAlone() && !waiters.isEmpty()) {
                goOnAlone(System.nanoTime());
            } else {
                refused.addAll(waiters);
                waiters.clear();
                share = null;
                steps.become(Phase.IDLE);
            }
            return Steps::nothing;
        });
        refused.forEach(waiter -> waiter.refuse(failure));
        proceed();
    }

    /**
     * In the slot that was ours when Redis was lost, then by shares of the time. Redis is asked once more right before each,
     * so that all come back to it together, and now and then while the next is far. Where asking took so long that a share
     * is over, the next is taken without: else one that always takes so long would let nobody call.
     */
    private void goOnAlone(long now) {
        long lead = view.lead();
        Long planned = share;
        boolean missed = planned != null && now - planned >= pace.early();
        long next = planned != null && !missed && !view.isHeldAt(planned)
                ? planned
                : view.nextShare(missed ? now : now + lead);
        share = next;
        if (missed || next - now < lead) {
            steps.become(Phase.GRANTED);
            steps.at(next, () -> permit(next));
        } else {
            steps.become(Phase.WAITING);
            steps.at(Math.min(next - lead, now + LOOK_AGAIN), this::ask);
        }
    }

    private Runnable permit(long slot) {
        boolean granted = share == null;
        if (view.isHeldAt(System.nanoTime())) {
            unused |= granted;
            share = null;
            return ask();
        }
        Iterator<Waiter> queue = waiters.iterator();
        Waiter first = queue.next();
        queue.remove();
        share = null;
        SlotPermit given = new SlotPermit(slot, granted, this::sent, this::released);
        permit = given;
        steps.become(Phase.PERMITTED);
        expirePermit();
        return () -> first.give(given);
    }

    private void expirePermit() {
        steps.at(System.nanoTime() + PERMIT_LIFE, () -> {
            permit = null;
            steps.become(Phase.IDLE);
            return this::proceed;
        });
    }

    /** The call has left: the next is asked for. */
    private void sent(SlotPermit sent) {
        steps.change(() -> {
            if (!settle(sent)) {
                return Steps::nothing;
            }
            view.called(System.nanoTime(), sent.slot(), sent.granted());
            boolean tells = !view.isLost() && (awaited || view.hasUntoldCall());
            return steps.phase() == Phase.IDLE && !waiters.isEmpty() ? ask() : tells ? tell("sent") : Steps::nothing;
        });
    }

    private void released(SlotPermit returned) {
        steps.change(() -> {
            boolean current = permit == returned;
            if (!settle(returned)) {
                return Steps::nothing;
            }
            unused |= current && returned.granted();
            return steps.phase() == Phase.IDLE && !waiters.isEmpty() ? ask() : unused ? tell("leave") : Steps::nothing;
        });
    }

    private boolean settle(SlotPermit settled) {
        boolean first = settled.settle();
        if (first && permit == settled) {
            permit = null;
            steps.become(Phase.IDLE);
        }
        return first;
    }
}
