package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of statuses and bodies. */
class ApiResponseTest {

    private static final CallContext CALL = new CallContext(Operation.LIST, "the+cursor", 2);
    private static final RestApiKey KEY = RestApiKey.of("s3cr3t");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static ApiResponse response(int status, Map<String, String> headers) {
        return new ApiResponse(CALL, KEY, status, headers::get, NOW);
    }

    private static BatchExportsException failureOf(int status, String body) {
        return response(status, Map.of()).failure(body.getBytes(StandardCharsets.UTF_8));
    }

    private static BatchExportsException redirect(String location) {
        return response(307, Map.of("Location", location)).failure(new byte[0]);
    }

    @Test
    void only200IsASuccess() {
        assertThat(response(200, Map.of()).isSuccess()).isTrue();
        for (int status : new int[] {100, 199, 201, 202, 204, 206, 301, 400, 500}) {
            assertThat(response(status, Map.of()).isSuccess()).as("%d", status).isFalse();
        }
    }

    @Test
    void createAlsoSucceedsWith201And202() {
        CallContext create = CallContext.of(Operation.CREATE, null);
        for (int status : new int[] {200, 201, 202}) {
            assertThat(new ApiResponse(create, KEY, status, name -> null, NOW).isSuccess())
                    .isTrue();
        }
        assertThat(new ApiResponse(create, KEY, 204, name -> null, NOW).isSuccess())
                .isFalse();
    }

