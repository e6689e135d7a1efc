package io.github.batchexports.reactor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
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
}
