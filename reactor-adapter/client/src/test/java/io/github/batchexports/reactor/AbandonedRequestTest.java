package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A call ends while a hook of the HTTP client runs, between the hand-over of the connection and the request: that request
 * never leaves.
 */
class AbandonedRequestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final RawServer server = new RawServer(request -> {
        String body = request.method().equals("POST") ? "{\"id\":\"export_new\"}" : "{\"exports\":[]}";
        return Reply.text("HTTP/1.1 200 OK\r\nContent-Length: " + body.length(), body, After.KEEP);
    });
    private final CountingPacer pacer = new CountingPacer();

    /** One connection at a time, so that one which is not given back keeps all later calls from theirs. */
    private final ConnectionProvider connections = ConnectionProvider.create("abandoned", 1);

    @AfterEach
    void end() {
        connections.dispose();
        server.close();
        clock.dispose();
    }

    /** A pacer that counts the requests it was told of. */
    private static final class CountingPacer implements RequestPacer, RequestPacer.Permit {
        final AtomicInteger acquired = new AtomicInteger();
        final AtomicInteger sent = new AtomicInteger();

        @Override
        public Mono<Permit> acquire() {
            return Mono.fromSupplier(() -> {
                acquired.incrementAndGet();
                return this;
            });
        }

        @Override
        public void sent() {
            sent.incrementAndGet();
        }

        @Override
        public void release() {}

        @Override
        public void holdFor(Duration time) {}
    }

    private BatchExportsClient client(Hook hook, int attempts, Runnable firstTime) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Runnable code = () -> {
            if (isFirst.getAndSet(false)) {
                // On a thread of its own, as a timer's and a subscriber's are, while the event loop waits.
                CompletableFuture.runAsync(firstTime).join();
            }
        };
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(server.baseUrl())
                .pacer(project -> pacer)
                .responseTimeout(TIMEOUT)
                .scheduler(clock)
                .retry(RetryPolicy.builder()
                        .maxAttempts(attempts)
                        .firstDelay(Duration.ZERO)
                        .build())
                .httpClient(http -> hook.apply(HttpClient.create(connections), code))
                .build();
    }

    /** Waits until whatever was sent has been counted. */
    private void awaitArrivals() throws Exception {
        connections.disposeLater().block(PATIENCE);
        server.awaitDisconnected();
    }

    private interface Hook extends BiFunction<HttpClient, Runnable, HttpClient> {}

    private static Arguments hook(String name, Hook hook) {
        return Arguments.of(name, hook);
    }

    static Stream<Arguments> hooks() {
        return Stream.of(
                hook("doOnChannelInit", (http, code) -> http.doOnChannelInit((observer, channel, at) -> code.run())),
                hook("doOnConnected", (http, code) -> http.doOnConnected(connection -> code.run())),
                hook("doOnRequest", (http, code) -> http.doOnRequest((request, connection) -> code.run())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hooks")
    void creationThatTimedOutBeforeItsRequestIsSentOnce(String name, Hook hook) throws Exception {
        try (BatchExportsClient client = client(hook, 2, () -> clock.advanceTimeBy(TIMEOUT))) {
            ExportDefinition definition =
                    ExportDefinition.forAttributes("$region").build();
            assertThat(client.create(definition).block(PATIENCE)).isEqualTo("export_new");
        }
        awaitArrivals();
        assertThat(server.calls()).isEqualTo(1);
        assertThat(pacer.acquired).hasValue(2);
        assertThat(pacer.sent).hasValue(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hooks")
    void requestOfACallThatTimedOutDoesNotLeaveAfterItsPermitWasGivenBack(String name, Hook hook) throws Exception {
        try (BatchExportsClient client = client(hook, 1, () -> clock.advanceTimeBy(TIMEOUT))) {
            assertThatThrownBy(() -> client.list().blockLast(PATIENCE))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("responseTimeout");
            assertThat(client.list().count().block(PATIENCE)).isZero();
        }
        awaitArrivals();
        assertThat(server.calls()).isEqualTo(1);
        assertThat(pacer.sent).hasValue(1);
    }

    @Test
    void permitOfACallThatTimedOutAfterItsRequestLeftIsNotGivenBack() throws Exception {
        Hook hook = (http, code) -> http.doAfterRequest((request, connection) -> code.run());
        try (BatchExportsClient client = client(hook, 1, () -> clock.advanceTimeBy(TIMEOUT))) {
            assertThatThrownBy(() -> client.list().blockLast(PATIENCE)).isInstanceOf(TransportException.class);
        }
        awaitArrivals();
        assertThat(server.calls()).isEqualTo(1);
        assertThat(pacer.sent).hasValue(1);
    }

    @Test
    void requestOfACancelledCallDoesNotLeaveAfterItsPermitWasGivenBack() throws Exception {
        CompletableFuture<Disposable> call = new CompletableFuture<>();
        Hook hook = (http, code) -> http.doOnRequest((request, connection) -> code.run());
        try (BatchExportsClient client = client(hook, 1, () -> call.join().dispose())) {
            call.complete(client.list().subscribe());
            assertThat(client.list().count().block(PATIENCE)).isZero();
        }
        awaitArrivals();
        assertThat(server.calls()).isEqualTo(1);
        assertThat(pacer.sent).hasValue(1);
    }
}
