package io.github.batchexports.reactor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.batchexports.reactor.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Exchanges with a limit of ten seconds, on a virtual clock. */
class ExchangeTimeoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(clock);
    private final ExchangeTimeout limit = new ExchangeTimeout(Duration.ofSeconds(10), new TimeSource(timers));
    private final List<String> late = new ArrayList<>();

    @AfterEach
    void end() {
        clock.dispose();
    }

    private Disposable exchange(String name) {
        return limit.timeUp().subscribe(nothing -> {}, error -> late.add("error"), () -> late.add(name));
    }

    private void after(int millis) {
        clock.advanceTimeBy(Duration.ofMillis(millis));
    }

    /** Asserts that these exchanges, and no others, expire exactly after this time. */
    private void assertLateAfter(int millis, String... names) {
        List<String> before = List.copyOf(late);
        after(millis - 1);
        assertThat(late).isEqualTo(before);
        after(1);
        assertThat(late.subList(before.size(), late.size())).containsExactly(names);
    }

    @Test
    void eachExchangeExpiresAfterItsOwnStart() {
        exchange("a");
        after(4_000);
        exchange("b");
        assertLateAfter(6_000, "a");
        assertLateAfter(4_000, "b");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void endedExchangeDoesNotExpire() {
        Disposable ended = exchange("ended");
        after(1_000);
        exchange("b");
        ended.dispose();
        assertLateAfter(10_000, "b");
    }

    @Test
    void sequentialExchangesShareOneTimer() {
        for (int i = 0; i < 1_000; i++) {
            exchange("one of many").dispose();
            assertThat(timers.pending()).isEqualTo(1);
            after(1);
        }
        after(10_000);
        assertThat(timers.pending()).isZero();
        assertThat(late).isEmpty();
    }

    @Test
    void exchangeAfterIdleTimeHasItsFullTime() {
        exchange("a").dispose();
        after(9_000);
        exchange("b");
        assertLateAfter(10_000, "b");
    }

    @Test
    void simultaneousExchangesExpireTogether() {
        exchange("a");
        exchange("b");
        assertLateAfter(10_000, "a", "b");
    }

    private static void raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    static Stream<Throwable> ordinaryFaults() {
        return Stream.of(
                new IllegalStateException("a subscriber's own fault"),
                new NoClassDefFoundError("of/a/Subscriber"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("ordinaryFaults")
    void throwingSubscriberDoesNotKeepOthersFromExpiring(Throwable fault) {
        Mono.never().timeout(limit.timeUp()).subscribe(nothing -> {}, error -> raise(fault));
        exchange("b");
        after(10_000);
        assertThat(late).containsExactly("b");
    }

    @Test
    void throwingHookForDroppedErrorsDoesNotKeepOthersFromExpiring() {
        Consumer<Throwable> hook = dropped -> raise(new NoClassDefFoundError("of/a/Hook"));
        Mono.never()
                .timeout(limit.timeUp())
                .subscribe(
                        nothing -> {},
                        error -> raise(new IllegalStateException("a subscriber's own fault")),
                        () -> {},
                        Context.of("reactor.onErrorDropped.local", hook));
        exchange("b");
        after(10_000);
        assertThat(late).containsExactly("b");
    }

    @Test
    void fatalErrorOfASubscriberIsThrownAfterTheOthersHaveExpired() {
        InternalError fatal = new InternalError("of the test");
        Mono.never().timeout(limit.timeUp()).subscribe(nothing -> {}, error -> raise(fatal));
        exchange("b");
        assertThat(catchThrowable(() -> after(10_000))).isSameAs(fatal);
        assertThat(late).containsExactly("b");
    }

    @Test
    void exchangeCancelledBeforeItsStartIsForgotten() {
        StepVerifier.create(limit.timeUp(), 0).thenCancel().verify();
        limit.timeUp().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });
        assertThat(limit.running()).isZero();
    }

    @Test
    void replacedSchedulerTimesTheNextExchange() {
        ExchangeTimeout onReactors = new ExchangeTimeout(Duration.ofMillis(50), new TimeSource(null));
        VirtualTimeScheduler.getOrSet();
        try {
            // Its timer is lost with the virtual clock, which is never advanced.
            onReactors.timeUp().subscribe().dispose();
        } finally {
            VirtualTimeScheduler.reset();
        }
        StepVerifier.create(onReactors.timeUp()).expectComplete().verify(Duration.ofSeconds(10));
    }

    /** Rejects every delayed task until it is told to accept them. */
    private static final class Rejecting extends Timers {
        private boolean rejects = true;

        Rejecting(Scheduler delegate) {
            super(delegate);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (rejects) {
                throw new RejectedExecutionException("of the test");
            }
            return super.schedule(task, delay, unit);
        }
    }

    @Test
    void rejectedTimerStillTimesOutTheExchange() {
        Rejecting scheduler = new Rejecting(Schedulers.parallel());
        ExchangeTimeout rejected = new ExchangeTimeout(Duration.ofMillis(50), new TimeSource(scheduler));
        StepVerifier.create(rejected.timeUp()).expectComplete().verify(PATIENCE);
        scheduler.rejects = false;
        StepVerifier.create(rejected.timeUp()).expectComplete().verify(PATIENCE);
        assertThat(rejected.running()).isZero();
    }

    @Test
    void timerRejectedByAllSchedulersIsSetByTheNextExchange() {
        Scheduler own = Schedulers.newSingle("of the test");
        Rejecting scheduler = new Rejecting(own);
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                return scheduler;
            }
        });
        try {
            ExchangeTimeout rejected = new ExchangeTimeout(Duration.ofMillis(50), new TimeSource(scheduler));
            CountDownLatch first = new CountDownLatch(1);
            rejected.timeUp().subscribe(nothing -> {}, error -> {}, first::countDown);
            scheduler.rejects = false;
            StepVerifier.create(rejected.timeUp()).expectComplete().verify(PATIENCE);
            assertThat(first.getCount()).isZero();
        } finally {
            Schedulers.resetFactory();
            own.dispose();
        }
    }

    @Test
    void clockSetBackExtendsNoTimeoutBeyondTheLimit() {
        AtomicLong back = new AtomicLong();
        Timers steps = new Timers(clock) {
            @Override
            public long now(TimeUnit unit) {
                return super.now(unit) - unit.convert(back.get(), TimeUnit.SECONDS);
            }
        };
        ExchangeTimeout stepped = new ExchangeTimeout(Duration.ofSeconds(10), new TimeSource(steps));
        stepped.timeUp().subscribe(nothing -> {}, error -> {}, () -> late.add("a"));
        stepped.timeUp().subscribe(nothing -> {}, error -> {}, () -> late.add("b"));
        back.set(3_600);
        after(10_000);
        assertThat(late).isEmpty();
        after(10_000);
        assertThat(late).containsExactly("a", "b");
    }
}
