package io.github.batchexports.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.policy.Pace;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Turns at one a second, on a virtual clock. */
class LocalPacerTest {

    private static final Duration TURN = Duration.ofMillis(1040);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final TimeSource timing = new TimeSource(clock);
    private final LocalPacer queue = new LocalPacer(Pace.perSecond(1), timing);
    private final List<String> served = new ArrayList<>();

    @AfterEach
    void end() {
        clock.dispose();
    }

    private Disposable waiter(String name) {
        return queue.awaitTurn().subscribe(nothing -> {}, error -> served.add("error"), () -> {
            served.add(name);
            queue.started();
        });
    }

    @Test
    void theFirstIsServedAtOnceAndTheOthersInOrder() {
        waiter("a");
        waiter("b");
        waiter("c");
        assertThat(served).containsExactly("a");
        clock.advanceTimeBy(TURN.minusMillis(1));
        assertThat(served).containsExactly("a");
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(served).containsExactly("a", "b");
        clock.advanceTimeBy(TURN);
        assertThat(served).containsExactly("a", "b", "c");
    }

    @Test
    void aQuietTimeSavesNothingUp() {
        waiter("a");
        clock.advanceTimeBy(Duration.ofMinutes(5));
        waiter("b");
        waiter("c");
        assertThat(served).containsExactly("a", "b");
    }

    @Test
    void aWaiterThatLeavesGivesItsTurnBack() {
        waiter("a");
        Disposable leaver = waiter("b");
        waiter("c");
        leaver.dispose();
        clock.advanceTimeBy(TURN);
        assertThat(served).containsExactly("a", "c");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void theNextTurnIsReckonedFromWhenTheCallBeforeWentOut() {
        queue.awaitTurn().subscribe(nothing -> {}, error -> {}, () -> served.add("slow to connect"));
        waiter("b");
        clock.advanceTimeBy(TURN.multipliedBy(3));
        assertThat(served).containsExactly("slow to connect");
        queue.started();
        clock.advanceTimeBy(TURN.minusMillis(1));
        assertThat(served).hasSize(1);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(served).containsExactly("slow to connect", "b");
    }

    @Test
    void aTurnWhoseAttemptEndsBeforeItsCallGoesOutHoldsNobodyUp() {
        Turn cancelledFirst = new Turn(queue);
        cancelledFirst.ended();
        queue.awaitTurn().subscribe(nothing -> {}, error -> {}, cancelledFirst::taken);
        waiter("b");
        clock.advanceTimeBy(TURN);
        assertThat(served).containsExactly("b");

        Turn cancelledThen = new Turn(queue);
        clock.advanceTimeBy(TURN);
        queue.awaitTurn().subscribe(nothing -> {}, error -> {}, cancelledThen::taken);
        waiter("c");
        cancelledThen.ended();
        cancelledThen.started();
        clock.advanceTimeBy(TURN);
        assertThat(served).containsExactly("b", "c");
    }

    @Test
    void noTimerRunsWhenNobodyWaits() {
        waiter("a");
        Disposable leaver = waiter("b");
        assertThat(clock.getScheduledTaskCount()).isEqualTo(1);
        leaver.dispose();
        waiter("c").dispose();
        assertThat(queue.waiting()).isZero();
        clock.advanceTimeBy(TURN);
        waiter("d");
        assertThat(served).containsExactly("a", "d");
    }

    @Test
    void aHoldIsForEveryoneWhoWaitsAndWhoComesLater() {
        waiter("a");
        waiter("b");
        queue.holdUntil(timing.instant().plusSeconds(10));
        clock.advanceTimeBy(Duration.ofSeconds(9));
        waiter("c");
        assertThat(served).containsExactly("a");
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(served).containsExactly("a", "b");
        clock.advanceTimeBy(TURN);
        assertThat(served).containsExactly("a", "b", "c");
    }

    @Test
    void withoutAPaceAHoldStillHolds() {
        LocalPacer unpaced = new LocalPacer(Pace.perSecond(0), timing);
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int turn = i;
            unpaced.awaitTurn().subscribe(nothing -> {}, error -> {}, () -> turns.add(turn));
        }
        assertThat(turns).containsExactly(0, 1, 2);
        unpaced.holdUntil(timing.instant().plusSeconds(2));
        unpaced.awaitTurn().subscribe(nothing -> {}, error -> {}, () -> turns.add(3));
        clock.advanceTimeBy(Duration.ofMillis(1999));
        assertThat(turns).hasSize(3);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(turns).hasSize(4);
    }

    @Test
    void aTurnThatStartsAnotherWaiterDoesNotUpsetTheOrder() {
        queue.awaitTurn().subscribe(nothing -> {}, error -> {}, () -> {
            served.add("a");
            queue.started();
            waiter("inner");
        });
        waiter("b");
        clock.advanceTimeBy(TURN.multipliedBy(2));
        assertThat(served).containsExactly("a", "inner", "b");
    }
}
