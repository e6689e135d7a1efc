package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.RateLimitedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry time that a response asks for. */
class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.250Z");
    /** The clock of a server that is an hour ahead. */
    private static final String SERVER_NOW = "Mon, 23 Nov 2026 11:00:00 GMT";

    private static final Instant LATEST = NOW.plus(Duration.ofMinutes(2));

    private final Map<String, String> headers = new HashMap<>();

    private ApiResponse response(int status, Instant now) {
        return new ApiResponse(CallContext.of(Operation.LIST, null), RestApiKey.of("key"), status, headers::get, now);
    }

    private Instant retryAt(int status) {
        return response(status, NOW).failure(new byte[0]).response().retryAt();
    }

    private Instant retryAt() {
        return retryAt(429);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000",
        "7, 7000",
        "+7, 7000",
        "1.5, 1500",
        "2., 2000",
        "0.0004, 1",
        "1.001, 1001",
        "120, 120000",
        "119.999, 119999",
        "' 3 ', 3000"
    })
    void retryAfterIsInSeconds(String value, long millis) {
        headers.put("Retry-After", value);

        assertThat(retryAt()).isEqualTo(NOW.plusMillis(millis));
    }

    @Test
    void outOfRangeRetryAfterIsClamped() {
        headers.put("Retry-After", "-5");
        assertThat(retryAt()).isEqualTo(NOW);
        headers.put("Retry-After", "121");
        assertThat(retryAt()).isEqualTo(LATEST);
        headers.put("Retry-After", "1" + "0".repeat(300));
        assertThat(retryAt()).isEqualTo(LATEST);
        headers.put("Retry-After", "-1" + "0".repeat(300));
        assertThat(retryAt()).isEqualTo(NOW);
        headers.put("Retry-After", "9".repeat(400));
        assertThat(retryAt()).isEqualTo(LATEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "1e3",
                "NaN",
                "Infinity",
                "0x10",
                "1,5",
                "1 2",
                ".5",
                "--1",
                "٣",
                "Monday, 23-Nov-26 11:00:10 GMT",
                "Sun, 23 Nov 2026 11:00:10 GMT",
                "2026-11-23T11:00:10Z"
            })
    void invalidRetryAfterIsIgnored(String value) {
        headers.put("Retry-After", value);
        assertThat(retryAt()).isNull();

        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 5));
        assertThat(retryAt()).isEqualTo(NOW.plusMillis(4_750));
    }

    @Test
    void overlongRetryAfterIsIgnored() {
        headers.put("Retry-After", "9".repeat(8_000));
        assertThat(retryAt()).isNull();
    }

    @Test
    void retryAfterDateIsRelativeToTheServersDate() {
        headers.put("Retry-After", "Mon, 23 Nov 2026 11:00:10 GMT");
        headers.put("Date", SERVER_NOW);

        assertThat(retryAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "garbage"})
    void retryAfterDateIsRelativeToOurClockWithoutServerDate(String serverDate) {
        headers.put("Retry-After", "Mon, 23 Nov 2026 10:00:10 GMT");
        if (!serverDate.equals("none")) {
            headers.put("Date", serverDate);
        }
        assertThat(retryAt()).isEqualTo(Instant.parse("2026-11-23T10:00:10Z"));
    }

    @Test
    void outOfRangeRetryAfterDateIsClamped() {
        headers.put("Date", SERVER_NOW);
        headers.put("Retry-After", "Mon, 23 Nov 2026 10:59:59 GMT");
        assertThat(retryAt()).isEqualTo(NOW);
        headers.put("Retry-After", "Tue, 24 Nov 2026 11:00:00 GMT");
        assertThat(retryAt()).isEqualTo(LATEST);
    }

    @Test
    void resetIsInUnixSecondsOfTheServersClock() {
        long server = Instant.parse("2026-11-23T11:00:00Z").getEpochSecond();
        headers.put("Date", SERVER_NOW);

        headers.put("X-RateLimit-Reset", Long.toString(server + 3));
        assertThat(retryAt()).isEqualTo(NOW.plusSeconds(3));
        headers.put("X-RateLimit-Reset", "1" + "0".repeat(300));
        assertThat(retryAt()).isEqualTo(LATEST);
        headers.put("X-RateLimit-Reset", " " + (server + 3) + " ");
        assertThat(retryAt()).isEqualTo(NOW.plusSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "1795427997", "1795428000"})
    void resetThatIsNotInTheFutureIsIgnored(String reset) {
        headers.put("Date", "Mon, 23 Nov 2026 10:00:00 GMT");
        headers.put("X-RateLimit-Reset", reset);
        headers.put("X-RateLimit-Remaining", "0");
        assertThat(retryAt()).isNull();
        assertThat(response(200, NOW).holdUntil()).isNull();

        headers.put("Retry-After", "0");
        assertThat(retryAt()).isEqualTo(NOW);
    }

    @Test
    void waitForTheResetIsNeverTooShort() {
        Instant reset = Instant.parse("2026-11-23T10:00:02Z");
        headers.put("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
        for (int millis = 0; millis < 1000; millis++) {
            Instant now = Instant.parse("2026-11-23T10:00:00.000456Z").plusMillis(millis);
            Instant retryAt = response(429, now).failure(new byte[0]).response().retryAt();

            assertThat(retryAt).isBetween(reset, reset.plusMillis(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1.5", "+1", "1e10", "9-9"})
    void invalidResetIsIgnored(String value) {
        headers.put("X-RateLimit-Reset", value);

        assertThat(retryAt()).isNull();
    }

    @Test
    void retryAfterTakesPrecedenceOverReset() {
        headers.put("Retry-After", "1");
        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 60));

        assertThat(retryAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void otherErrorsUseRetryAfterOnly() {
        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 60));
        assertThat(retryAt(503)).isNull();

        headers.put("Retry-After", "1");
        assertThat(retryAt(503)).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void rateLimitedExceptionHasTheRetryTime() {
        headers.put("Retry-After", "2");

        assertThat(response(429, NOW).failure(new byte[0]))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(2)))
                .hasMessageContaining("retry at 2026-11-23T10:00:02.250Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00", " 0 ", "-1"})
    void successWithNothingRemainingHoldsUntilReset(String remaining) {
        headers.put("X-RateLimit-Remaining", remaining);
        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 5));

        assertThat(response(200, NOW).holdUntil()).isEqualTo(NOW.plusMillis(4_750));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10", "", "none", "0.5", "-"})
    void successWithoutZeroRemainingHoldsNothing(String remaining) {
        headers.put("X-RateLimit-Remaining", remaining);
        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 5));

        assertThat(response(200, NOW).holdUntil()).isNull();
    }

    @Test
    void successWithoutBothHeadersHoldsNothing() {
        assertThat(response(200, NOW).holdUntil()).isNull();

        headers.put("X-RateLimit-Remaining", "0");
        assertThat(response(200, NOW).holdUntil()).isNull();
        headers.remove("X-RateLimit-Remaining");
        headers.put("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 5));
        assertThat(response(200, NOW).holdUntil()).isNull();
    }
}
