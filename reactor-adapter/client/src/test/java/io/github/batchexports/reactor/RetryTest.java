package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Permits and retries of real calls, with waits that are recorded and skipped. */
class RetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final SkippedTime time = new SkippedTime();
    private final Pacer pacer = new Pacer();
    private final ExportsServer server = new ExportsServer(30);

    /** A scheduler that runs a delayed task at once and advances its clock by the delay; timeouts never fire. */
    private static final class SkippedTime implements Scheduler {
        final List<Long> waits = new CopyOnWriteArrayList<>();
        private volatile long nanos = Duration.ofDays(20_000).toNanos();

        @Override
        public Disposable schedule(Runnable task) {
            return Schedulers.parallel().schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toNanos(delay) == TIMEOUT.toNanos()) {
                return reactor.core.Disposables.single();
            }
            waits.add(unit.toMillis(delay));
            nanos += unit.toNanos(delay);
            return schedule(task);
        }

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public Worker createWorker() {
            return Schedulers.parallel().createWorker();
        }
    }

    /** An application's own pacer: grants every permit at once, and records permits and holds. */
    private static class Pacer implements RequestPacer {
        final AtomicInteger permits = new AtomicInteger();
        final List<Duration> holds = new CopyOnWriteArrayList<>();

        @Override
        public Mono<Permit> acquire() {
            return Mono.fromSupplier(() -> {
                permits.incrementAndGet();
                return new FreePermit();
            });
        }

        @Override
        public void holdFor(Duration hold) {
            holds.add(hold);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private BatchExportsClient client(RetryPolicy retry) {
        return server.options()
                .scheduler(time)
                .responseTimeout(TIMEOUT)
                .pacer(project -> pacer)
                .retry(retry)
                .build();
    }

    private static RetryPolicy withFullDelays() {
        return RetryPolicy.builder().jitter(() -> 1).build();
    }

    private static MockResponse with(int status, String name, String value) {
        return ExportsServer.refusal(status, "CODE")
                .newBuilder()
                .addHeader(name, value)
                .build();
    }

    private Instant now() {
        return new TimeSource(time).instant();
    }

    @Test
    void delaysDoubleUntilTheAttemptsAreUsedUp() {
        server.fault((call, request) -> ExportsServer.refusal(500, "OOPS"));
        try (BatchExportsClient client = client(withFullDelays())) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error -> {
                        ServerException last = (ServerException) error;
                        assertThat(last.attempts()).isEqualTo(5);
                        assertThat(last.getMessage()).contains("(attempt 5)");
                        assertThat(last.getSuppressed()).hasSize(4).allSatisfy(earlier -> assertThat(earlier)
                                .isInstanceOf(ServerException.class));
                    })
                    .verify(PATIENCE);
        }
        assertThat(time.waits).containsExactly(500L, 1000L, 2000L, 4000L);
        assertThat(server.calls()).isEqualTo(5);
    }

    @Test
    void everyAttemptAcquiresAPermit() {
        server.fault((call, request) -> call % 2 == 1 ? ExportsServer.refusal(503, "BUSY") : null);
        try (BatchExportsClient client = client(withFullDelays())) {
            ListOptions query = ListOptions.builder().pageSize(10).build();
            assertThat(client.list(query).map(ExportRequest::id).collectList().block(PATIENCE))
                    .isEqualTo(ExportsServer.ids(0, 30));
        }
        assertThat(server.calls()).isEqualTo(6);
        assertThat(pacer.permits).hasValue(6);
    }

    @Test
    void retryAfterReplacesTheBackoffAndHoldsAllCalls() {
        server.fault((call, request) -> call == 1 ? with(429, "Retry-After", "17") : null);
        try (BatchExportsClient client = client(withFullDelays())) {
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(time.waits).containsExactly(17_000L);
        assertThat(pacer.holds).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void refusalWithoutRetryAfterHoldsAllCallsForTheBackoff() {
        server.fault((call, request) -> call == 1 ? ExportsServer.refusal(429, "SLOW") : null);
        try (BatchExportsClient client = client(withFullDelays())) {
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(pacer.holds).containsExactly(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "1600000000"})
    void resetThatIsNotInTheFutureLeavesTheBackoff(String reset) {
        server.fault((call, request) -> call == 1 ? with(429, "X-RateLimit-Reset", reset) : null);
        try (BatchExportsClient client = client(withFullDelays())) {
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(time.waits).containsExactly(500L);
        assertThat(pacer.holds).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void finalRefusalHoldsAllCalls() {
        server.fault((call, request) -> with(429, "Retry-After", "9"));
        Instant start = now();
        try (BatchExportsClient client = client(RetryPolicy.none())) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error ->
                            assertThat(((RateLimitedException) error).retryAt()).isEqualTo(start.plusSeconds(9)))
                    .verify(PATIENCE);
        }
        assertThat(pacer.holds).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void successThatExhaustsTheRateHoldsAllCalls() {
        long reset = now().getEpochSecond() + 5;
        server.fault((call, request) -> ExportsServer.json(ExportsServer.page(0, 10, 10))
                .newBuilder()
                .addHeader("X-RateLimit-Remaining", "0")
                .addHeader("X-RateLimit-Reset", String.valueOf(reset))
                .build());
        try (BatchExportsClient client = client(withFullDelays())) {
            client.list().blockLast(PATIENCE);
        }
        assertThat(pacer.holds).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void noAttemptStartsAfterMaxElapsed() {
        server.fault((call, request) -> with(503, "Retry-After", "50"));
        try (BatchExportsClient client = client(withFullDelays())) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error ->
                            assertThat(((ServerException) error).attempts()).isEqualTo(3))
                    .verify(PATIENCE);
        }
        assertThat(time.waits).containsExactly(50_000L, 50_000L);
    }

    @Test
    void waitForTheFirstPermitDoesNotCountAsElapsed() {
        server.fault((call, request) -> call == 1 ? ExportsServer.refusal(503, "BUSY") : null);
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        try (BatchExportsClient client = server.options()
                .scheduler(clock)
                .retry(RetryPolicy.builder().jitter(() -> 0).build())
                .pacer(project -> new Pacer() {
                    @Override
                    public Mono<Permit> acquire() {
                        return permits.get() == 0
                                ? super.acquire().delaySubscription(Duration.ofHours(1), clock)
                                : super.acquire();
                    }
                })
                .build()) {
            Mono<Long> count = client.list().count().cache();
            count.subscribe();
            clock.advanceTimeBy(Duration.ofHours(1));
            assertThat(count.block(PATIENCE)).isEqualTo(30);
        }
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void clientsOfOneProjectShareItsPacer() {
        AtomicInteger pacers = new AtomicInteger();
        try (BatchExportsClient client = server.options()
                .pacer(project -> {
                    pacers.incrementAndGet();
                    return pacer;
                })
                .build()) {
            Flux.merge(
                            client.list(),
                            client.forProject("other").list(),
                            client.forProject("other").list(),
                            client.forProject(ExportsServer.PROJECT).list())
                    .blockLast(PATIENCE);
        }
        assertThat(pacers).hasValue(2);
    }

    @Test
    void repeatedCursorErrorTellsTheAttempt() {
        server.fault((call, request) -> switch (call) {
            case 2 -> ExportsServer.refusal(503, "BUSY");
            case 3 -> ExportsServer.json(ExportsServer.page("", ExportsServer.cursor(10)));
            default -> null;
        });
        try (BatchExportsClient client = client(withFullDelays())) {
            StepVerifier.create(client.list(ListOptions.builder().pageSize(10).build()))
                    .expectNextCount(10)
                    .expectErrorSatisfies(error -> {
                        assertThat(error).isInstanceOf(PagingException.class);
                        assertThat(((PagingException) error).attempts()).isEqualTo(2);
                    })
                    .verify(PATIENCE);
        }
    }
}
