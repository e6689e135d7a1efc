package io.github.batchexports.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long SECOND = 1_000_000_000;
    private static final long TURN = SECOND + SECOND / 20;

    @ParameterizedTest
    @ValueSource(longs = {0, -5 * SECOND, Long.MIN_VALUE, Long.MAX_VALUE - SECOND / 2})
    void theFirstGoesAtOnceAndTheNextATwentiethWiderThanTheRate(long start) {
        Pace pace = Pace.perSecond(1);
        assertThat(pace.reserve(start)).isZero();
        assertThat(pace.reserve(start)).isEqualTo(TURN);
        assertThat(pace.reserve(start + 1)).isEqualTo(TURN - 1);
        assertThat(pace.reserve(start + TURN - 1)).isEqualTo(1);
        assertThat(pace.reserve(start + TURN)).isZero();
        assertThat(pace.reserve(start + TURN)).isEqualTo(TURN);
    }

    @Test
    void aQuietTimeSavesNothingUp() {
        Pace pace = Pace.perSecond(10);
        pace.reserve(0);
        assertThat(pace.reserve(100 * SECOND)).isZero();
        assertThat(pace.reserve(100 * SECOND)).isEqualTo(TURN / 10);
    }

    @Test
    void aHoldLastsUntilItsTimeAndAShorterOneChangesNothing() {
        Pace pace = Pace.perSecond(1);
        pace.holdUntil(10 * SECOND);
        assertThat(pace.reserve(0)).isEqualTo(10 * SECOND);
        pace.holdUntil(5 * SECOND);
        assertThat(pace.reserve(0)).isEqualTo(10 * SECOND);
        pace.holdUntil(11 * SECOND);
        assertThat(pace.reserve(9 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(pace.reserve(11 * SECOND)).isZero();
        pace.holdUntil(11 * SECOND);
        assertThat(pace.reserve(11 * SECOND)).isEqualTo(TURN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NEGATIVE_INFINITY})
    void withoutAPaceEveryoneGoesUnlessHeld(double rate) {
        Pace pace = Pace.perSecond(rate);
        assertThat(pace.reserve(5)).isZero();
        assertThat(pace.reserve(5)).isZero();
        pace.holdUntil(8);
        assertThat(pace.reserve(5)).isEqualTo(3);
        assertThat(pace.reserve(8)).isZero();
        assertThat(pace.reserve(8)).isZero();
    }

    @Test
    void extremeRatesAreBounded() {
        Pace slow = Pace.perSecond(Double.MIN_VALUE);
        slow.reserve(0);
        assertThat(slow.reserve(0)).isEqualTo(86_400 * SECOND);
        Pace fast = Pace.perSecond(Double.POSITIVE_INFINITY);
        fast.reserve(0);
        assertThat(fast.reserve(0)).isZero();
        assertThatThrownBy(() -> Pace.perSecond(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("requestsPerSecond");
    }
}
