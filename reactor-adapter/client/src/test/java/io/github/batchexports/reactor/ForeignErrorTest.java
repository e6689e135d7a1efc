package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportFile;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.RestApiKeyException;
import io.github.batchexports.policy.RetryPolicy;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An application's code throws an error that Reactor's operators rethrow without a signal, though a program goes on after
 * it: what met it gets the error that it gets for an exception there, and waits for nothing.
 */
class ForeignErrorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final ExportsServer server = new ExportsServer(25);
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Error> errors() {
        return Stream.of(new NoClassDefFoundError("of/an/Application"), new StackOverflowError());
    }

    private void throwOnce(Error error) {
        if (isFirst.getAndSet(false)) {
            throw error;
        }
    }

    /** What a subscription ends with; null for a completion. Reactor's blocking calls would throw an error by themselves. */
    private static Throwable failure(Publisher<?> publisher) {
        return Flux.from(publisher)
                .ignoreElements()
                .materialize()
                .block(PATIENCE)
                .getThrowable();
    }

    private BatchExportsClientBuilder options() {
        return server.options()
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .firstDelay(Duration.ofMillis(1))
                        .build());
    }

    private static void assertGoesOn(BatchExportsClient client) {
        assertThat(client.list().count().block(PATIENCE)).isEqualTo(25);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfTheKeySupplierFailsItsCall(Error error) {
        try (BatchExportsClient client = server.optionsWithoutKey()
                .restApiKeySupplier(() -> {
                    throwOnce(error);
                    return ExportsServer.KEY;
                })
                .build()) {
            assertThat(failure(client.list()))
                    .isInstanceOf(RestApiKeyException.class)
                    .hasCause(error);
            assertGoesOn(client);
        }
    }

    private BatchExportsClient pacedBy(Mono<RequestPacer.Permit> permits, Runnable first) {
        return options()
                .pacer(project -> new RequestPacer() {
                    @Override
                    public Mono<Permit> acquire() {
                        first.run();
                        return permits;
                    }

                    @Override
                    public void holdFor(Duration time) {}
                })
                .build();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfAcquireFailsItsCall(Error error) {
        Mono<RequestPacer.Permit> permits = Mono.fromSupplier(FreePermit::new);
        try (BatchExportsClient client = pacedBy(permits, () -> throwOnce(error))) {
            assertThat(failure(client.list()))
                    .isInstanceOf(PacerException.class)
                    .hasCause(error);
            assertGoesOn(client);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorInWhatAcquireReturnedFailsItsCall(Error error) {
        Mono<RequestPacer.Permit> permits = Mono.fromSupplier(() -> {
            throwOnce(error);
            return new FreePermit();
        });
        try (BatchExportsClient client = pacedBy(permits, () -> {})) {
            assertThat(failure(client.list()))
                    .isInstanceOf(PacerException.class)
                    .hasCause(error);
            assertGoesOn(client);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfAnObservationHandlerChangesNothing(Error error) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStart(Observation.Context context) {
                throw error;
            }

            @Override
            public void onStop(Observation.Context context) {
                throw error;
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        try (BatchExportsClient client = options().observationRegistry(registry).build()) {
            assertGoesOn(client);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfAPollCacheLeavesThePageToACall(Error error) {
        try (BatchExportsClient client = options()
                .pollCache(project -> (page, maxAge, fetch) -> {
                    throw error;
                })
                .build()) {
            assertThat(client.watch().take(25).count().block(PATIENCE)).isEqualTo(25);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfAProgressListenerFailsItsDownload(Error error) throws Exception {
        server.fault((call, request) ->
                request.getTarget().contains("/download") ? ExportsServer.json("{}\n".repeat(10_000)) : null);
        DownloadOptions options =
                DownloadOptions.builder().onProgress(bytes -> throwOnce(error)).build();
        try (BatchExportsClient client = options().build()) {
            ExportFile file = ExportFile.builder().id("file").build();
            Path target = directory.resolve("file.jsonl");
            assertThat(failure(client.downloadTo(file, target, options)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(error);
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
            assertThat(client.downloadTo(file, target, options).block(PATIENCE)).isEqualTo(target);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfTheJitterFailsItsCall(Error error) {
        server.fault((call, request) -> call == 1 ? ExportsServer.refusal(503, "UNAVAILABLE") : null);
        RetryPolicy policy = RetryPolicy.builder()
                .jitter(() -> {
                    throw error;
                })
                .build();
        try (BatchExportsClient client = server.options().retry(policy).build()) {
            assertThat(failure(client.list()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(error);
            assertGoesOn(client);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfTheJitterFailsItsTransfer(Error error) {
        RetryPolicy policy = RetryPolicy.builder()
                .jitter(() -> {
                    throw error;
                })
                .build();
        try (FileServer files = FileServer.of(500_000)) {
            files.storage((call, request) -> call == 1 ? files.part(request, 1_000, RawServer.After.CLOSE) : null);
            try (BatchExportsClient client = files.options().retry(policy).build()) {
                assertThat(failure(client.download(FileServer.FILE)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasCause(error);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfTheKeySupplierEndsNoPollsOfAWatch(Error error) {
        List<PollResult> polls = new CopyOnWriteArrayList<>();
        WatchOptions options = WatchOptions.builder()
                .interval(Duration.ofSeconds(1))
                .onPoll(polls::add)
                .build();
        try (BatchExportsClient client = server.optionsWithoutKey()
                .restApiKeySupplier(() -> {
                    throwOnce(error);
                    return ExportsServer.KEY;
                })
                .build()) {
            assertThat(client.watch(options).take(25).count().block(PATIENCE)).isEqualTo(25);
        }
        assertThat(polls.get(0).failure()).isInstanceOf(RestApiKeyException.class);
    }
}
