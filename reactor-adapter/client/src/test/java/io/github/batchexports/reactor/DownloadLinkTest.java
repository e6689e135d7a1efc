package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Which links are followed, how far, and what happens when one is refused. */
class DownloadLinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileServer server = FileServer.of(10_000);
    private final AtomicInteger permits = new AtomicInteger();
    private final List<Duration> holds = new CopyOnWriteArrayList<>();
    private final BatchExportsClient client =
            server.options().pacer(project -> new CountingPacer()).build();

    private final class CountingPacer implements RequestPacer {
        @Override
        public Mono<Permit> acquire() {
            return Mono.fromSupplier(() -> {
                permits.incrementAndGet();
                return new FreePermit();
            });
        }

        @Override
        public void holdFor(Duration time) {
            holds.add(time);
        }
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void assertContentArrives() {
        assertThat(DownloadTest.bytes(client.download(FileServer.FILE))).isEqualTo(server.content);
    }

    private <T extends Throwable> T failure(Class<T> kind) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(client.download(FileServer.FILE))
                .expectErrorSatisfies(failure::set)
                .verify(PATIENCE);
        assertThat(failure.get()).isExactlyInstanceOf(kind);
        return kind.cast(failure.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyRedirectStatusIsFollowed(int status) {
        server.api((call, request) -> FileServer.link(status, server.storageUrl()));
        assertContentArrives();
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void relativeLinkIsResolvedAgainstTheApi() {
        server.api((call, request) -> call == 1
                ? FileServer.link(307, "../files/f?" + FileServer.SIGNATURE)
                : server.part(request, Integer.MAX_VALUE, After.KEEP));
        assertContentArrives();
        assertThat(server.apiCalls().get(1).target()).isEqualTo("/2.8/files/f?" + FileServer.SIGNATURE);
        assertThat(server.apiCalls().get(1).headers()).doesNotContainKeys("authorization", "x-batch-project");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://storage.example/file?s3cret",
                "http://127.0.0.1.example/file?s3cret",
                "http://user@storage.example/file?s3cret",
                "//storage.example/file?s3cret",
                "ftp://127.0.0.1/file?s3cret",
                "javascript:s3cret",
                "file:///etc/s3cret",
                "https:///s3cret",
                "https://127.0.0.1:0/s3cret",
                "https://127.0.0.1:99999/s3cret",
                "not a url s3cret",
                "https://[s3cret"
            })
    void forbiddenLinkFailsWithoutShowingIt(String location) {
        server.api((call, request) -> FileServer.link(307, location));
        DownloadException failure = failure(DownloadException.class);
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage())
                .startsWith("download file failed: ")
                .containsPattern("link|Location")
                .doesNotContain("s3cret");
        assertThat(failure.isTransient()).isFalse();
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).isEmpty();
    }

    @Test
    void redirectWithoutLocationFails() {
        server.api((call, request) -> FileServer.status(307, ""));
        assertThat(failure(DownloadException.class)).hasMessageContaining("without a Location");
    }

    @Test
    void storageRedirectIsFollowed() {
        server.storage((call, request) -> call == 1 ? FileServer.link(302, "/final?" + FileServer.SIGNATURE) : null);
        assertContentArrives();
        assertThat(server.storageCalls()).hasSize(2);
        assertThat(server.storageCalls().get(1).target()).isEqualTo("/final?" + FileServer.SIGNATURE);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void secondRedirectOfTheStorageFails() {
        server.storage((call, request) -> FileServer.link(302, "/hop" + call));
        assertThat(failure(DownloadException.class)).hasMessageContaining("redirects more than once");
        assertThat(server.storageCalls()).hasSize(2);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://storage.example/x", "ftp://127.0.0.1/x", "::"})
    void forbiddenRedirectOfTheStorageFails(String location) {
        server.storage((call, request) -> FileServer.link(307, location));
        failure(DownloadException.class);
        assertThat(server.storageCalls()).hasSize(1);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void refusedLinkIsRenewed(int status) {
        server.storage((call, request) -> call == 1 ? FileServer.status(status, "") : null);
        assertContentArrives();
        assertThat(server.apiCalls()).hasSize(2);
        assertThat(server.storageCalls()).hasSize(2);
        assertThat(permits).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void linkRefusedTwiceFailsWithItsStatus(int status) {
        server.storage((call, request) -> FileServer.status(status, ""));
        DownloadException failure = failure(DownloadException.class);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure)
                .hasMessageStartingWith("download file from its storage failed: the storage refused, HTTP " + status);
        assertThat(failure.received()).isZero();
        assertThat(server.apiCalls()).hasSize(2);
        assertThat(server.storageCalls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void busyStorageIsRetriedByTheSameLink(int status) {
        server.storage((call, request) -> call < 3 ? FileServer.status(status, "Retry-After: 0\r\n") : null);
        assertContentArrives();
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).hasSize(3);
        assertThat(permits).hasValue(1);
    }

    @Test
    void storageThatStaysBusyFailsAfterAllAttempts() {
        server.storage((call, request) -> FileServer.status(503, ""));
        DownloadException failure = failure(DownloadException.class);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(2).hasOnlyElementsOfType(DownloadException.class);
        assertThat(server.storageCalls()).hasSize(3);
    }

    @Test
    void retryAfterBeyondMaxElapsedFailsAtOnce() {
        server.storage((call, request) -> FileServer.status(503, "Retry-After: 100\r\n"));
        RetryPolicy impatient =
                RetryPolicy.builder().maxElapsed(Duration.ofSeconds(50)).build();
        try (BatchExportsClient other = server.options().retry(impatient).build()) {
            StepVerifier.create(other.download(FileServer.FILE))
                    .expectErrorSatisfies(error -> assertThat(
                                    ((DownloadException) error).response().retryAt())
                            .isNotNull())
                    .verify(PATIENCE);
        }
        assertThat(server.storageCalls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 300, 304, 400, 405, 409, 416, 451, 501})
    void otherStorageRefusalsAreFinal(int status) {
        server.storage((call, request) -> FileServer.status(status, ""));
        DownloadException failure = failure(DownloadException.class);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.isTransient()).isFalse();
        assertThat(server.storageCalls()).hasSize(1);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void apiFailuresAreNotRetriedAgainByTheTransfer() {
        server.api((call, request) -> FileServer.status(503, ""));
        ServerException failure = failure(ServerException.class);
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(server.apiCalls()).hasSize(3);
        assertThat(permits).hasValue(3);
        assertThat(server.storageCalls()).isEmpty();
    }

    @Test
    void transientApiFailureIsRetried() {
        server.api((call, request) -> call < 3 ? FileServer.status(500, "") : null);
        assertContentArrives();
        assertThat(permits).hasValue(3);
    }

    @Test
    void apiRefusalsKeepTheirKind() {
        List<Integer> statuses = new ArrayList<>(List.of(401, 404, 400));
        server.api((call, request) -> FileServer.status(statuses.get(call - 1), ""));
        failure(AuthenticationException.class);
        failure(NotFoundException.class);
        failure(InvalidRequestException.class);
        assertThat(server.apiCalls()).hasSize(3);
        assertThat(server.storageCalls()).isEmpty();
    }

    @Test
    void linkResponseThatExhaustsTheRateHoldsAllCalls() {
        Instant reset = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
        server.api((call, request) -> FileServer.status(
                307,
                "Location: " + server.storageUrl() + "\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: "
                        + reset.getEpochSecond() + "\r\n"));
        assertContentArrives();
        assertThat(holds).hasSize(1);
    }
}
