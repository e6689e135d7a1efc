package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import io.github.batchexports.reactor.RawServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Transfers that break, and how they resume. */
class ContinuedDownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SIZE = 1_000_000;
    private static final int CUTS = 20;

    @TempDir
    Path directory;

    private final FileServer server = FileServer.of(SIZE);
    private final BatchExportsClient client = server.options().build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Path saved() {
        return client.downloadTo(FileServer.FILE, directory.resolve("file")).block(PATIENCE);
    }

    private byte[] received() {
        return DownloadTest.bytes(client.download(FileServer.FILE));
    }

    /** The failure of a download that delivered the first bytes of the content before it. */
    private <T extends BatchExportsException> T failureAfter(int bytes, Class<T> kind) {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(client.download(FileServer.FILE).map(ByteBuffer::array))
                .thenConsumeWhile(piece -> true, before::writeBytes)
                .expectErrorSatisfies(failure::set)
                .verify(PATIENCE);
        assertThat(before.toByteArray()).isEqualTo(Arrays.copyOf(server.content, bytes));
        assertThat(failure.get()).isExactlyInstanceOf(kind);
        return kind.cast(failure.get());
    }

    /** Cuts each of the first calls after some bytes. */
    private void cutAtRandom(long seed) {
        Random random = new Random(seed);
        server.storage((call, request) -> call > CUTS
                ? null
                : server.part(
                        request,
                        1 + random.nextInt(2 * SIZE / 3 / CUTS),
                        random.nextBoolean() ? After.CLOSE : After.RESET));
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    void fileIsCompleteAfterTwentyCuts() throws IOException, NoSuchAlgorithmException {
        cutAtRandom(1);
        assertThat(sha256(Files.readAllBytes(saved()))).isEqualTo(sha256(server.content));
        assertThat(server.storageCalls()).hasSize(CUTS + 1);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void streamIsCompleteAfterTwentyCuts(long seed) throws NoSuchAlgorithmException {
        cutAtRandom(seed);
        assertThat(sha256(received())).isEqualTo(sha256(server.content));
        assertThat(server.storageCalls()).hasSize(CUTS + 1);
    }

    @Test
    void brokenTransferResumesByRangeWithIfRange() {
        server.storage((call, request) -> call == 1 ? server.part(request, 123, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=123-");
        assertThat(server.storageHeaders("if-range")).containsExactly("", "\"v1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"v1\"", ""})
    void weakOrMissingTagSendsNoIfRange(String tag) {
        server.tag(tag.isEmpty() ? null : tag);
        server.storage((call, request) -> call == 1 ? server.part(request, 123, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=123-");
        assertThat(server.storageHeaders("if-range")).containsExactly("", "");
    }

    @Test
    void contentWithoutLengthResumes() {
        server.withoutLength().storage((call, request) -> call <= 2 ? server.part(request, 5_000, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=5000-", "bytes=10000-");
    }

    @Test
    void contentWithoutLengthCutAtItsEndIsComplete() {
        server.withoutLength().storage((call, request) -> call == 1 ? server.part(request, SIZE, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=1000000-");
    }

    @Test
    void partShorterThanItsRangeIsResumed() {
        server.storage((call, request) -> call == 2
                ? Reply.text(
                        "HTTP/1.1 206 P\r\nContent-Length: 0\r\nContent-Range: bytes 123-123/" + SIZE, "", After.KEEP)
                : call == 1 ? server.part(request, 123, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=123-", "bytes=123-");
    }

    @Test
    void streamFailsWithBytesReceivedIfStorageLacksRanges() {
        server.withoutRanges().storage((call, request) -> call == 1 ? server.part(request, 123, After.CLOSE) : null);
        DownloadException failure = failureAfter(123, DownloadException.class);
        assertThat(failure.received()).isEqualTo(123);
        assertThat(failure).hasMessageContaining("cannot resume in the middle of the file, after 123 bytes");
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void fileRestartsIfStorageLacksRanges() throws IOException {
        server.withoutRanges()
                .storage((call, request) -> call <= 2 ? server.part(request, 500_000 / call, After.CLOSE) : null);
        assertThat(Files.readAllBytes(saved())).isEqualTo(server.content);
        assertThat(server.storageCalls()).hasSize(3);
    }

    @Test
    void fileFailsIfRestartsMakeNoProgress() {
        server.withoutRanges()
                .storage((call, request) -> server.part(request, call % 2 == 1 ? 500_000 : 250_000, After.CLOSE));
        StepVerifier.create(client.downloadTo(FileServer.FILE, directory.resolve("file")))
                .expectError(DownloadException.class)
                .verify(PATIENCE);
        assertThat(server.storageCalls()).hasSize(3);
        assertThat(directory).isEmptyDirectory();
    }

    /** How the storage responds after the file has changed. */
    enum Change {
        TAG,
        TOTAL,
        WITHOUT_CONDITION
    }

    private Reply changed(Change change, byte[] content, Request request) {
        return switch (change) {
            // A storage that supports If-Range sends the new content from its start.
            case TAG -> server.tag("\"v2\"").part(content, without(request), Integer.MAX_VALUE, After.KEEP);
            case TOTAL -> server.tag(null).part(content, request, Integer.MAX_VALUE, After.KEEP);
            case WITHOUT_CONDITION -> server.tag("\"v2\"").part(content, request, Integer.MAX_VALUE, After.KEEP);
        };
    }

    private static Request without(Request request) {
        return new Request("GET", request.target(), Map.of(), "");
    }

    @ParameterizedTest
    @EnumSource
    void changedFileFailsAStream(Change change) {
        byte[] other = new byte[change == Change.TOTAL ? SIZE / 2 : SIZE];
        server.storage((call, request) ->
                call == 1 ? server.part(request, 123, After.CLOSE) : changed(change, other, request));
        assertThat(failureAfter(123, DownloadException.class).received()).isEqualTo(123);
    }

    @ParameterizedTest
    @EnumSource
    void changedFileIsSavedAnew(Change change) throws IOException {
        byte[] other = new byte[change == Change.TOTAL ? SIZE / 2 : SIZE];
        server.storage((call, request) ->
                call == 1 ? server.part(request, SIZE - 1, After.CLOSE) : changed(change, other, request));
        assertThat(Files.readAllBytes(saved())).isEqualTo(other);
    }

    @Test
    void fileThatBecameEmptyIsSavedEmpty() throws IOException {
        server.withoutRanges()
                .storage((call, request) -> call == 1
                        ? server.part(request, 123, After.CLOSE)
                        : server.part(new byte[0], request, 0, After.KEEP));
        assertThat(Files.readAllBytes(saved())).isEmpty();
    }

    @Test
    void linkIsRenewedEachTimeItExpiresMidTransfer() {
        server.storage((call, request) -> call % 2 == 0
                ? FileServer.status(403, "")
                : call < 6 ? server.part(request, 1_000, After.CLOSE) : null);
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.apiCalls()).hasSize(4);
        assertThat(server.storageHeaders("range"))
                .containsExactly(
                        "", "bytes=1000-", "bytes=1000-", "bytes=2000-", "bytes=2000-", "bytes=3000-", "bytes=3000-");
    }

    @Test
    void storageRefusalMidTransferTellsBytesReceived() {
        server.storage(
                (call, request) -> call == 1 ? server.part(request, 123, After.CLOSE) : FileServer.status(410, ""));
        DownloadException failure = failureAfter(123, DownloadException.class);
        assertThat(failure.received()).isEqualTo(123);
        assertThat(failure.status()).isEqualTo(410);
        assertThat(failure).hasMessageContaining("the storage refused, HTTP 410, after 123 bytes");
        assertThat(server.apiCalls()).hasSize(2);
    }

    @Test
    void apiRefusalMidTransferTellsBytesReceived() {
        server.api((call, request) -> call == 2 ? FileServer.status(401, "") : null);
        server.storage(
                (call, request) -> call == 1 ? server.part(request, 123, After.CLOSE) : FileServer.status(403, ""));
        DownloadException failure = failureAfter(123, DownloadException.class);
        assertThat(failure.received()).isEqualTo(123);
        assertThat(failure.status()).isEqualTo(401);
        assertThat(server.apiCalls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 122-999999/1000000", "bytes 0-999999/1000000", "123-999999/1000000", ""})
    void partOtherThanRequestedIsRejected(String range) {
        server.storage((call, request) -> call == 1
                ? server.part(request, 123, After.CLOSE)
                : Reply.text("HTTP/1.1 206 P\r\nContent-Length: 5\r\nContent-Range: " + range, "wrong", After.KEEP));
        assertThat(failureAfter(123, DownloadException.class))
                .hasMessageContaining("another part of the file than the one asked for, after 123 bytes");
    }

    @ParameterizedTest
    @EnumSource(
            value = After.class,
            names = {"CLOSE", "RESET"})
    void transferWithoutProgressFailsAfterAllAttempts(After after) {
        server.storage((call, request) -> server.part(request, call == 1 ? 123 : 0, after));
        DownloadException failure = failureAfter(123, DownloadException.class);
        assertThat(failure.received()).isEqualTo(123);
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(server.storageCalls()).hasSize(3);
    }

    @Test
    void longRetryCountsAllAttemptsAndKeepsFewFailures() {
        server.storage((call, request) -> server.part(request, 0, After.CLOSE));
        RetryPolicy twenty = RetryPolicy.builder()
                .maxAttempts(20)
                .firstDelay(Duration.ofMillis(1))
                .maxDelay(Duration.ofMillis(1))
                .build();
        try (BatchExportsClient patient = server.options().retry(twenty).build()) {
            StepVerifier.create(patient.download(FileServer.FILE))
                    .expectErrorSatisfies(error -> {
                        assertThat(((BatchExportsException) error).attempts()).isEqualTo(20);
                        assertThat(error.getSuppressed())
                                .extracting(earlier -> ((BatchExportsException) earlier).attempts())
                                .containsExactly(1, 16, 17, 18, 19);
                    })
                    .verify(PATIENCE);
        }
        assertThat(server.storageCalls()).hasSize(20);
    }

    @Test
    void contentServedByTheApiResumesThere() {
        server.api((call, request) -> server.part(request, call <= 5 ? 10_000 : Integer.MAX_VALUE, After.CLOSE));
        assertThat(received()).isEqualTo(server.content);
        assertThat(server.apiCalls()).hasSize(6);
        assertThat(server.apiCalls().get(5).headers()).containsEntry("range", "bytes=50000-");
        assertThat(server.storageCalls()).isEmpty();
    }
}
