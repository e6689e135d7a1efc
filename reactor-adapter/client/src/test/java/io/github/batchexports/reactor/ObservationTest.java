package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.internal.call.MicrometerObserver;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** How attempts are observed with Micrometer. */
class ObservationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WAIT = "batch.exports.wait";
    private static final String REQUEST = "batch.exports.request";
    private static final String EXPORT = "{\"id\":\"export_3\",\"status\":\"SUCCESS\",\"files\":[]}";

    private final RecordedObservations observed = new RecordedObservations();
    private final ExportsServer server = new ExportsServer(30);

    @AfterEach
    void close() {
        server.close();
    }

    private BatchExportsClientBuilder options() {
        return server.options()
                .observationRegistry(observed.registry())
                .retry(RetryPolicy.builder().maxAttempts(6).jitter(() -> 0).build());
    }

    private static ListOptions byTen() {
        return ListOptions.builder().pageSize(10).build();
    }

    @Test
    void eachAttemptIsObservedUnderTheCallersObservation() {
        server.fault((call, request) -> call == 2 ? ExportsServer.refusal(503, "BUSY") : null);
        Observation caller = Observation.start("caller", observed.registry());
        try (BatchExportsClient client = options().build()) {
            Long count = client.list(byTen())
                    .count()
                    .contextWrite(context -> context.put(MicrometerObserver.CONTEXT_KEY, caller))
                    .block(PATIENCE);
            assertThat(count).isEqualTo(30);
        }
        assertThat(observed.ended(REQUEST))
                .extracting(RecordedObservations::summary)
                .containsExactly(
                        "list 1 SUCCESS 200", "list 1 SERVER_ERROR 503", "list 2 SUCCESS 200", "list 1 SUCCESS 200");
        assertThat(observed.ended(REQUEST)).allMatch(request -> request.getParentObservation() == caller);
        assertThat(observed.ended(WAIT)).hasSize(4).allMatch(wait -> wait.getParentObservation() == caller);
        assertThat(observed.ended())
                .extracting(Observation.Context::getName)
                .containsExactly(WAIT, REQUEST, WAIT, REQUEST, WAIT, REQUEST, WAIT, REQUEST);
    }

    @Test
    void exchangeRunsInsideItsOwnObservation() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (BatchExportsClient client = options()
                .httpClient(http -> http.mapConnect(connect -> Mono.deferContextual(context -> {
                    seen.add(context.get(MicrometerObserver.CONTEXT_KEY));
                    return connect;
                })))
                .build()) {
            client.list().blockLast(PATIENCE);
        }
        assertThat(seen).singleElement().satisfies(observation -> assertThat(
                        ((Observation) observation).getContextView())
                .isSameAs(observed.ended(REQUEST).get(0)));
    }

    @Test
    void observationHasNoParentUnlessTheReactorContextHasOne() {
        try (BatchExportsClient client = options().build()) {
            Observation.createNotStarted("of the thread", observed.registry())
                    .observe(() -> client.list().blockLast(PATIENCE));
        }
        assertThat(observed.ended()).hasSize(3);
        assertThat(observed.ended()).allMatch(context -> context.getParentObservation() == null);
    }

    /** Grants permits when the test does. */
    private static final class HeldPacer implements RequestPacer {
        final Sinks.One<Permit> permit = Sinks.one();

        @Override
        public Mono<Permit> acquire() {
            return permit.asMono();
        }

        @Override
        public void holdFor(Duration time) {}
    }

    @Test
    void permitWaitIsObservedApartFromTheExchange() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        observed.registry().observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        HeldPacer pacer = new HeldPacer();
        try (BatchExportsClient client = options().pacer(project -> pacer).build()) {
            Mono<Long> first = client.list().count().cache();
            Mono<Long> second = client.list().count().cache();
            first.subscribe();
            second.subscribe();
            assertThat(observed.started()).hasSize(2).allMatch(context -> context.getName()
                    .equals(WAIT));
            assertThat(meters.get(WAIT + ".active").longTaskTimer().activeTasks())
                    .isEqualTo(2);
            pacer.permit.tryEmitValue(new FreePermit());
            assertThat(first.block(PATIENCE)).isEqualTo(30);
            assertThat(second.block(PATIENCE)).isEqualTo(30);
        }
        assertThat(observed.ended(WAIT)).hasSize(2).allMatch(wait -> RecordedObservations.value(wait, "outcome")
                .equals("SUCCESS"));
        assertThat(observed.ended(REQUEST)).hasSize(2);
        assertThat(meters.get(WAIT + ".active").longTaskTimer().activeTasks()).isZero();
        assertThat(meters.get(WAIT).timer().count()).isEqualTo(2);
        assertThat(meters.get(REQUEST).tag("outcome", "SUCCESS").timer().count())
                .isEqualTo(2);
    }

    @Test
    void cancelledWaitEndsWithoutAnExchange() {
        try (BatchExportsClient client =
                options().pacer(project -> new HeldPacer()).build()) {
            client.list().subscribe().dispose();
        }
        assertThat(observed.ended()).singleElement().satisfies(wait -> {
            assertThat(wait.getName()).isEqualTo(WAIT);
            assertThat(RecordedObservations.value(wait, "outcome")).isEqualTo("CANCELLED");
        });
        assertThat(observed.started()).hasSize(1);
    }

    @Test
    void cancelledExchangeEnds() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        server.fault((call, request) -> {
            called.countDown();
            never.await();
            return null;
        });
        try (BatchExportsClient client = options().build()) {
            Disposable listing = client.list().subscribe();
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            listing.dispose();
            assertThat(observed.ended(REQUEST))
                    .extracting(RecordedObservations::summary)
                    .containsExactly("list 1 CANCELLED NONE");
        } finally {
            never.countDown();
        }
    }

    @Test
    void cancelAfterTheItemIsStillASuccess() {
        server.fault((call, request) -> ExportsServer.json(EXPORT));
        try (BatchExportsClient client = options().build()) {
            StepVerifier.create(client.view("export_3"))
                    .expectNextCount(1)
                    .thenCancel()
                    .verify(PATIENCE);
        }
        assertThat(observed.ended(REQUEST))
                .extracting(RecordedObservations::summary)
                .containsExactly("view 1 SUCCESS 200");
    }

    @ParameterizedTest
    @CsvSource({
        "401, x, CLIENT_ERROR 401",
        "404, x, CLIENT_ERROR 404",
        "429, x, RATE_LIMITED 429",
        "302, x, SERVER_ERROR 302",
        "500, x, SERVER_ERROR 500",
        "200, no JSON, MALFORMED_RESPONSE 200"
    })
    void eachResponseHasItsOutcome(int status, String body, String outcome) {
        server.fault((call, request) ->
                new MockResponse.Builder().code(status).body(body).build());
        try (BatchExportsClient client = options().retry(RetryPolicy.none()).build()) {
            StepVerifier.create(client.list()).expectError().verify(PATIENCE);
        }
        assertThat(observed.ended(REQUEST))
                .singleElement()
                .satisfies(request ->
                        assertThat(RecordedObservations.summary(request)).isEqualTo("list 1 " + outcome))
                .satisfies(request -> assertThat(request.getError()).isNotNull());
    }

    @Test
    void brokenConnectionHasNoStatusAndLateAttemptsShareAValue() {
        try (RawServer broken = new RawServer(request -> Fault.bytes("", RawServer.After.CLOSE));
                BatchExportsClient client = options().baseUrl(broken.baseUrl()).build()) {
            StepVerifier.create(client.list()).expectError().verify(PATIENCE);
        }
        assertThat(observed.ended(REQUEST))
                .extracting(request -> RecordedObservations.value(request, "attempt"))
                .containsExactly("1", "2", "3", "4", "5", "more");
        assertThat(observed.ended(REQUEST))
                .allMatch(request -> RecordedObservations.summary(request).endsWith(" TRANSPORT_ERROR NONE"));
    }

    @Test
    void operationsAreNamedAndNoValueShowsACursorIdOrKey() {
        server.fault((call, request) -> switch (request.getUrl().encodedPath()) {
            case "/2.8/exports/view" -> ExportsServer.json(EXPORT);
            case "/2.8/exports/download" ->
                new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", "/storage/" + ExportsServer.KEY)
                        .build();
            case "/storage/" + ExportsServer.KEY ->
                new MockResponse.Builder().body("content").build();
            default -> call == 2 ? ExportsServer.refusal(503, ExportsServer.KEY) : null;
        });
        try (BatchExportsClient client = options().build()) {
            client.list(byTen()).map(ExportRequest::id).blockLast(PATIENCE);
            client.view("export_3").block(PATIENCE);
            client.download(ExportFile.builder().id("export_file").size(7L).build())
                    .blockLast(PATIENCE);
        }
        assertThat(observed.ended(REQUEST))
                .extracting(RecordedObservations::summary)
                .containsExactly(
                        "list 1 SUCCESS 200",
                        "list 1 SERVER_ERROR 503",
                        "list 2 SUCCESS 200",
                        "list 1 SUCCESS 200",
                        "view 1 SUCCESS 200",
                        "download 1 SUCCESS 302",
                        "transfer 1 SUCCESS 200");
        assertThat(observed.ended())
                .hasSize(13)
                .flatExtracting(RecordedObservations::texts)
                .noneMatch(text -> text.contains(ExportsServer.KEY)
                        || text.contains(ExportsServer.PROJECT)
                        || text.contains(ExportsServer.cursor(10))
                        || text.contains("export_"));
    }

    @Test
    void nothingIsObservedWithoutARegistry() {
        Observation caller = Observation.start("caller", observed.registry());
        try (BatchExportsClient client = server.options().build()) {
            client.list()
                    .contextWrite(context -> context.put(MicrometerObserver.CONTEXT_KEY, caller))
                    .blockLast(PATIENCE);
        }
        assertThat(observed.started()).extracting(Observation.Context::getName).containsExactly("caller");
    }

    @Test
    void throwingHandlerAffectsNoCall() {
        observed.registry().observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }

            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("not ours");
            }

            @Override
            public void onError(Observation.Context context) {
                throw new AssertionError("not ours");
            }

            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("not ours");
            }
        });
        server.fault((call, request) -> call == 2 ? ExportsServer.refusal(503, "BUSY") : null);
        try (BatchExportsClient client = options().requestsPerSecond(1_000).build()) {
            assertThat(client.list(byTen()).count().block(PATIENCE)).isEqualTo(30);
            assertThat(client.list(byTen()).count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(server.calls()).isEqualTo(7);
    }

    @Test
    void handlersAddedAfterBuildSeeTheCalls() {
        ObservationRegistry registry = ObservationRegistry.create();
        List<String> stopped = new CopyOnWriteArrayList<>();
        try (BatchExportsClient client =
                server.options().observationRegistry(registry).build()) {
            registry.observationConfig().observationHandler(new ObservationHandler<>() {
                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }

                @Override
                public void onStop(Observation.Context context) {
                    stopped.add(context.getName());
                }
            });
            client.list().blockLast(PATIENCE);
        }
        assertThat(stopped).containsExactly(WAIT, REQUEST);
    }
}
