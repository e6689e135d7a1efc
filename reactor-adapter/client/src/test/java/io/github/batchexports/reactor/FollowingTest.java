package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Views, waits and watches over real sockets: what goes over the wire, and what ends them. */
class FollowingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final AwaitOptions EVERY_MILLISECOND =
            AwaitOptions.builder().interval(Duration.ofMillis(1)).build();

    private final ExportsServer server = new ExportsServer(253);
    private final BatchExportsClient client = server.options().build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static String export(String id, String status) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"files\":[]}";
    }

    private static @Nullable String viewed(RecordedRequest request) {
        return request.getUrl().encodedPath().equals("/2.8/exports/view")
                ? request.getUrl().queryParameter("id")
                : null;
    }

    @Test
    void viewSendsTheIdAndReadsTheExport() {
        server.fault((call, request) -> ExportsServer.json(export(String.valueOf(viewed(request)), "PENDING")));
        assertThat(client.view("export_+/ä&x=1").block(PATIENCE))
                .isEqualTo(ExportRequest.builder()
                        .id("export_+/ä&x=1")
                        .status(ExportStatus.PENDING)
                        .build());
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void viewOfAnUnknownExportFailsWithNotFound() {
        server.fault((call, request) -> ExportsServer.refusal(404, "EXPORT_NOT_FOUND"));
        StepVerifier.create(client.view("export_1"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining("view export failed")
                        .hasMessageContaining("check the id export_1,")
                        .hasMessageContaining("EXPORT_NOT_FOUND"))
                .verify(PATIENCE);
    }

    @Test
    void emptyIdsAreRejectedAtOnce() {
        assertThatThrownBy(() -> client.view("")).hasMessageContaining("exportId");
        assertThatThrownBy(() -> client.awaitCompletion(" ")).hasMessageContaining("exportId");
        assertThat(server.calls()).isZero();
    }

    @Test
    void awaitingSubscribersShareTheCalls() {
        List<String> way = List.of("CREATED", "PENDING", "RUNNING", "SUCCESS");
        AtomicInteger views = new AtomicInteger();
        server.fault((call, request) -> {
            // A transient failure on the way is retried as for any call.
            return call == 3
                    ? ExportsServer.refusal(503, "AGAIN")
                    : ExportsServer.json(export("export_1", way.get(views.getAndIncrement())));
        });
        List<ExportRequest> outcomes = Flux.range(0, 20)
                .flatMap(i -> client.awaitCompletion("export_1", EVERY_MILLISECOND), 20)
                .collectList()
                .block(PATIENCE);
        assertThat(outcomes).hasSize(20).allMatch(export -> export.status().equals(ExportStatus.SUCCESS));
        assertThat(server.calls()).isEqualTo(5);
    }

    @Test
    void watchesShareCallsWithinAProjectOnly() {
        BatchExportsClient same = client.forProject(ExportsServer.PROJECT);
        Flux<ExportChange> all = Flux.merge(
                client.watch().take(253), same.watch().take(253), client.watch().take(253));
        assertThat(all.count().block(PATIENCE)).isEqualTo(3 * 253);
        assertThat(server.calls()).isEqualTo(3);
        client.forProject("project_other").watch().take(253).blockLast(PATIENCE);
        assertThat(server.calls()).isEqualTo(6);
    }

    @Test
    void watchReportsStatusChangesAcrossPolls() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        // Advances continuously, since a timer may be set just after a single step of the clock.
        Disposable ticks = Flux.interval(Duration.ofMillis(2)).subscribe(tick -> clock.advanceTimeBy(SECOND));
        List<String> way = List.of("CREATED", "RUNNING", "SUCCESS");
        server.fault(
                (call, request) -> ExportsServer.json(ExportsServer.page(export("export_1", way.get(call - 1)), null)));
        try (BatchExportsClient timed = server.options()
                .scheduler(clock)
                .responseTimeout(Duration.ofHours(1))
                .build()) {
            WatchOptions options =
                    WatchOptions.builder().interval(Duration.ofSeconds(10)).build();
            assertThat(timed.watch(options).take(3).collectList().block(PATIENCE))
                    .extracting(ExportChange::previous)
                    .containsExactly(null, ExportStatus.CREATED, ExportStatus.of("RUNNING"));
        } finally {
            ticks.dispose();
            clock.dispose();
        }
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void refusedKeyEndsTheWatch() {
        server.fault((call, request) -> ExportsServer.refusal(401, "AUTHENTICATION_INVALID"));
        StepVerifier.create(client.watch())
                .expectError(AuthenticationException.class)
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void closingTheClientFailsWatchesAwaitsAndViews() {
        server.fault(
                (call, request) -> viewed(request) == null ? null : ExportsServer.json(export("export_1", "RUNNING")));
        StepVerifier.create(client.watch())
                .expectNextCount(253)
                .then(client::close)
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
        BatchExportsClient other = server.options().build();
        StepVerifier.create(other.awaitCompletion("export_1", EVERY_MILLISECOND))
                .then(other::close)
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
        StepVerifier.create(client.view("export_1"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ClientClosedException.class)
                        .hasMessageContaining("view export"))
                .verify(PATIENCE);
    }

    @Test
    void cancelledWatchMakesNoFurtherCall() {
        client.watch().take(101).blockLast(PATIENCE);
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void failedPollIsReportedAndTheWatchGoesOn() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        AtomicInteger failures = new AtomicInteger();
        server.fault((call, request) -> call == 2 ? ExportsServer.refusal(503, "DOWN") : null);
        try (BatchExportsClient timed =
                server.options().scheduler(clock).retry(RetryPolicy.none()).build()) {
            WatchOptions options = WatchOptions.builder()
                    .onPoll(poll -> {
                        if (!poll.isSuccess()) {
                            failures.incrementAndGet();
                            clock.advanceTimeBy(Duration.ofSeconds(30));
                        }
                    })
                    .build();
            StepVerifier.create(timed.watch(options))
                    .expectNextCount(253)
                    .thenCancel()
                    .verify(PATIENCE);
        }
        clock.dispose();
        assertThat(failures).hasValue(1);
    }

    @Test
    void listInsteadOfAnExportIsMalformed() {
        server.fault((call, request) ->
                new MockResponse.Builder().body("{\"exports\":[]}").build());
        StepVerifier.create(client.view("export_1"))
                .expectErrorMessage(
                        "view export failed: the response cannot be read at $.id: missing, though every export"
                                + " has one; check the base URL and the API version, or report it with this message")
                .verify(PATIENCE);
    }
}
