package io.github.batchexports.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorAnswer;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.error.TransportException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static CallContext attempt(int number) {
        return CallContext.of("list exports", null).withAttempt(number);
    }

    private static BatchExportsException broken(int attempt) {
        return new TransportException(attempt(attempt), "broken", true, null);
    }

    private static BatchExportsException limited(int attempt, Instant retryAt) {
        return new RateLimitedException(attempt(attempt), new ErrorAnswer(429, null, null, retryAt));
    }

    private static @Nullable Duration wait(RetryPolicy policy, BatchExportsException failure) {
        return policy.waitAfter(failure, Duration.ZERO, NOW);
    }

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 4000", "5, 8000", "6, 16000", "7, 30000", "8, 30000", "900, 30000"})
    void delaysDoubleUpToTheCap(int attempt, long millis) {
        RetryPolicy policy =
                RetryPolicy.builder().maxAttempts(1_000).jitter(() -> 1).build();
        assertThat(wait(policy, broken(attempt))).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aRandomPartOfTheDelayIsWaited() {
        assertThat(wait(RetryPolicy.builder().jitter(() -> 0.25).build(), broken(2)))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(wait(RetryPolicy.builder().jitter(() -> 0).build(), broken(2)))
                .isZero();
        assertThat(wait(RetryPolicy.builder().jitter(() -> 7).build(), broken(2)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(wait(RetryPolicy.builder().jitter(() -> -7).build(), broken(2)))
                .isZero();
        for (int i = 0; i < 1_000; i++) {
            assertThat(wait(RetryPolicy.defaults(), broken(4))).isBetween(Duration.ZERO, Duration.ofSeconds(4));
        }
    }

    @Test
    void attemptsAreCountedWithTheFirst() {
        assertThat(wait(RetryPolicy.defaults(), broken(4))).isNotNull();
        assertThat(wait(RetryPolicy.defaults(), broken(5))).isNull();
        assertThat(wait(RetryPolicy.none(), broken(1))).isNull();
        assertThat(wait(RetryPolicy.builder().maxAttempts(2).build(), broken(1)))
                .isNotNull();
        assertThat(wait(RetryPolicy.builder().maxAttempts(2).build(), broken(2)))
                .isNull();
    }

    @Test
    void onlyWhatMayHealIsRetried() {
        assertThat(wait(RetryPolicy.defaults(), new TransportException(attempt(1), "no", false, null)))
                .isNull();
        assertThat(wait(RetryPolicy.defaults(), new ServerException(attempt(1), new ErrorAnswer(501, null, null))))
                .isNull();
        assertThat(wait(RetryPolicy.defaults(), new ServerException(attempt(1), new ErrorAnswer(503, null, null))))
                .isNotNull();
    }

    @Test
    void theWordOfTheServerWins() {
        RetryPolicy policy = RetryPolicy.builder().jitter(() -> 1).build();
        assertThat(wait(policy, limited(1, NOW.plusSeconds(17)))).isEqualTo(Duration.ofSeconds(17));
        assertThat(wait(policy, limited(1, NOW.minusSeconds(17)))).isZero();
    }

    @Test
    void nothingStartsAfterTheTimeIsOver() {
        RetryPolicy policy = RetryPolicy.builder()
                .jitter(() -> 1)
                .maxElapsed(Duration.ofSeconds(10))
                .build();
        assertThat(policy.waitAfter(broken(2), Duration.ofSeconds(9), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(broken(2), Duration.ofMillis(9_001), NOW)).isNull();
        assertThat(wait(RetryPolicy.defaults(), limited(1, NOW.plusSeconds(120))))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryPolicy.defaults().waitAfter(limited(1, NOW.plusSeconds(120)), Duration.ofMillis(1), NOW))
                .isNull();
    }

    @Test
    void optionsThatCannotWorkAreRefusedByTheirName() {
        assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0)).hasMessageStartingWith("maxAttempts");
        assertThatThrownBy(() -> RetryPolicy.builder().firstDelay(Duration.ofMillis(-1)))
                .hasMessageStartingWith("firstDelay");
        assertThatThrownBy(() -> RetryPolicy.builder().maxDelay(Duration.ofDays(2)))
                .hasMessageStartingWith("maxDelay");
        assertThatThrownBy(() -> RetryPolicy.builder().maxElapsed(Duration.ofMillis(-1)))
                .hasMessageStartingWith("maxElapsed");
        assertThat(RetryPolicy.builder()
                        .firstDelay(Duration.ZERO)
                        .maxDelay(Duration.ofDays(1))
                        .build())
                .hasToString("RetryPolicy[maxAttempts=5, firstDelay=PT0S, maxDelay=PT24H, maxElapsed=PT2M]");
    }
}
