package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Exchanges that may take ten seconds, on a virtual clock. */
class TimeLimitTest {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(clock);
    private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(10), new Timing(timers));
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

    @Test
    void theTimeOfEachIsUpSoLongAfterItBegan() {
        exchange("a");
        after(4_000);
        exchange("b");
        after(5_999);
        assertThat(late).isEmpty();
        after(1);
        assertThat(late).containsExactly("a");
        after(3_999);
        assertThat(late).containsExactly("a");
        after(1);
        assertThat(late).containsExactly("a", "b");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void oneThatEndedIsNotLateAndTheOthersAre() {
        Disposable ended = exchange("ended");
        after(1_000);
        exchange("b");
        ended.dispose();
        after(9_999);
        assertThat(late).isEmpty();
        after(1);
        assertThat(late).containsExactly("b");
    }

    @Test
    void oneTimerServesAThousandThatComeOneAfterTheOtherAndGoesWhenNobodyIsLeft() {
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
    void oneThatBeginsAfterAQuietTimeHasAllItsTime() {
        exchange("a").dispose();
        after(9_000);
        exchange("b");
        after(9_999);
        assertThat(late).isEmpty();
        after(1);
        assertThat(late).containsExactly("b");
    }

    @Test
    void thoseThatBeginTogetherAreLateTogether() {
        exchange("a");
        exchange("b");
        after(10_000);
        assertThat(late).containsExactly("a", "b");
    }
}
