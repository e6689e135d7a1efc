package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.RateLimitedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RestApiKey KEY = RestApiKey.of("s3cr3t");
    private static final CallContext CALL = CallContext.of("list exports", "c");

    private static Answer answer(int status, Map<String, String> headers) {
        return new Answer(CALL, KEY, status, headers::get, NOW);
    }

    private static BatchExportsException failure(int status, String body) {
        return answer(status, Map.of()).failure(body.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Instant retryAt(int status, Map<String, String> headers) {
        return answer(status, headers).failure(new byte[0]).answer().retryAt();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequestException, false",
        "401, AuthenticationException, false",
        "403, PermissionException, false",
        "404, NotFoundException, false",
        "408, InvalidRequestException, false",
        "422, InvalidRequestException, false",
        "429, RateLimitedException, true",
        "499, InvalidRequestException, false",
        "500, ServerException, true",
        "501, ServerException, false",
        "502, ServerException, true",
        "503, ServerException, true",
        "504, ServerException, true",
        "505, ServerException, false",
        "204, ServerException, false",
        "301, ServerException, false",
        "399, ServerException, false"
    })
    void eachStatusIsTheKindThatACallerActsOn(int status, String kind, boolean mayHeal) {
        BatchExportsException failure = failure(status, "{\"error_code\":\"C\",\"error_message\":\"words\"}");
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isTransient()).isEqualTo(mayHeal);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.resumeFrom()).isEqualTo("c");
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.getMessage())
                .startsWith("list exports failed: HTTP " + status)
                .contains("; ")
                .hasLineCount(1);
    }

    @Test
    void onlyTwoHundredIsASuccess() {
        assertThat(answer(200, Map.of()).isSuccess()).isTrue();
        assertThat(answer(201, Map.of()).isSuccess()).isFalse();
    }

    @Test
    void theApisWordsAreTaken() {
        BatchExportsException failure = failure(
                401, "{\"x\":{\"error_code\":1},\"error_code\":\"AUTH\",\"error_message\":\"Say who you are.\"}");
        assertThat(failure.errorCode()).isEqualTo("AUTH");
        assertThat(failure.errorMessage()).isEqualTo("Say who you are.");
        assertThat(failure)
                .hasMessage("list exports failed: HTTP 401 AUTH \"Say who you are.\"; check the REST API key");
        assertThat(failure(400, "{\"error_code\":31}").errorCode()).isEqualTo("31");
        assertThat(failure(400, "{\"error_code\":null,\"error_message\":[]}").errorMessage())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html>no</html>|an HTML page in place of the API's JSON, perhaps from a proxy",
                "<!-- x --><HTML>|an HTML page in place of the API's JSON, perhaps from a proxy",
                "Bad Gateway|no JSON of the API's, perhaps from a proxy",
                "[1]|no JSON of the API's, perhaps from a proxy",
                "{nonsense|no JSON of the API's, perhaps from a proxy"
            })
    void whatAProxySaysIsNamedAndNotQuoted(String body, String words) {
        assertThat(failure(502, body).errorMessage()).isEqualTo(words);
        assertThat(failure(502, body).errorCode()).isNull();
    }

    @Test
    void anEmptyOrTruncatedBodyIsHandled() {
        assertThat(failure(500, "").errorMessage()).isNull();
        assertThat(failure(500, " ").errorMessage()).isNull();
        BatchExportsException cut = failure(500, "{\"error_code\":\"A\",\"error_message\":\"B\",\"mo");
        assertThat(cut.errorCode()).isEqualTo("A");
        assertThat(cut.errorMessage()).isEqualTo("B");
    }

    @Test
    void textsAreMadeFitForOneLine() {
        String message = "a\\n\\tb\\u0000c\\u001b[31md\\u202ee\\u2028f  g\\ud800";
        assertThat(failure(400, "{\"error_message\":\"" + message + "\"}").errorMessage())
                .isEqualTo("a bc[31mde f g");
        String longest =
                failure(400, "{\"error_message\":\"" + "🙂".repeat(200) + "\"}").errorMessage();
        assertThat(longest).isEqualTo("🙂".repeat(150));
        assertThat(failure(400, "{\"error_message\":\"x" + "🙂".repeat(200) + "\"}")
                        .errorMessage())
                .isEqualTo("x" + "🙂".repeat(149));
        assertThat(failure(400, "{\"error_code\":\"" + "x".repeat(5_000) + "\"}")
                        .errorCode())
                .hasSize(100);
    }

    @Test
    void aKeyThatIsSentBackIsMasked() {
        BatchExportsException failure = failure(401, "{\"error_code\":\"s3cr3t\",\"error_message\":\"no s3cr3t\"}");
        assertThat(failure.getMessage()).contains("***").doesNotContain("s3cr3t");
        assertThat(failure.answer().toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.com/a/b?sig=x, redirects to https://other.com/a/b",
        "http://other.com:81/s3cr3t, redirects to http://other.com:81/***",
        "/elsewhere, redirects to /elsewhere",
        "::nonsense, redirects to what is no URL"
    })
    void aRedirectIsNamedWithoutItsQuery(String location, String words) {
        BatchExportsException failure =
                answer(302, Map.of("Location", location)).failure(new byte[0]);
        assertThat(failure.errorMessage()).isEqualTo(words);
        assertThat(failure.getMessage()).contains("redirects are not followed");
    }

    @Test
    void aRedirectToNowhereIsSaid() {
        assertThat(answer(302, Map.of()).failure(new byte[0]).errorMessage())
                .isEqualTo("a redirect without a location");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7000",
                " 7 |7000",
                "1.5|1500",
                "+3|3000",
                "0|0",
                "-5|0",
                "121|120000",
                "99999999999999999999999999|120000",
                "Thu, 01 Jan 2026 00:00:09 GMT|9000",
                "Thu, 01 Jan 2015 00:00:09 GMT|0",
                "Thu, 01 Jan 2088 00:00:09 GMT|120000"
            })
    void retryAfterIsReadInSecondsOrAsADateAndClamped(String value, long millis) {
        Instant expected = NOW.plusMillis(millis);
        assertThat(retryAt(429, Map.of("Retry-After", value))).isEqualTo(expected);
        assertThat(retryAt(503, Map.of("Retry-After", value))).isEqualTo(expected);
    }

    @Test
    void aDateIsReckonedFromTheServersOwnClock() {
        assertThat(retryAt(
                        429,
                        Map.of(
                                "Date", "Thu, 01 Jan 2026 01:00:00 GMT",
                                "Retry-After", "Thu, 01 Jan 2026 01:00:04 GMT")))
                .isEqualTo(NOW.plusSeconds(4));
        assertThat(retryAt(
                        429,
                        Map.of(
                                "Date", "no date",
                                "Retry-After", "Thu, 01 Jan 2026 00:00:04 GMT")))
                .isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void elseTheResetSaysWhenForARateThatIsUsedUpOnly() {
        String reset = String.valueOf(NOW.getEpochSecond() + 6);
        assertThat(retryAt(429, Map.of("X-RateLimit-Reset", reset))).isEqualTo(NOW.plusSeconds(6));
        assertThat(retryAt(503, Map.of("X-RateLimit-Reset", reset))).isNull();
        assertThat(retryAt(429, Map.of("X-RateLimit-Reset", reset, "Retry-After", "2")))
                .isEqualTo(NOW.plusSeconds(2));
        assertThat(retryAt(429, Map.of("X-RateLimit-Reset", reset, "Retry-After", "soon")))
                .isEqualTo(NOW.plusSeconds(6));
        assertThat(retryAt(429, Map.of("X-RateLimit-Reset", "1"))).isEqualTo(NOW);
        assertThat(retryAt(429, Map.of("X-RateLimit-Reset", "x"))).isNull();
        assertThat(retryAt(429, Map.of())).isNull();
        RateLimitedException limited =
                (RateLimitedException) answer(429, Map.of("Retry-After", "7")).failure(new byte[0]);
        assertThat(limited.retryAt()).isEqualTo(NOW.plusSeconds(7));
        assertThat(limited).hasMessageContaining("come back at 2026-01-01T00:00:07Z");
    }

    @Test
    void aSuccessThatUsedUpTheRateHoldsUntilTheReset() {
        String reset = String.valueOf(NOW.getEpochSecond() + 6);
        assertThat(answer(200, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset))
                        .holdUntil())
                .isEqualTo(NOW.plusSeconds(6));
        assertThat(answer(200, Map.of("X-RateLimit-Remaining", "1", "X-RateLimit-Reset", reset))
                        .holdUntil())
                .isNull();
        assertThat(answer(200, Map.of("X-RateLimit-Remaining", "0")).holdUntil())
                .isNull();
        assertThat(answer(200, Map.of("X-RateLimit-Reset", reset)).holdUntil()).isNull();
    }
}
