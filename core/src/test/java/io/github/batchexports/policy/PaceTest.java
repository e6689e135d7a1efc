package io.github.batchexports.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long SECOND = 1_000_000_000;
    private static final long INTERVAL = 1_020_000_000;
    private static final long DAY = 86_400 * SECOND;

    private final Pace pace = Pace.perSecond(1);
    private long now = 5 * SECOND;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 5_000_000_000L, -5_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void firstCallIsNeverDelayed(long start) {
        assertThat(pace.reserve(start)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1020000000", "10, 105000000", "0.5, 2020000000", "2, 520000000", "1000, 1050000"})
    void marginIsTheLesserOf20MillisAnd5Percent(double rate, long interval) {
        Pace paced = Pace.perSecond(rate);

        assertThat(paced.reserve(now)).isZero();
        assertThat(paced.reserve(now)).isEqualTo(interval);
        assertThat(paced.reserve(now + interval - 1)).isEqualTo(1);
        assertThat(paced.reserve(now + interval)).isZero();
        assertThat(paced.reserve(now + interval)).isEqualTo(interval);
    }

    @Test
    void waitingReservesNoSlot() {
        pace.reserve(now);
        for (int i = 0; i < 10; i++) {
            assertThat(pace.reserve(now + 1000)).isEqualTo(INTERVAL - 1000);
        }
        assertThat(pace.reserve(now + INTERVAL)).isZero();
    }

    @Test
    void idleTimeAllowsNoBurst() {
        pace.reserve(now);
        now += 3600 * SECOND;

        assertThat(pace.reserve(now)).isZero();
        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
        now += INTERVAL;
        assertThat(pace.reserve(now)).isZero();
        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
    }

    @Test
    void lateReservationPostponesTheNextSlot() {
        pace.reserve(now);
        now += INTERVAL + 300;

        assertThat(pace.reserve(now)).isZero();
        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
    }

    @Test
    void noTwoCallsFallWithinOneInterval() {
        long last = Long.MIN_VALUE;
        for (int step = 0; step < 10_000; step++) {
            now += 10_000_000L + step % 7;
            if (pace.reserve(now) == 0) {
                assertThat(last == Long.MIN_VALUE || now - last >= INTERVAL).isTrue();
                last = now;
            }
        }
    }

    @Test
    void holdDelaysAllCalls() {
        pace.reserve(now);
        pace.holdUntil(now + 30 * SECOND);

        assertThat(pace.reserve(now + INTERVAL)).isEqualTo(30 * SECOND - INTERVAL);
        assertThat(pace.reserve(now + 30 * SECOND - 1)).isEqualTo(1);
        assertThat(pace.reserve(now + 30 * SECOND)).isZero();
        assertThat(pace.reserve(now + 30 * SECOND)).isEqualTo(INTERVAL);
    }

    @Test
    void shorterHoldDoesNotReplaceLongerOne() {
        pace.holdUntil(now + 30 * SECOND);
        pace.holdUntil(now + 10 * SECOND);
        assertThat(pace.reserve(now)).isEqualTo(30 * SECOND);

        pace.holdUntil(now + 31 * SECOND);
        assertThat(pace.reserve(now)).isEqualTo(31 * SECOND);
    }

    @Test
    void holdBeforeTheNextSlotDoesNotAdvanceIt() {
        pace.reserve(now);
        pace.holdUntil(now + SECOND);
        pace.holdUntil(now - SECOND);

        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000_000_000L, -5_000_000_000L, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void holdAppliesBeforeTheFirstCall(long start) {
        pace.holdUntil(start + 7);

        assertThat(pace.reserve(start)).isEqualTo(7);
        assertThat(pace.reserve(start + 7)).isZero();
    }

    @Test
    void expiredHoldDelaysNothing() {
        pace.holdUntil(now - 1);
        assertThat(pace.reserve(now)).isZero();

        Pace other = Pace.perSecond(1);
        other.holdUntil(now);
        assertThat(other.reserve(now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.MAX_VALUE, 1e10})
    void unlimitedPaceDelaysOnlyForHolds(double rate) {
        Pace unpaced = Pace.perSecond(rate);
        for (int i = 0; i < 100; i++) {
            assertThat(unpaced.reserve(now)).isZero();
        }
        unpaced.holdUntil(now + SECOND);
        assertThat(unpaced.reserve(now)).isEqualTo(SECOND);
        assertThat(unpaced.reserve(now + SECOND)).isZero();
        assertThat(unpaced.reserve(now + SECOND)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 1e-9})
    void tinyRateIsRaisedToOneCallADay(double rate) {
        Pace slow = Pace.perSecond(rate);

        assertThat(slow.reserve(now)).isZero();
        assertThat(slow.reserve(now)).isEqualTo(DAY + 20_000_000);
    }

    @Test
    void nanosecondIntervalIsPaced() {
        Pace fast = Pace.perSecond(1e9);

        assertThat(fast.reserve(now)).isZero();
        assertThat(fast.reserve(now)).isEqualTo(1);
    }

    @Test
    void nanRateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.perSecond(Double.NaN))
                .withMessageContaining("requestsPerSecond");
    }

    @Test
    void clockOverflowIsHandled() {
        now = Long.MAX_VALUE - 10;

        assertThat(pace.reserve(now)).isZero();
        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
        assertThat(pace.reserve(now + INTERVAL - 1)).isEqualTo(1);
        pace.holdUntil(now + 2 * INTERVAL);
        pace.holdUntil(now);
        assertThat(pace.reserve(now + INTERVAL)).isEqualTo(INTERVAL);
        assertThat(pace.reserve(now + 2 * INTERVAL)).isZero();
    }

    @Test
    void lateSendPostponesTheNextSlot() {
        Pace pace = Pace.perSecond(1);
        pace.reserve(0);
        pace.sent(300);
        assertThat(pace.reserve(300)).isEqualTo(INTERVAL);
        pace.sent(200);
        assertThat(pace.reserve(300)).isEqualTo(INTERVAL);
        pace.holdUntil(5_000_000_000L);
        pace.sent(400);
        assertThat(pace.reserve(400)).isEqualTo(5_000_000_000L - 400);
        assertThat(pace.isLimited()).isTrue();
        Pace unlimited = Pace.perSecond(0);
        unlimited.reserve(0);
        unlimited.sent(700);
        assertThat(unlimited.reserve(0)).isZero();
        assertThat(unlimited.isLimited()).isFalse();
    }

    @Test
    void returnedSlotIsFreeAgainButNotEarlier() {
        pace.reserve(now);
        pace.sent(now);
        pace.reserve(now + INTERVAL);
        pace.giveBack();
        assertThat(pace.reserve(now + INTERVAL - 1)).isEqualTo(1);
        assertThat(pace.reserve(now + INTERVAL)).isZero();
    }

    @Test
    void returnedSlotDoesNotUndoALateSendBeforeIt() {
        pace.reserve(now);
        now += 10 * SECOND;
        assertThat(pace.reserve(now)).isZero();
        pace.sent(now + SECOND / 10);
        pace.giveBack();

        assertThat(pace.reserve(now + SECOND / 10)).isEqualTo(INTERVAL);
    }

    @Test
    void marginGrowsOnRefusalsAndShrinksOnSends() {
        pace.reserve(now);
        pace.refused();
        pace.sent(now);
        long grown = pace.reserve(now) - SECOND;
        assertThat(grown).isBetween(29_900_000L, 30_000_000L);
        for (int i = 0; i < 20; i++) {
            pace.refused();
        }
        pace.sent(now);
        assertThat(pace.reserve(now) - SECOND).isBetween(99_000_000L, 100_000_000L);
        for (int i = 0; i < 5_000; i++) {
            now += 2 * SECOND;
            pace.reserve(now);
            pace.sent(now);
        }
        assertThat(pace.reserve(now)).isEqualTo(INTERVAL);
    }
}
