package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ClientClosedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** What closing a client does to calls under way, waiting or made later. */
class ClosingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(253);
    private final BatchExportsClient client = server.options().build();

    /** Holds a call until the test is over. */
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        client.close();
        server.close();
    }

    private static ListOptions byTen() {
        return ListOptions.builder().pageSize(10).build();
    }

    @Test
    void closeFailsListingUnderWayWithItsResumeCursor() {
        CountDownLatch secondCall = new CountDownLatch(1);
        server.fault((call, request) -> {
            if (call == 2) {
                secondCall.countDown();
                never.await();
            }
            return null;
        });
        StepVerifier.create(client.list(byTen()))
                .expectNextCount(10)
                .then(() -> await(secondCall))
                .then(client::close)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ClientClosedException.class);
                    assertThat(((BatchExportsException) error).resumeFrom()).isEqualTo(ExportsServer.cursor(10));
                })
                .verify(PATIENCE);
    }

    @Test
    void subscriberThatThrowsDoesNotKeepOthersFromTheirEnd() {
        CountDownLatch calls = new CountDownLatch(2);
        server.fault((call, request) -> {
            calls.countDown();
            never.await();
            return null;
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        client.view("a").subscribe(export -> {}, error -> {
            throw new IllegalStateException("of the subscriber");
        });
        client.view("b").subscribe(export -> {}, failure::set);
        await(calls);
        client.close();
        assertThat(failure.get()).isInstanceOf(ClientClosedException.class);
        StepVerifier.create(client.view("c"))
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
    }

    @Test
    void fetchedItemsAreDeliveredBeforeTheError() {
        StepVerifier.create(client.list(byTen()).map(ExportRequest::id), 4)
                .expectNextCount(4)
                .then(client::close)
                .thenRequest(6)
                .expectNextSequence(ExportsServer.ids(4, 10))
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void listingAfterCloseFailsWithoutACall() {
        client.close();
        StepVerifier.create(client.list(ListOptions.builder().from("here").build()))
                .expectErrorSatisfies(error ->
                        assertThat(((ClientClosedException) error).resumeFrom()).isEqualTo("here"))
                .verify(PATIENCE);
        assertThat(server.calls()).isZero();
    }

    @Test
    void closingTwiceIsHarmless() {
        client.close();
        client.close();
    }

    @Test
    void closingKeepsTheSharedEventLoopsRunning() {
        client.list(byTen()).blockLast(PATIENCE);
        client.close();
        try (BatchExportsClient other = server.options().build()) {
            assertThat(other.list(byTen()).count().block(PATIENCE)).isEqualTo(253);
        }
    }

    @Test
    void closingReleasesTheConnections() {
        client.list(byTen()).take(1).blockLast(PATIENCE);
        client.close();
        // An open connection of the client's pool would keep the server from closing.
        server.web().close();
    }

    @Test
    void callersOwnPoolIsLeftOpen() {
        ConnectionProvider pool = ConnectionProvider.create("callers");
        BatchExportsClient own = server.options()
                .httpClient(http -> reactor.netty.http.client.HttpClient.create(pool))
                .build();
        own.list(byTen()).blockLast(PATIENCE);
        own.close();
        assertThat(pool.isDisposed()).isFalse();
        pool.dispose();
    }

    @Test
    void projectClientSharesConnectionsAndClosesWithTheirOwner() {
        BatchExportsClient other = client.forProject("project_other");
        assertThat(other.list(byTen()).count().block(PATIENCE)).isEqualTo(253);
        other.close();
        StepVerifier.create(other.list())
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
        assertThat(client.list(byTen()).count().block(PATIENCE)).isEqualTo(253);

        BatchExportsClient another = client.forProject("project_other");
        client.close();
        StepVerifier.create(another.list())
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"exports\":[",
                "HTTP/1.1 403 No\r\nContent-Length: 500\r\n\r\n{\"error_code\":"
            })
    void cancellingAbortsTheCallAtEveryStage(String answered) throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        try (RawServer raw = new RawServer(request -> {
                    called.countDown();
                    return Fault.bytes(answered, RawServer.After.UNTIL_ABORTED);
                });
                BatchExportsClient other =
                        server.options().baseUrl(raw.baseUrl()).build()) {
            var subscription = other.list().subscribe();
            await(called);
            subscription.dispose();
            assertThat(raw.awaitAborted()).isTrue();
            assertThat(raw.calls()).isEqualTo(1);
        }
    }

    @Test
    void closingAbortsTheCallUnderWay() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        try (RawServer raw = new RawServer(request -> {
                    called.countDown();
                    return Fault.bytes("HTTP/1.1 200 OK\r\n", RawServer.After.UNTIL_ABORTED);
                });
                BatchExportsClient other =
                        server.options().baseUrl(raw.baseUrl()).build()) {
            StepVerifier.create(other.list())
                    .then(() -> await(called))
                    .then(other::close)
                    .expectError(ClientClosedException.class)
                    .verify(PATIENCE);
            assertThat(raw.awaitAborted()).isTrue();
        }
    }

    @Test
    void reactorContextReachesTheExchange() {
        CountDownLatch seen = new CountDownLatch(1);
        try (BatchExportsClient watched = server.options()
                .httpClient(http -> http.mapConnect(connect -> Mono.deferContextual(context -> {
                    if (context.hasKey("trace")) {
                        seen.countDown();
                    }
                    return connect;
                })))
                .build()) {
            watched.list(byTen()).take(1).contextWrite(c -> c.put("trace", "1")).blockLast(PATIENCE);
        }
        await(seen);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noTimerOutlivesAClosedClient() {
        Timers timers = new Timers(Schedulers.parallel());
        try (BatchExportsClient timed = server.options().scheduler(timers).build()) {
            assertThat(timed.list(byTen()).take(30).count().block(PATIENCE)).isEqualTo(30);
            assertThat(timers.pending()).isPositive();
        }
        assertThat(timers.pending()).isZero();
    }
}
