package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.DownloadException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import io.github.batchexports.reactor.RawServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** A storage that sends parts of a file of unknown length, and one that compresses without being asked to. */
class UnknownLengthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TEXT = "12345678";

    private final FileServer server = new FileServer(TEXT.getBytes(StandardCharsets.US_ASCII));
    private final BatchExportsClient client =
            server.options().retry(RetryPolicy.none()).build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private String received() {
        return new String(DownloadTest.bytes(client.download(FileServer.FILE)), StandardCharsets.US_ASCII);
    }

    private DownloadException failure() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(client.download(FileServer.FILE).ignoreElements())
                .expectErrorSatisfies(failure::set)
                .verify(PATIENCE);
        assertThat(failure.get()).isExactlyInstanceOf(DownloadException.class);
        return (DownloadException) failure.get();
    }

    private static int from(Request request) {
        String range = request.headers().getOrDefault("range", "bytes=0-");
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static Reply part(int from, String text, String total) {
        return Reply.text(
                "HTTP/1.1 206 Partial\r\nContent-Length: " + text.length() + "\r\nContent-Range: bytes " + from + "-"
                        + (from + text.length() - 1) + "/" + total,
                text,
                After.KEEP);
    }

    private static Reply upTo(Request request, int bytes, String total) {
        int from = from(request);
        return from >= TEXT.length()
                ? FileServer.status(416, "Content-Range: bytes */" + TEXT.length() + "\r\n")
                : part(from, TEXT.substring(from, Math.min(from + bytes, TEXT.length())), total);
    }

    @Test
    void partsOfUnknownTotalAreRequestedUntilTheFileEnds() {
        server.storage((call, request) -> upTo(request, 3, "*"));
        assertThat(received()).isEqualTo(TEXT);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=3-", "bytes=6-", "bytes=8-");
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void totalInALaterPartEndsTheFile() {
        server.storage((call, request) -> upTo(request, 4, call == 1 ? "*" : "8"));
        assertThat(received()).isEqualTo(TEXT);
        assertThat(server.storageCalls()).hasSize(2);
    }

    @Test
    void shortPartAfterABreakIsResumed() {
        server.storage((call, request) -> switch (call) {
            case 1 -> server.part(request, 4, After.CLOSE);
            case 2 -> part(4, "5", "*");
            default -> upTo(request, 8, "*");
        });
        try (BatchExportsClient retrying = server.options().build()) {
            assertThat(DownloadTest.bytes(retrying.download(FileServer.FILE))).isEqualTo(server.content);
        }
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=4-", "bytes=5-");
    }

    @Test
    void truncatedPartFails() {
        server.storage((call, request) -> Reply.text(
                "HTTP/1.1 206 P\r\nContent-Length: 3\r\nContent-Range: bytes 0-7/*", TEXT.substring(0, 3), After.KEEP));
        assertThat(failure())
                .hasMessageContaining("ended before the file did, after 3 bytes")
                .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.isTransient())
                        .isTrue());
    }

    @Test
    void endlessPartsFail() {
        server.storage((call, request) -> part(from(request), "x", "*"));
        assertThat(failure()).hasMessageContaining("does not say where the file ends");
        assertThat(server.storageCalls()).hasSizeBetween(100, 20_000);
    }

    @Test
    void invalidContentRangeIsRejected() {
        for (String range : new String[] {"bytes 0-8/8", "bytes 4-3/*"}) {
            server.storage((call, request) -> call % 2 == 1
                    ? server.part(request, 4, After.CLOSE)
                    : Reply.text("HTTP/1.1 206 P\r\nContent-Length: 0\r\nContent-Range: " + range, "", After.KEEP));
            try (BatchExportsClient retrying = server.options().build()) {
                StepVerifier.create(retrying.download(FileServer.FILE).ignoreElements())
                        .expectErrorSatisfies(error -> assertThat(error)
                                .hasMessageContaining("another part of the file than the one asked for"))
                        .verify(PATIENCE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "identity, gzip"})
    void unrequestedCompressionFails(String encoding) {
        server.storage((call, request) -> Reply.text(
                "HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: 8", TEXT, After.KEEP));
        assertThat(failure())
                .hasMessageContaining("compressed")
                .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.isTransient())
                        .isFalse());
        assertThat(server.storageCalls()).hasSize(1);
    }

    @Test
    void identityEncodingIsAccepted() {
        server.storage((call, request) ->
                Reply.text("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 8", TEXT, After.KEEP));
        assertThat(received()).isEqualTo(TEXT);
    }

    @Test
    void unrequestedCompressionByTheApiFails() {
        server.api((call, request) ->
                Reply.text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8", TEXT, After.KEEP));
        assertThat(failure()).hasMessageContaining("compressed (gzip)");
        assertThat(Arrays.asList(server.apiCalls().get(0).headers().get("accept-encoding")))
                .containsOnlyNulls();
    }
}
