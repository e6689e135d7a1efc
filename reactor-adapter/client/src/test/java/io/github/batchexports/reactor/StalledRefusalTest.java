package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Downloads that are refused by a response whose body stalls, on a virtual clock. */
class StalledRefusalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(clock);
    private final FileServer server = FileServer.of(10_000);
    private final List<Duration> holds = new CopyOnWriteArrayList<>();
    private final Semaphore responses = new Semaphore(0);

    private final RequestPacer pacer = new RequestPacer() {
        @Override
        public Mono<Permit> acquire() {
            return Mono.just(new FreePermit());
        }

        @Override
        public void holdFor(Duration time) {
            holds.add(time);
        }
    };

    @AfterEach
    void close() {
        server.close();
        clock.dispose();
    }

    private BatchExportsClientBuilder options() {
        return server.options()
                .scheduler(timers)
                .responseTimeout(TIMEOUT)
                .pacer(project -> pacer)
                .httpClient(this::countingResponses)
                .storageHttpClient(this::countingResponses);
    }

    /** Counts a response once the client is through with its headers. */
    private HttpClient countingResponses(HttpClient http) {
        return http.doOnResponse(
                (response, connection) -> connection.channel().eventLoop().execute(responses::release));
    }

    private static Reply stalled(int status, String headers) {
        return Reply.text("HTTP/1.1 " + status + " So\r\n" + headers + "Content-Length: 500", "{", After.STALL);
    }

    /** A download whose first response to stall is given up for its time. */
    private CompletableFuture<List<ByteBuffer>> startUntilTimeout(BatchExportsClient client, int stalledResponse)
            throws InterruptedException {
        CompletableFuture<List<ByteBuffer>> download =
                client.download(FileServer.FILE).collectList().toFuture();
        assertThat(responses.tryAcquire(stalledResponse, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        clock.advanceTimeBy(TIMEOUT);
        return download;
    }

    private static BatchExportsException failure(CompletableFuture<?> download) throws Exception {
        try {
            throw new AssertionError(download.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (BatchExportsException) e.getCause();
        }
    }

    private void assertContentArrives(CompletableFuture<List<ByteBuffer>> download)
            throws InterruptedException, ExecutionException, TimeoutException {
        assertThat(DownloadTest.bytes(Flux.fromIterable(download.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))))
                .isEqualTo(server.content);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> condition.getAsBoolean())
                .blockLast(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"401, AuthenticationException", "403, PermissionException", "404, NotFoundException"})
    void refusalOfTheApiKeepsItsKindAndIsFinal(int status, String kind) throws Exception {
        server.api((call, request) -> stalled(status, ""));
        try (BatchExportsClient client = options().build()) {
            BatchExportsException failure = failure(startUntilTimeout(client, 1));
            assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(failure.status()).isEqualTo(status);
        }
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void rateLimitRefusalHoldsAllCallsForWhatIsLeftOfItsTime() throws Exception {
        server.api((call, request) -> call == 1 ? stalled(429, "Retry-After: 100\r\n") : null);
        try (BatchExportsClient client = options().build()) {
            CompletableFuture<List<ByteBuffer>> download = startUntilTimeout(client, 1);
            await(() -> !holds.isEmpty() && timers.pending() > 0);
            assertThat(holds).containsExactly(Duration.ofSeconds(70));
            clock.advanceTimeBy(Duration.ofSeconds(69));
            assertThat(server.apiCalls()).hasSize(1);
            clock.advanceTimeBy(Duration.ofSeconds(1));
            assertContentArrives(download);
        }
        assertThat(server.apiCalls()).hasSize(2);
        assertThat(holds).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void linkThatTheStorageRefusesIsRenewed(int status) throws Exception {
        server.storage((call, request) -> call == 1 ? stalled(status, "") : null);
        try (BatchExportsClient client = options().build()) {
            assertContentArrives(startUntilTimeout(client, 2));
        }
        assertThat(server.apiCalls()).hasSize(2);
        assertThat(server.storageCalls()).hasSize(2);
    }

    @Test
    void refusalOfTheStorageKeepsItsStatusAndTime() throws Exception {
        server.storage((call, request) -> stalled(503, "Retry-After: 100\r\n"));
        try (BatchExportsClient client = options().retry(RetryPolicy.none()).build()) {
            BatchExportsException failure = failure(startUntilTimeout(client, 2));
            assertThat(failure).isInstanceOf(DownloadException.class);
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure.response().retryAt()).isEqualTo(Instant.EPOCH.plusSeconds(100));
        }
        assertThat(server.storageCalls()).hasSize(1);
    }
}
