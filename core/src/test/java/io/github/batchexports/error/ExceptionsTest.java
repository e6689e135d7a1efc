package io.github.batchexports.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionsTest {

    private static final CallContext CALL = new CallContext(Operation.LIST, "a+b=", 3);
    private static final String NASTY = "one\r\ntwo\u2028three\u001b[0m\u202e\ttail";
    private static final String CLEAN = "one two three[0m tail";

    private static ErrorResponse response(int status) {
        return new ErrorResponse(status, "CODE", NASTY);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(new AuthenticationException(CALL, response(401)), false, "check the REST API key"),
                Arguments.of(new PermissionException(CALL, response(403)), false, "check the project key"),
                Arguments.of(new NotFoundException(CALL, response(404)), false, "check the base URL and the API"),
                Arguments.of(new InvalidRequestException(CALL, response(422)), false, "change it as the server says"),
                Arguments.of(new RateLimitedException(CALL, response(429)), true, "retry later"),
                Arguments.of(new ServerException(CALL, response(500)), true, "try again later"),
                Arguments.of(new ServerException(CALL, response(502)), true, "try again later"),
                Arguments.of(new ServerException(CALL, response(503)), true, "try again later"),
                Arguments.of(new ServerException(CALL, response(504)), true, "try again later"),
                Arguments.of(new ServerException(CALL, response(501)), false, "check the base URL, and"),
                Arguments.of(new ServerException(CALL, response(505)), false, "check the base URL, and"),
                Arguments.of(new ServerException(CALL, response(204)), false, "check the base URL, and"),
                Arguments.of(new ServerException(CALL, response(299)), false, "check the base URL, and"),
                Arguments.of(new ServerException(CALL, response(300)), false, "redirects are not followed"),
                Arguments.of(new ServerException(CALL, response(307)), false, "redirects are not followed"),
                Arguments.of(new ServerException(CALL, response(399)), false, "redirects are not followed"),
                Arguments.of(new TransportException(CALL, NASTY, true, null), true, "then try again"),
                Arguments.of(new TransportException(CALL, NASTY, false, null), false, "its certificate"),
                Arguments.of(new MalformedResponseException(CALL, "$.exports[0]", NASTY), false, "the API version"),
                Arguments.of(new PagingException(CALL, NASTY), false, "list again"),
                Arguments.of(new DownloadException(CALL, null, NASTY, true, 0, null), true, "try again later"),
                Arguments.of(
                        new DownloadException(CALL, response(403), "no", false, 7, null), false, "list the export"),
                Arguments.of(
                        new ExportUnconfirmedException(new TransportException(CALL, NASTY, true, null)),
                        false,
                        "look for it with list"),
                Arguments.of(
                        new ExportUnconfirmedException(new ServerException(CALL, response(503))),
                        false,
                        "look for it with list"),
                Arguments.of(
                        new ExportUnconfirmedException(new MalformedResponseException(CALL, "$.id", NASTY)),
                        false,
                        "look for it with list"),
                Arguments.of(new RestApiKeyException(CALL, NASTY, null), false, "check where it takes the key from"),
                Arguments.of(new ClientClosedException(CALL), false, "use a client that is open"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void messageIsOneLineOfOperationResponseAndAdvice(
            BatchExportsException failure, boolean isTransient, String advice) {
        assertThat(failure.getMessage())
                .startsWith("list exports failed (attempt 3): ")
                .contains(advice)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        if (!(failure instanceof ClientClosedException)) {
            assertThat(failure.getMessage()).contains(CLEAN);
        }
        assertThat(failure.isTransient()).isEqualTo(isTransient);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindKeepsItsCallAndResumeCursor(BatchExportsException failure, boolean isTransient, String advice) {
        assertThat(failure.resumeFrom()).isEqualTo("a+b=");
        assertThat(failure.call()).isSameAs(CALL);
        assertThat(failure.attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void javaSerializationKeepsEverything(BatchExportsException failure, boolean isTransient, String advice)
            throws Exception {
        BatchExportsException earlier = new TransportException(CALL, "reset", true, new IOException("reset"));
        failure.addSuppressed(earlier);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            BatchExportsException read = (BatchExportsException) in.readObject();
            assertThat(read).hasSameClassAs(failure).hasMessage(failure.getMessage());
            assertThat(read.attempts()).isEqualTo(3);
            assertThat(read.resumeFrom()).isEqualTo("a+b=");
            assertThat(read.call()).isEqualTo(CALL);
            assertThat(read.response()).isEqualTo(failure.response());
            assertThat(read.isTransient()).isEqualTo(isTransient);
            assertThat(read.getSuppressed())
                    .singleElement()
                    .extracting(suppressed -> ((BatchExportsException) suppressed).attempts())
                    .isEqualTo(3);
        }
    }

    @Test
    void firstPageFailureHasNoResumeCursor() {
        CallContext first = CallContext.of(Operation.LIST, null);

        assertThat(new PagingException(first, "why").resumeFrom()).isNull();
        assertThat(new PagingException(first, "why")).hasMessageStartingWith("list exports failed: why; ");
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(first.withAttempt(2)).isEqualTo(new CallContext(Operation.LIST, null, 2));
    }

    @Test
    void messageNamesTheExportOnOneLine() {
        CallContext call = CallContext.ofId(Operation.AWAIT, "export_1\r\n" + "x".repeat(200));
        NotFoundException failure = new NotFoundException(call, response(404));
        assertThat(failure)
                .hasMessageStartingWith("await export failed: HTTP 404")
                .hasMessageContaining("; check the id export_1 xxx")
                .hasMessageEndingWith("x, the base URL and the API version");
        assertThat(failure.getMessage()).hasLineCount(1).hasSizeLessThan(300);
        assertThat(call.withAttempt(2).id()).isEqualTo(call.id());
    }

    @Test
    void failedExportKeepsIdAndStatusWhenSerialized() throws Exception {
        ExportRequest export = ExportRequest.builder()
                .id("export_1")
                .status(ExportStatus.ERROR)
                .build();
        ExportFailedException failure = new ExportFailedException(export);
        assertThat(failure.export()).isSameAs(export);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ExportFailedException read = (ExportFailedException) in.readObject();
            assertThat(read)
                    .hasMessage("await export failed: export_1 ended with the status ERROR; "
                            + "create it again, or look it up in the dashboard");
            assertThat(read.exportId()).isEqualTo("export_1");
            assertThat(read.exportStatus()).isEqualTo(ExportStatus.ERROR);
            assertThat(read.export()).isNull();
        }
    }

    @Test
    void errorResponseIsExposed() {
        ErrorResponse response = response(403);
        BatchExportsException failure = new PermissionException(CALL, response);

        assertThat(failure.response()).isSameAs(response);
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.errorCode()).isEqualTo("CODE");
        assertThat(failure.errorMessage()).isEqualTo(CLEAN);
        assertThat(failure).hasMessageContaining(": HTTP 403 CODE \"" + CLEAN + "\"; ");
        assertThat(failure).hasNoCause();
    }

    @Test
    void errorCodeAndMessageAreNullWhenAbsent() {
        BatchExportsException failure = new PermissionException(CALL, new ErrorResponse(403, null, null));

        assertThat(failure.errorCode()).isNull();
        assertThat(failure.errorMessage()).isNull();
        assertThat(failure).hasMessageContaining(": HTTP 403; ");
    }

    @Test
    void transportFailureHasNoResponse() {
        Exception cause = new IllegalStateException("reset");
        BatchExportsException failure = new TransportException(CALL, "connection reset", true, cause);

        assertThat(failure.response()).isNull();
        assertThat(failure.status()).isNull();
        assertThat(failure.errorCode()).isNull();
        assertThat(failure.errorMessage()).isNull();
        assertThat(failure).hasCause(cause);
    }

    @Test
    void rateLimitedMessageNamesRetryTime() {
        Instant time = Instant.parse("2026-11-23T10:00:00Z");
        RateLimitedException failure = new RateLimitedException(CALL, new ErrorResponse(429, null, null, time));

        assertThat(failure.retryAt()).isEqualTo(time);
        assertThat(failure).hasMessageContaining("retry at 2026-11-23T10:00:00Z, and");
        assertThat(new RateLimitedException(CALL, response(429)).retryAt()).isNull();
    }

    @Test
    void downloadFailureReportsBytesReceived() {
        Exception cause = new IllegalStateException("reset");
        DownloadException failure = new DownloadException(CALL, response(503), "it broke", true, 1_234, cause);

        assertThat(failure.reason()).isEqualTo("it broke");
        assertThat(failure.received()).isEqualTo(1_234);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure).hasMessageContaining(": it broke, HTTP 503 CODE \"" + CLEAN + "\", after 1234 bytes; try");
        assertThat(failure).hasCause(cause);
        assertThat(new DownloadException(CALL, null, "it broke", false, 0, null))
                .hasMessageContaining(": it broke; list the export again");
    }

    @Test
    void malformedResponseNamesPathAndReason() {
        MalformedResponseException failure = new MalformedResponseException(CALL, "$.exports[3].id", "missing");

        assertThat(failure.path()).isEqualTo("$.exports[3].id");
        assertThat(failure.reason()).isEqualTo("missing");
        assertThat(failure).hasMessageContaining("cannot be read at $.exports[3].id: missing; ");
    }

    @Test
    void longMessagesAreTruncated() {
        assertThat(new PagingException(CALL, "x".repeat(100_000)).getMessage()).hasSize(1_000);
        assertThat(new ErrorResponse(400, "C".repeat(500), "m".repeat(500)))
                .isEqualTo(new ErrorResponse(400, "C".repeat(100), "m".repeat(300)));
    }
}
