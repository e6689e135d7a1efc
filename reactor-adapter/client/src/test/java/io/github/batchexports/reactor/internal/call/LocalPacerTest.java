package io.github.batchexports.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.policy.Pace;
import io.github.batchexports.reactor.RequestPacer.Permit;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Permits at one a second, on a virtual clock. */
class LocalPacerTest {

    private static final Duration INTERVAL = Duration.ofMillis(1020);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final TimeSource time = new TimeSource(clock);
    private final LocalPacer pacer = new LocalPacer(Pace.perSecond(1), time);
    private final List<String> granted = new ArrayList<>();

    @AfterEach
    void end() {
        clock.dispose();
    }

    /** A call that is sent as soon as it has its permit. */
    private Disposable call(String name) {
        return pacer.acquire()
                .subscribe(
                        permit -> {
                            granted.add(name);
                            permit.sent();
                        },
                        error -> granted.add("error"));
    }

    private Permit acquired() {
        AtomicReference<Permit> permit = new AtomicReference<>();
        pacer.acquire().subscribe(permit::set);
        return permit.get();
    }

    @Test
    void firstCallIsGrantedAtOnceAndOthersInOrder() {
        call("a");
        call("b");
        call("c");
        assertThat(granted).containsExactly("a");
        clock.advanceTimeBy(INTERVAL.minusMillis(1));
        assertThat(granted).containsExactly("a");
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(granted).containsExactly("a", "b");
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void idleTimeAllowsNoBurst() {
        call("a");
        clock.advanceTimeBy(Duration.ofMinutes(5));
        call("b");
        call("c");
        assertThat(granted).containsExactly("a", "b");
    }

    @Test
    void cancelledWaiterTakesNoSlot() {
        call("a");
        Disposable cancelled = call("b");
        call("c");
        cancelled.dispose();
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("a", "c");
        assertThat(pacer.waiting()).isZero();
    }

    @Test
    void nextPermitComesOneIntervalAfterTheLastSend() {
        Permit slowToConnect = acquired();
        call("b");
        clock.advanceTimeBy(INTERVAL.multipliedBy(3));
        assertThat(granted).isEmpty();
        slowToConnect.sent();
        clock.advanceTimeBy(INTERVAL.minusMillis(1));
        assertThat(granted).isEmpty();
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(granted).containsExactly("b");
    }

    @Test
    void unsentReleaseGivesTheSlotToTheNext() {
        Permit unsent = acquired();
        call("b");
        unsent.release();
        assertThat(granted).containsExactly("b");
        unsent.sent();
        unsent.release();
        call("c");
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("b", "c");
    }

    @Test
    void releaseAfterSentGivesNothingBack() {
        Permit permit = acquired();
        permit.sent();
        permit.release();
        call("b");
        assertThat(granted).isEmpty();
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("b");
    }

    @Test
    void unsettledPermitBlocksOnlyForItsLease() {
        Permit forgotten = acquired();
        call("b");
        clock.advanceTimeBy(LEASE.minusMillis(1));
        assertThat(granted).isEmpty();
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(granted).containsExactly("b");

        clock.advanceTimeBy(Duration.ofMillis(500));
        forgotten.sent();
        call("c");
        clock.advanceTimeBy(INTERVAL.minusMillis(1));
        assertThat(granted).containsExactly("b");
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(granted).containsExactly("b", "c");
    }

    @Test
    void noTimerRunsWithoutWaiters() {
        call("a");
        Disposable cancelled = call("b");
        assertThat(clock.getScheduledTaskCount()).isEqualTo(1);
        cancelled.dispose();
        call("c").dispose();
        assertThat(pacer.waiting()).isZero();
        clock.advanceTimeBy(INTERVAL);
        call("d");
        assertThat(granted).containsExactly("a", "d");
    }

    @Test
    void holdDelaysWaitingAndLaterCalls() {
        call("a");
        call("b");
        pacer.holdFor(Duration.ofSeconds(10));
        clock.advanceTimeBy(Duration.ofSeconds(9));
        call("c");
        assertThat(granted).containsExactly("a");
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(granted).containsExactly("a", "b");
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void holdAppliesWithoutAPace() {
        LocalPacer unpaced = new LocalPacer(Pace.perSecond(0), time);
        List<Integer> permits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            unpaced.acquire().subscribe(permit -> permits.add(number));
        }
        assertThat(permits).containsExactly(0, 1, 2);
        unpaced.holdFor(Duration.ofSeconds(2));
        unpaced.acquire().subscribe(permit -> permits.add(3));
        clock.advanceTimeBy(Duration.ofMillis(1999));
        assertThat(permits).hasSize(3);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(permits).hasSize(4);
    }

    @Test
    void reentrantAcquireKeepsTheOrder() {
        pacer.acquire().subscribe(permit -> {
            granted.add("a");
            permit.sent();
            call("inner");
        });
        call("b");
        clock.advanceTimeBy(INTERVAL.multipliedBy(2));
        assertThat(granted).containsExactly("a", "inner", "b");
    }

    @Test
    void refusalWidensTheDistance() {
        call("a");
        pacer.refused();
        call("b");
        clock.advanceTimeBy(INTERVAL);
        call("c");
        assertThat(granted).containsExactly("a", "b");
        clock.advanceTimeBy(INTERVAL);
        assertThat(granted).containsExactly("a", "b");
        clock.advanceTimeBy(Duration.ofMillis(10));
        assertThat(granted).containsExactly("a", "b", "c");
    }

    /** A scheduler that loses its tasks, as one that is shut down does. */
    private final class Losing implements Scheduler {
        final AtomicBoolean loses = new AtomicBoolean();
        final AtomicBoolean refuses = new AtomicBoolean();

        @Override
        public Disposable schedule(Runnable task) {
            return clock.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (refuses.get()) {
                throw new RejectedExecutionException("shut down");
            }
            return clock.schedule(
                    () -> {
                        if (!loses.get()) {
                            task.run();
                        }
                    },
                    delay,
                    unit);
        }

        @Override
        public long now(TimeUnit unit) {
            return clock.now(unit);
        }

        @Override
        public Worker createWorker() {
            return clock.createWorker();
        }
    }

    @Test
    void nextCallRestartsALostTimer() {
        Losing scheduler = new Losing();
        LocalPacer paced = new LocalPacer(Pace.perSecond(1), new TimeSource(scheduler));
        paced.acquire().subscribe(Permit::sent);
        scheduler.loses.set(true);
        paced.acquire().subscribe(permit -> granted.add("waited"));
        clock.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(granted).isEmpty();
        scheduler.loses.set(false);
        paced.acquire().subscribe(permit -> granted.add("next"));
        assertThat(granted).containsExactly("waited");
    }

    @Test
    void replacedSchedulerTakesOverTheTimer() {
        VirtualTimeScheduler first = VirtualTimeScheduler.getOrSet();
        try {
            LocalPacer paced = new LocalPacer(Pace.perSecond(0.001), new TimeSource(null));
            paced.acquire().subscribe(Permit::sent);
            paced.acquire().subscribe(permit -> granted.add("waited"));
            assertThat(first.getScheduledTaskCount()).isEqualTo(1);
            VirtualTimeScheduler second = VirtualTimeScheduler.create();
            VirtualTimeScheduler.set(second);
            paced.acquire().subscribe(permit -> granted.add("next"));
            second.advanceTimeBy(Duration.ofSeconds(1051));
            assertThat(granted).containsExactly("waited");
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void rejectingSchedulerIsReplacedByReactorsOwn() {
        VirtualTimeScheduler reactors = VirtualTimeScheduler.getOrSet();
        try {
            Losing scheduler = new Losing();
            LocalPacer paced = new LocalPacer(Pace.perSecond(1), new TimeSource(scheduler));
            paced.acquire().subscribe(Permit::sent);
            scheduler.refuses.set(true);
            paced.acquire().subscribe(permit -> granted.add("waited"));
            reactors.advanceTimeBy(INTERVAL);
            assertThat(granted).containsExactly("waited");
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void cancelAsItIsSubscribedTakesNoPermit() {
        pacer.acquire().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });

        call("next");

        assertThat(granted).containsExactly("next");
        assertThat(pacer.waiting()).isZero();
    }

    @Test
    void longQueueOfCallsThatFailAtOnceIsServedToItsEnd() {
        LocalPacer real = new LocalPacer(Pace.perSecond(1), new TimeSource(null));
        Permit first = real.acquire().block(LEASE);
        Sinks.Empty<Void> served = Sinks.empty();
        AtomicInteger left = new AtomicInteger(5_000);
        for (int i = left.get(); i > 0; i--) {
            // Released unsent, as by a call that fails before its request.
            real.acquire().subscribe(permit -> {
                permit.release();
                if (left.decrementAndGet() == 0) {
                    served.tryEmitEmpty();
                }
            });
        }

        first.release();

        served.asMono().block(LEASE);
        assertThat(left).hasValue(0);
    }

    static Stream<Consumer<Permit>> faultySubscribers() {
        return Stream.of(
                permit -> {
                    throw new IllegalStateException("not ours");
                },
                permit -> {
                    throw new NoClassDefFoundError("not/Ours");
                });
    }

    @ParameterizedTest
    @MethodSource("faultySubscribers")
    void throwingSubscriberBlocksNoOthers(Consumer<Permit> subscriber) {
        call("a");
        pacer.acquire().subscribe(subscriber);
        call("c");
        clock.advanceTimeBy(INTERVAL.multipliedBy(2));
        clock.advanceTimeBy(LEASE);
        assertThat(granted).containsExactly("a", "c");
    }
}
