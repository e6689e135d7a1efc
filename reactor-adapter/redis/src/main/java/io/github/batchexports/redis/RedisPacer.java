package io.github.batchexports.redis;

import io.github.batchexports.reactor.RequestPacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
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

    private static final Duration FIRST_CONTACT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofMillis(500);
    /** A permit of which nothing is heard stops holding up the others. */
    private static final long PERMIT_LIFE = TimeUnit.SECONDS.toNanos(10);
    /** Whoever waits longer asks in between: who is silent for a minute is taken for gone. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(20);

    private static final Duration LONGEST_HOLD = Duration.ofDays(1);

    private enum Phase {
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

    private final SharedPace redis;
    private final FleetPace pace;
    private final FleetView view;
    private final Scheduler scheduler = Schedulers.parallel();

    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private Phase phase = Phase.IDLE;
    private int step;
    private @Nullable Disposable timer;
    /** The share of the time that is planned, where Redis gave no slot. */
    private @Nullable Long share;
    /** A slot in Redis is ours, and ahead. */
    private boolean reserved;
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
            synchronized (waiters) {
                waiters.add(waiter);
            }
            sink.onCancel(waiter::leave);
            proceed();
        });
    }

    @Override
    public void holdFor(Duration time) {
        long length = (time.compareTo(LONGEST_HOLD) < 0 ? time : LONGEST_HOLD).toNanos();
        change(() -> {
            view.hold(System.nanoTime() + length);
            return tell("hold");
        });
    }

    /** Leaves the fleet: its place is free at once, where a process that dies is missed after a minute. */
    Mono<Void> quit() {
        return Mono.defer(() -> {
            synchronized (waiters) {
                return view.isReached()
                        ? redis.run(view.args("quit", System.nanoTime(), unused), ANSWER)
                                .then()
                        : Mono.empty();
            }
        });
    }

    /** Changes the state under the lock, and sends what comes of it outside. */
    private void change(Supplier<Runnable> change) {
        Runnable request;
        synchronized (waiters) {
            request = change.get();
        }
        request.run();
    }

    private static void nothing() {}

    private void proceed() {
        change(() -> waiters.isEmpty() ? withdraw() : phase == Phase.IDLE ? ask() : RedisPacer::nothing);
    }

    private void become(Phase next) {
        phase = next;
        step++;
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
    }

    /** Does this at that time, unless something else came first. */
    private void at(long time, Supplier<Runnable> action) {
        int planned = step;
        long wait = Math.max(0, time - System.nanoTime());
        timer = scheduler.schedule(
                () -> change(() -> planned == step ? action.get() : RedisPacer::nothing), wait, TimeUnit.NANOSECONDS);
    }

    /** Nobody waits any more: the slot is for others. */
    private Runnable withdraw() {
        if (phase != Phase.WAITING && phase != Phase.GRANTED) {
            return RedisPacer::nothing;
        }
        unused |= phase == Phase.GRANTED && share == null;
        boolean leaves = reserved || unused;
        become(Phase.IDLE);
        reserved = false;
        share = null;
        return leaves ? tell("leave") : RedisPacer::nothing;
    }

    private Runnable ask() {
        become(Phase.ASKING);
        long now = System.nanoTime();
        boolean returns = unused;
        awaited = view.leavesLate(now);
        List<byte[]> args = view.args("acquire", now, returns);
        Duration timeout = view.isLost() ? view.probe() : view.isReached() ? ANSWER : FIRST_CONTACT;
        return () -> redis.run(args, timeout)
                .subscribe(reply -> change(() -> answered(reply, now, returns)), failure -> failed(failure, now));
    }

    /** What is only told: the reply brings news, and silence is noticed by the next who asks. */
    private Runnable tell(String op) {
        if (!view.isReached()) {
            return RedisPacer::nothing;
        }
        long now = System.nanoTime();
        boolean returns = unused;
        List<byte[]> args = view.args(op, now, returns);
        return () -> redis.run(args, ANSWER)
                .subscribe(
                        reply -> change(() -> told(reply, now, returns)),
                        failure -> LOG.debug("Redis was not told {}: {}", op, failure.toString()));
    }

    private Runnable told(PaceReply reply, long sentAt, boolean returned) {
        unused &= !returned;
        view.answered(reply, sentAt, System.nanoTime());
        return RedisPacer::nothing;
    }

    private Runnable answered(PaceReply reply, long sentAt, boolean returned) {
        told(reply, sentAt, returned);
        share = null;
        reserved = !reply.granted();
        // Redis answers about in the middle of the round trip.
        long due = sentAt + (System.nanoTime() - sentAt) / 2 + TimeUnit.MICROSECONDS.toNanos(reply.untilDue());
        if (reply.granted()) {
            become(Phase.GRANTED);
            at(due, () -> permit(due));
        } else {
            become(Phase.WAITING);
            at(Math.min(due - pace.early() * 2 / 3, System.nanoTime() + LONGEST_WAIT), this::ask);
        }
        return waiters.isEmpty() ? withdraw() : RedisPacer::nothing;
    }

    private void failed(Throwable failure, long sentAt) {
        LOG.debug("Redis does not answer: {}", failure.toString());
        List<Waiter> refused = new ArrayList<>();
        synchronized (waiters) {
            view.failed(sentAt);
            reserved = false;
            if (view.canGoOnAlone() && !waiters.isEmpty()) {
                goOnAlone(System.nanoTime());
            } else {
                refused.addAll(waiters);
                waiters.clear();
                share = null;
                become(Phase.IDLE);
            }
        }
        refused.forEach(waiter -> waiter.refuse(failure));
        proceed();
    }

    /** By shares of the time. Redis is asked once more right before each, so that all come back to it together. */
    private void goOnAlone(long now) {
        Long planned = share;
        if (planned != null && now - planned < pace.early() && !view.isHeldAt(planned)) {
            become(Phase.GRANTED);
            at(planned, () -> permit(planned));
        } else {
            long probe = view.probe().toNanos() + pace.early();
            long next = view.nextShare(now + probe);
            share = next;
            become(Phase.WAITING);
            at(next - probe, this::ask);
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
        SlotPermit given = new SlotPermit(slot, granted);
        permit = given;
        become(Phase.PERMITTED);
        at(System.nanoTime() + PERMIT_LIFE, () -> {
            permit = null;
            become(Phase.IDLE);
            return this::proceed;
        });
        return () -> first.give(given);
    }

    /** Who waits: in the queue, or given a permit, or gone. */
    private final class Waiter {

        private final MonoSink<Permit> sink;
        private volatile @Nullable SlotPermit given;
        private volatile boolean left;

        Waiter(MonoSink<Permit> sink) {
            this.sink = sink;
        }

        void give(SlotPermit slot) {
            given = slot;
            try {
                sink.success(slot);
            } catch (RuntimeException | Error failure) {
                // A subscriber that throws keeps nobody else from a permit.
                slot.release();
                throw failure;
            }
            if (left) {
                slot.release();
            }
        }

        void refuse(Throwable failure) {
            sink.error(new RedisUnavailableException(failure));
        }

        void leave() {
            left = true;
            synchronized (waiters) {
                waiters.remove(this);
            }
            SlotPermit slot = given;
            if (slot != null) {
                // It was given in this very moment, and will not be heard of.
                slot.release();
            }
            proceed();
        }
    }

    /** The right to one call. */
    private final class SlotPermit implements Permit {

        private final long slot;
        private final boolean granted;
        private boolean settled;

        SlotPermit(long slot, boolean granted) {
            this.slot = slot;
            this.granted = granted;
        }

        @Override
        public void sent() {
            change(() -> {
                if (settled) {
                    return RedisPacer::nothing;
                }
                view.called(System.nanoTime(), slot, granted);
                settle();
                boolean tells = !view.isLost() && (awaited || view.hasUntoldCall());
                return phase == Phase.IDLE && !waiters.isEmpty() ? ask() : tells ? tell("sent") : RedisPacer::nothing;
            });
        }

        @Override
        public void release() {
            change(() -> {
                if (settled) {
                    return RedisPacer::nothing;
                }
                boolean current = permit == this;
                settle();
                unused |= current && granted;
                return phase == Phase.IDLE && !waiters.isEmpty() ? ask() : unused ? tell("leave") : RedisPacer::nothing;
            });
        }

        private void settle() {
            settled = true;
            if (permit == this) {
                permit = null;
                become(Phase.IDLE);
            }
        }
    }
}
