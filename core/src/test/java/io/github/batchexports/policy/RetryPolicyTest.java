package io.github.batchexports.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.error.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static RetryPolicy policy(double jitter) {
        return RetryPolicy.builder().jitter(() -> jitter).build();
    }

    private static CallContext attempt(int number) {
        return new CallContext(Operation.LIST, null, number);
    }

    private static BatchExportsException connectionReset(int attempt) {
        return new TransportException(attempt(attempt), "connection reset", true, null);
    }

    private static BatchExportsException rateLimitedUntil(int attempt, Instant retryAt) {
        return new RateLimitedException(attempt(attempt), new ErrorResponse(429, null, null, retryAt));
    }

    private static Duration wait(RetryPolicy policy, BatchExportsException failure) {
        return policy.waitAfter(failure, Duration.ZERO, NOW);
    }

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 4000"})
    void delayDoublesWithEachAttempt(int attempt, long millis) {
        assertThat(wait(policy(1), connectionReset(attempt))).isEqualTo(Duration.ofMillis(millis));
        assertThat(wait(policy(0.25), connectionReset(attempt))).isEqualTo(Duration.ofMillis(millis / 4));
        assertThat(wait(policy(0), connectionReset(attempt))).isZero();
    }

    @Test
    void defaultIsFiveAttempts() {
        assertThat(wait(policy(1), connectionReset(4))).isNotNull();
        assertThat(wait(policy(1), connectionReset(5))).isNull();
        assertThat(wait(policy(1), connectionReset(6))).isNull();
        assertThat(wait(policy(1), rateLimitedUntil(5, NOW.plusSeconds(1)))).isNull();
    }

    @Test
    void maxAttemptsIsRespected() {
        RetryPolicy two = RetryPolicy.builder().maxAttempts(2).jitter(() -> 1).build();

        assertThat(wait(two, connectionReset(1))).isNotNull();
        assertThat(wait(two, connectionReset(2))).isNull();
    }

    @Test
    void noneNeverRetries() {
        assertThat(wait(RetryPolicy.none(), connectionReset(1))).isNull();
        assertThat(wait(RetryPolicy.none(), rateLimitedUntil(1, NOW))).isNull();
    }

    @Test
    void delayIsCappedAtMaxDelay() {
        RetryPolicy manyAttempts =
                RetryPolicy.builder().maxAttempts(2_000_000).jitter(() -> 1).build();

        assertThat(wait(manyAttempts, connectionReset(6))).isEqualTo(Duration.ofSeconds(16));
        for (int attempt : new int[] {7, 8, 100, 2_000, 1_999_999}) {
            assertThat(wait(manyAttempts, connectionReset(attempt)))
                    .as("%d", attempt)
                    .isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void configuredDelaysAreUsed() {
        RetryPolicy shortDelays = RetryPolicy.builder()
                .firstDelay(Duration.ofMillis(10))
                .maxDelay(Duration.ofMillis(25))
                .jitter(() -> 1)
                .build();

        assertThat(wait(shortDelays, connectionReset(1))).isEqualTo(Duration.ofMillis(10));
        assertThat(wait(shortDelays, connectionReset(2))).isEqualTo(Duration.ofMillis(20));
        assertThat(wait(shortDelays, connectionReset(3))).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void zeroDelayStaysZero() {
        RetryPolicy withoutDelay = RetryPolicy.builder()
                .firstDelay(Duration.ZERO)
                .maxAttempts(5_000)
                .jitter(() -> 1)
                .build();

        assertThat(wait(withoutDelay, connectionReset(1))).isZero();
        assertThat(wait(withoutDelay, connectionReset(4_999))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "1.5, 500", "NaN, 0", "Infinity, 500", "-Infinity, 0"})
    void jitterIsClampedToBetween0And1(double jitter, long millis) {
        assertThat(wait(policy(jitter), connectionReset(1))).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void jitterIsRandomByDefault() {
        assertThat(Stream.generate(() -> wait(RetryPolicy.defaults(), connectionReset(4)))
                        .limit(100))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(4)))
                .anySatisfy(wait -> assertThat(wait).isPositive())
                .satisfies(
                        waits -> assertThat(waits.stream().distinct().count()).isGreaterThan(50));
    }

    @ParameterizedTest
    @CsvSource({"119500, 500", "119499, 500", "0, 500"})
    void retriesWithinMaxElapsed(long elapsed, long millis) {
        assertThat(policy(1).waitAfter(connectionReset(1), Duration.ofMillis(elapsed), NOW))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(longs = {119_501, 120_000, 10_000_000})
    void doesNotRetryPastMaxElapsed(long elapsed) {
        assertThat(policy(1).waitAfter(connectionReset(1), Duration.ofMillis(elapsed), NOW))
                .isNull();
    }

    @Test
    void maxElapsedIsRespected() {
        RetryPolicy oneSecond = RetryPolicy.builder()
                .maxElapsed(Duration.ofSeconds(1))
                .jitter(() -> 1)
                .build();

        assertThat(oneSecond.waitAfter(connectionReset(1), Duration.ofMillis(500), NOW))
                .isEqualTo(Duration.ofMillis(500));
        assertThat(oneSecond.waitAfter(connectionReset(1), Duration.ofMillis(501), NOW))
                .isNull();
    }

    @Test
    void serverRetryTimeReplacesDelay() {
        assertThat(wait(policy(1), rateLimitedUntil(1, NOW.plusSeconds(7)))).isEqualTo(Duration.ofSeconds(7));
        assertThat(wait(policy(1), rateLimitedUntil(4, NOW.plusMillis(1)))).isEqualTo(Duration.ofMillis(1));
        assertThat(wait(
                        policy(0),
                        new ServerException(attempt(1), new ErrorResponse(503, null, null, NOW.plusSeconds(3)))))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void pastRetryTimeIsClampedToNow() {
        assertThat(wait(policy(1), rateLimitedUntil(1, NOW))).isZero();
        assertThat(wait(policy(1), rateLimitedUntil(1, NOW.minusSeconds(9)))).isZero();
    }

    @Test
    void doesNotRetryIfServerRetryTimeIsPastMaxElapsed() {
        assertThat(wait(policy(1), rateLimitedUntil(1, NOW.plusSeconds(120)))).isEqualTo(Duration.ofSeconds(120));
        assertThat(wait(policy(1), rateLimitedUntil(1, NOW.plusMillis(120_001))))
                .isNull();
    }

    @Test
    void rateLimitWithoutRetryTimeUsesBackoff() {
        assertThat(wait(policy(1), rateLimitedUntil(2, null))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void permanentFailuresAreNotRetried() {
        ErrorResponse later = new ErrorResponse(400, null, null, NOW.plusSeconds(1));
        assertThat(wait(policy(1), new InvalidRequestException(attempt(1), later)))
                .isNull();
        assertThat(wait(policy(1), new TransportException(attempt(1), "certificate", false, null)))
                .isNull();
    }

    static Stream<UnaryOperator<RetryPolicy.Builder>> outOfRange() {
        Duration negative = Duration.ofNanos(-1);
        Duration tooLong = Duration.ofDays(1).plusNanos(1);
        return Stream.of(
                builder -> builder.maxAttempts(0),
                builder -> builder.maxAttempts(-1),
                builder -> builder.firstDelay(negative),
                builder -> builder.firstDelay(tooLong),
                builder -> builder.maxDelay(negative),
                builder -> builder.maxDelay(tooLong),
                builder -> builder.maxElapsed(negative),
                builder -> builder.maxElapsed(tooLong));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void optionsOutOfRangeAreRefused(UnaryOperator<RetryPolicy.Builder> option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option.apply(RetryPolicy.builder()))
                .withMessageMatching("max(Attempts|Delay|Elapsed) must be .*|firstDelay must be .*");
    }

    @Test
    void optionsAtTheirLimitsAreAccepted() {
        for (Duration end : new Duration[] {Duration.ZERO, Duration.ofDays(1)}) {
            assertThatCode(() -> RetryPolicy.builder()
                            .maxAttempts(1)
                            .firstDelay(end)
                            .maxDelay(end)
                            .maxElapsed(end)
                            .build())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void toStringListsOptions() {
        assertThat(RetryPolicy.defaults().toString().toLowerCase(Locale.ROOT))
                .isEqualTo("retrypolicy[maxattempts=5, firstdelay=pt0.5s, maxdelay=pt30s, maxelapsed=pt2m]");
        assertThat(RetryPolicy.none().toString()).contains("maxAttempts=1");
    }
}