    @Test
    void eachStatusMapsToOneErrorKind() {
        for (int status = 100; status < 600; status++) {
            Class<?> kind =
                    switch (status) {
                        case 401 -> AuthenticationException.class;
                        case 403 -> PermissionException.class;
                        case 404 -> NotFoundException.class;
                        case 429 -> RateLimitedException.class;
                        default ->
                            status >= 400 && status < 500 && status != 408
                                    ? InvalidRequestException.class
                                    : ServerException.class;
                    };
            boolean isTransient =
                    status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
            BatchExportsException failure = failureOf(status, "{}");

            assertThat(failure).as("%d", status).isExactlyInstanceOf(kind);
            assertThat(failure.isTransient()).as("%d", status).isEqualTo(isTransient);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure).hasMessageStartingWith("list exports failed (attempt 2): HTTP " + status);
        }
    }

    @Test
    void failureKeepsItsCall() {
        BatchExportsException failure = failureOf(403, "{}");

        assertThat(failure.call()).isSameAs(CALL);
        assertThat(failure.resumeFrom()).isEqualTo("the+cursor");
        assertThat(failure.attempts()).isEqualTo(2);
    }

    @Test
    void errorCodeAndMessageAreRead() {
        BatchExportsException failure =
                failureOf(401, "{\"error_code\":\"AUTHENTICATION_INVALID\",\"error_message\":\"Invalid key\"}");

        assertThat(failure.errorCode()).isEqualTo("AUTHENTICATION_INVALID");
        assertThat(failure.errorMessage()).isEqualTo("Invalid key");
        assertThat(failure).hasMessageContaining("HTTP 401 AUTHENTICATION_INVALID \"Invalid key\"; check");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{\"error_code\":40,\"error_message\":\"old\"} | 40 | old",
                "{\"error_code\":4.5} | 4.5 | -",
                "{\"error_code\":true} | true | -",
                "{\"error_code\":null,\"error_message\":null} | - | -",
                "{\"error_message\":\"only\"} | - | only",
                "{\"error_code\":{\"error_code\":\"no\"},\"error_message\":[\"no\"]} | - | -",
                "{\"details\":{\"error_code\":\"no\"},\"error_code\":\"yes\"} | yes | -",
                "{\"details\":[{\"error_message\":\"no\"}],\"error_message\":\"yes\"} | - | yes",
                "{\"status\":5,\"error_code\":\"A\",\"more\":\"no\"} | A | -",
                "{} | - | -",
                "{\"error_code\":\"A\",\"error_mess | A | -",
                "{\"error_code\":\"A\",\"error_message\":\"cut of | A | -",
                "{\"error_message\":\"whole\",\"error_code\":nonsense} | - | whole",
                "{\"error_code\":\"A\"} and more | A | -",
            })
    void errorBodyIsReadUpToItsFirstSyntaxError(String body, String code, String message) {
        BatchExportsException failure = failureOf(400, body);

        assertThat(failure.errorCode()).isEqualTo(code);
        assertThat(failure.errorMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t"})
    void emptyBodyGivesNoCodeOrMessage(String body) {
        BatchExportsException failure = failureOf(502, body);

        assertThat(failure.errorCode()).isNull();
        assertThat(failure.errorMessage()).isNull();
        assertThat(failure).hasMessage("list exports failed (attempt 2): HTTP 502; try again later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>s3cr3t</title>",
                "  <!doctype HTML>",
                "<html><h1>502 Bad Gateway</h1></html>",
                "<!-- x --><HTML>",
                "<?xml version=\"1.0\"?>\n<HTML lang=\"en\">"
            })
    void htmlBodyIsNamedNotQuoted(String body) {
        assertThat(failureOf(502, body).errorMessage())
                .isEqualTo("an HTML page instead of the API's JSON, perhaps from a proxy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bad Gateway s3cr3t", "[{\"error_code\":1}]", "\"text\"", "42", "{\"error_message\":\"cut", "{{{"
            })
    void otherForeignBodyIsNamedNotQuoted(String body) {
        BatchExportsException failure = failureOf(502, body);

        assertThat(failure.errorMessage()).isEqualTo("not the API's JSON, perhaps from a proxy");
        assertThat(failure.errorCode()).isNull();
    }

    @Test
    void htmlIsDetectedInTheFirst1000BytesOnly() {
        assertThat(failureOf(502, ".".repeat(995) + "<html").errorMessage()).startsWith("an HTML page");
        assertThat(failureOf(502, ".".repeat(996) + "<html").errorMessage()).startsWith("not the API");
    }

    @Test
    void anyErrorBodyIsTolerated() {
        byte[] bytes = new byte[ApiResponse.MAX_ERROR_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        assertThat(response(500, Map.of()).failure(bytes).errorMessage()).startsWith("not the API");
        assertThat(failureOf(500, "{\"a\":" + "[".repeat(60_000)).errorMessage())
                .startsWith("not the API");
        assertThat(failureOf(500, "{\"error_code\":" + "1".repeat(60_000) + "}").status())
                .isEqualTo(500);
    }

    @Test
    void messageIsOnePrintableLine() {
        BatchExportsException failure = failureOf(
                400,
                "{\"error_code\":\"A\\r\\nB\\u0007\",\"error_message\":\"\\u001b[31mred\\u202e\\u2066 \\t\\u2028next\\r\\n"
                        + "line\\u0000\\u200b\\ufeff\\u009b\\ud800end \"}");

        assertThat(failure.errorCode()).isEqualTo("A B");
        assertThat(failure.errorMessage()).isEqualTo("[31mred next lineend");
        assertThat(failure.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    }

    @Test
    void messageIsTruncatedTo300Characters() {
        assertThat(failureOf(400, "{\"error_message\":\"" + "a".repeat(300) + "\"}")
                        .errorMessage())
                .hasSize(300);
        assertThat(failureOf(400, "{\"error_message\":\"" + "a".repeat(5_000) + "\"}")
                        .errorMessage())
                .isEqualTo("a".repeat(300));
    }

    @Test
    void codeIsTruncatedTo100Characters() {
        assertThat(failureOf(400, "{\"error_code\":\"" + "x".repeat(5_000) + "\"}")
                        .errorCode())
                .isEqualTo("x".repeat(100));
    }

    @Test
    void truncationDoesNotSplitSurrogatePairs() {
        for (int before = 290; before < 302; before++) {
            for (String whitespace : new String[] {"", " "}) {
                String text = "a".repeat(before) + whitespace + "😀".repeat(10);
                String message =
                        failureOf(400, "{\"error_message\":\"" + text + "\"}").errorMessage();

                assertThat(message).hasSizeBetween(298, 300);
                assertThat(text).startsWith(message);
                assertThat(Character.isHighSurrogate(message.charAt(message.length() - 1)))
                        .isFalse();
            }
        }
    }

    @Test
    void keyRepeatedByTheServerIsMasked() {
        BatchExportsException failure =
                failureOf(401, "{\"error_code\":\"NO_s3cr3t\",\"error_message\":\"key s3cr3t is wrong: s3cr3t\"}");

        assertThat(failure.errorCode()).isEqualTo("NO_***");
        assertThat(failure.errorMessage()).isEqualTo("key *** is wrong: ***");
        assertThat(failureOf(401, "{\"error_message\":\"key s3\\u200bcr3t\"}").errorMessage())
                .isEqualTo("key ***");
        assertThat(redirect("https://user:word@a_b:81/x").errorMessage()).isEqualTo("redirects to https://a_b:81/x");
        assertThat(KEY.appearsIn(failure)).isFalse();
        assertThat(failure.response().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void keyAtTheTruncationPointIsMasked() {
        String message = failureOf(401, "{\"error_message\":\"" + "a".repeat(297) + "s3cr3t\"}")
                .errorMessage();

        assertThat(message).isEqualTo("a".repeat(297) + "***");
    }

    @ParameterizedTest
    @CsvSource({
        "https://storage.example/a/b?signature=abc, https://storage.example/a/b",
        "https://storage.example:8443/a?x#fragment, https://storage.example:8443/a",
        "https://user:password@storage.example/a, https://storage.example/a",
        "https://storage.example:0/a, https://storage.example:0/a",
        "https://storage.example, https://storage.example",
        "/login?next=a, /login",
        "//storage.example/a, storage.example/a",
        "https://storage.example/s3cr3t/a, https://storage.example/***/a",
    })
    void redirectNamesItsTargetWithoutTheQuery(String location, String target) {
        BatchExportsException failure = redirect(location);

        assertThat(failure).isInstanceOf(ServerException.class).hasMessageContaining("redirects are not followed");
        assertThat(failure.errorMessage()).isEqualTo("redirects to " + target);
        assertThat(failure.errorCode()).isNull();
    }

    @Test
    void redirectWithoutValidLocationIsReported() {
        assertThat(redirect("https://a b/s3cr3t").errorMessage()).isEqualTo("redirects to a malformed URL");
        assertThat(response(302, Map.of()).failure(new byte[0]).errorMessage())
                .isEqualTo("a redirect without a Location header");
    }

    @Test
    void only3xxIsARedirect() {
        for (int status : new int[] {299, 400}) {
            assertThat(response(status, Map.of("Location", "/a"))
                            .failure(new byte[0])
                            .errorMessage())
                    .isNull();
        }
        for (int status : new int[] {300, 399}) {
            assertThat(response(status, Map.of("Location", "/a"))
                            .failure(new byte[0])
                            .errorMessage())
                    .isEqualTo("redirects to /a");
        }
    }
}
