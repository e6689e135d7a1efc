package io.github.batchexports.reactor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.batchexports.reactor.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A timer whose schedulers fail once: the next update sets it. */
class RestartableTimerTest {

    private static final long SECOND = 1_000_000_000;

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final List<Long> fired = new ArrayList<>();
    private @Nullable Long due;

    @AfterEach
    void end() {
        Schedulers.resetFactory();
        clock.dispose();
    }

    private enum Failure {
        EXCEPTION,
        LINKAGE,
        NO_THREAD;

        void raise() {
            switch (this) {
                case EXCEPTION -> throw new IllegalStateException("of the scheduler");
                case LINKAGE -> throw new NoClassDefFoundError("of/the/Scheduler");
                case NO_THREAD -> throw new OutOfMemoryError("unable to create native thread");
            }
        }
    }

    /** Fails in the way that it is told to. */
    private static final class Failing extends Timers {
        private @Nullable Failure onSchedule;
        private @Nullable Failure onDispose;
        private @Nullable Failure onNow;

        Failing(Scheduler delegate) {
            super(delegate);
        }

        private static void raise(@Nullable Failure failure) {
            if (failure != null) {
                failure.raise();
            }
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            raise(onSchedule);
            Disposable scheduled = super.schedule(task, delay, unit);
            return () -> {
                scheduled.dispose();
                raise(onDispose);
            };
        }

        @Override
        public long now(TimeUnit unit) {
            raise(onNow);
            return super.now(unit);
        }
    }

    private RestartableTimer timer(TimeSource time) {
        return new RestartableTimer(time, () -> due, fired::add);
    }

    /** Also Reactor's scheduler, by which a wait is timed that a given one refuses. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void timerThatEverySchedulerRefusedIsSetByTheNextUpdate(Failure failure) {
        Failing scheduler = new Failing(clock);
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                return scheduler;
            }
        });
        RestartableTimer timer = timer(new TimeSource(scheduler));
        due = 5 * SECOND;
        scheduler.onSchedule = failure;
        assertThatCode(timer::update).doesNotThrowAnyException();
        scheduler.onSchedule = null;
        timer.update();
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(fired).containsExactly(5 * SECOND);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void timerIsSetAlthoughTheOneBeforeItFailsToStop(Failure failure) {
        Failing scheduler = new Failing(clock);
        RestartableTimer timer = timer(new TimeSource(scheduler));
        due = 10 * SECOND;
        timer.update();
        scheduler.onDispose = failure;
        due = 5 * SECOND;
        assertThatCode(timer::update).doesNotThrowAnyException();
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(fired).containsExactly(5 * SECOND);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void clockThatFailsDuringOneUpdateLeavesTheTimerToTheNext(Failure failure) {
        Failing scheduler = new Failing(clock);
        RestartableTimer timer = timer(new TimeSource(scheduler));
        due = 5 * SECOND;
        scheduler.onNow = failure;
        assertThatCode(timer::update).doesNotThrowAnyException();
        scheduler.onNow = null;
        timer.update();
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(fired).containsExactly(5 * SECOND);
    }
}
