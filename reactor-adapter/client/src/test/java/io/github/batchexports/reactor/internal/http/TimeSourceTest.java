package io.github.batchexports.reactor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.batchexports.reactor.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class TimeSourceTest {

    @Test
    void systemClockSetBackDoesNotMoveTimeBack() {
        AtomicLong setBack = new AtomicLong();
        TimeSource time = new TimeSource(new Timers(Schedulers.parallel()) {
            @Override
            public long now(TimeUnit unit) {
                return super.now(unit) - unit.convert(setBack.get(), TimeUnit.HOURS);
            }
        });
        long before = time.nanos();
        setBack.set(1);
        assertThat(time.nanos()).isGreaterThanOrEqualTo(before);
        assertThat(time.instant()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }

    @Test
    void virtualTimeFollowsItsScheduler() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        TimeSource time = new TimeSource(clock);
        long before = time.nanos();
        clock.advanceTimeBy(Duration.ofSeconds(7));
        assertThat(time.nanos() - before).isEqualTo(7_000_000_000L);
        assertThat(time.instant()).isEqualTo(Instant.EPOCH.plusSeconds(7));
    }

    /** A scheduler of real time whose timers nevertheless run, or are lost, as the test says. */
    private static Timers real(Scheduler timers, AtomicBoolean loses) {
        return new Timers(timers) {
            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return loses.get() ? Disposables.single() : super.schedule(task, delay, unit);
            }

            @Override
            public long now(TimeUnit unit) {
                return unit.convert(System.currentTimeMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }

    @Test
    void timerThatAGivenSchedulerLosesRunsOnReactorsASecondLater() {
        VirtualTimeScheduler reactors = VirtualTimeScheduler.getOrSet();
        try {
            AtomicInteger runs = new AtomicInteger();
            Scheduler losing = real(VirtualTimeScheduler.create(), new AtomicBoolean(true));
            new TimeSource(losing).schedule(runs::incrementAndGet, 5_000_000_000L);
            reactors.advanceTimeBy(Duration.ofMillis(5_999));
            assertThat(runs).hasValue(0);
            reactors.advanceTimeBy(Duration.ofMillis(1));
            assertThat(runs).hasValue(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    static Stream<Error> errors() {
        return Stream.of(
                new NoClassDefFoundError("of/the/Scheduler"), new OutOfMemoryError("unable to create native thread"));
    }

    /** A scheduler of real time whose timers are as the test gives them. */
    private static Timers giving(Supplier<Disposable> timer) {
        return new Timers(Schedulers.single()) {
            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return timer.get();
            }

            @Override
            public long now(TimeUnit unit) {
                return unit.convert(System.currentTimeMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }

    private static void assertRunsOnReactorsAfter(Duration time, Scheduler failing) {
        VirtualTimeScheduler reactors = VirtualTimeScheduler.getOrSet();
        try {
            AtomicInteger runs = new AtomicInteger();
            assertThatCode(() -> new TimeSource(failing).schedule(runs::incrementAndGet, 5_000_000_000L))
                    .doesNotThrowAnyException();
            assertThatCode(() -> reactors.advanceTimeBy(time)).doesNotThrowAnyException();
            assertThat(runs).hasValue(1);
            reactors.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(runs).hasValue(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void timerThatAGivenSchedulerRefusesWithAnErrorRunsOnReactors(Error error) {
        assertRunsOnReactorsAfter(Duration.ofSeconds(5), giving(() -> {
            throw error;
        }));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void timerThatAGivenSchedulerLosesAndFailsToStopRunsOnReactors(Error error) {
        assertRunsOnReactorsAfter(Duration.ofSeconds(6), giving(() -> () -> {
            throw error;
        }));
    }

    @Test
    void timerOfAGivenSchedulerRunsOnceAndIsGivenUpWhole() {
        VirtualTimeScheduler reactors = VirtualTimeScheduler.getOrSet();
        try {
            AtomicInteger runs = new AtomicInteger();
            VirtualTimeScheduler clock = VirtualTimeScheduler.create();
            TimeSource time = new TimeSource(real(clock, new AtomicBoolean()));
            time.schedule(runs::incrementAndGet, 5_000_000_000L);
            clock.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(runs).hasValue(1);
            reactors.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(runs).hasValue(1);

            time.schedule(runs::incrementAndGet, 5_000_000_000L).dispose();
            clock.advanceTimeBy(Duration.ofMinutes(1));
            reactors.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(runs).hasValue(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }
}
