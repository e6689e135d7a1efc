package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.WatchOptions;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.HostileCode.Behaviour;
import io.github.batchexports.reactor.HostileNeighbours.Neighbour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * One subscription runs an application's code that throws, blocks, is late, or signals twice or never: the project's other
 * calls and watches go on, later ones included, and nothing is left behind.
 */
class HostileNeighbourTest {

    private static final int EXPORTS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long blocking code blocks: it holds a thread that others may need. */
    private static final Duration WHILE = Duration.ofMillis(300);

    private static final Queue<Timers> TIMERS = new ConcurrentLinkedQueue<>();
    private static final Queue<BatchExportsClient> CLIENTS = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path directory;

    private final AtomicReference<ConnectionPoolMetrics> pool = new AtomicReference<>();
    private final ConnectionProvider connections = ConnectionProvider.builder("neighbours")
            .maxConnections(16)
            .metrics(true, () -> (name, id, address, metrics) -> pool.set(metrics))
            .build();

    /** All but those of {@link MissingClassTest}. */
    static List<Neighbour> neighbours() {
        return HostileNeighbours.all(directory).stream()
                .filter(neighbour -> neighbour.behaviour != Behaviour.FAILS_TO_LINK)
                .toList();
    }

    @AfterAll
    static void nothingLeaks() {
        eventually("no timer is left", () -> TIMERS.stream().allMatch(timers -> timers.pending() == 0));
        assertThat(LeakWatch.found()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void otherSubscriptionsGoOnAndNothingIsLeftBehind(Neighbour neighbour) throws Exception {
        HostileCode code = neighbour.code();
        Timers timers = neighbour.timers.apply(Schedulers.parallel(), code);
        TIMERS.add(timers);
        try (ExportsServer server = new ExportsServer(EXPORTS).fault(fault(neighbour))) {
            BatchExportsClientBuilder options = (neighbour.suppliesKey ? server.optionsWithoutKey() : server.options())
                    .requestsPerSecond(100)
                    .retry(RetryPolicy.builder()
                            .maxAttempts(2)
                            .firstDelay(Duration.ofMillis(10))
                            .build())
                    .responseTimeout(Duration.ofSeconds(3))
                    .scheduler(timers)
                    .httpClient(http -> neighbour.http.apply(HttpClient.create(connections), code));
            neighbour.options.accept(options, code);
            BatchExportsClient client = options.build();
            CLIENTS.add(client);
            CountDownLatch victimEnded = new CountDownLatch(1);
            Disposable victim = Flux.defer(() -> neighbour.victim.apply(client, code))
                    .subscribeOn(Schedulers.boundedElastic())
                    .doFinally(end -> victimEnded.countDown())
                    .subscribe(item -> {}, failure -> {});
            code.awaitReached();

            Disposable later = Mono.delay(WHILE, Schedulers.boundedElastic()).subscribe(tick -> code.relent());
            assertOthersGoOn(client);
            code.relent();
            later.dispose();
            if (!neighbour.isEndless) {
                eventually("the victim has ended", () -> victimEnded.getCount() == 0);
            }
            victim.dispose();
            assertOthersGoOn(client);

            eventually("no connection is in use", () -> pool.get().acquiredSize() == 0);
            assertThat(pool.get().pendingAcquireSize()).isZero();
        } finally {
            code.relent();
            CLIENTS.forEach(BatchExportsClient::close);
            connections.disposeLater().block(PATIENCE);
        }
    }

    /** Serves views; everything else is left to the neighbour's fault and to the listing. */
    private static ExportsServer.Fault fault(Neighbour neighbour) {
        return (call, request) -> {
            var other = neighbour.fault.answer(call, request);
            boolean view = request.getTarget().contains("/view");
            return other == null && view
                    ? ExportsServer.json("{\"id\":\"export_0\",\"status\":\"SUCCESS\",\"files\":[]}")
                    : other;
        };
    }

    private static void assertOthersGoOn(BatchExportsClient client) {
        Mono<Long> listings = Flux.range(0, 3)
                .flatMap(i -> client.list(HostileNeighbours.byTen()))
                .count();
        Mono<Long> watch = client.watch(
                        WatchOptions.builder().interval(Duration.ofSeconds(1)).build())
                .take(EXPORTS)
                .count();
        var counts = Mono.zip(listings, watch, client.view("export_0")).block(PATIENCE);
        assertThat(counts.getT1()).as("listed").isEqualTo(3 * EXPORTS);
        assertThat(counts.getT2()).as("watched").isEqualTo(EXPORTS);
    }

    private static void eventually(String what, BooleanSupplier condition) {
        Boolean held = Flux.interval(Duration.ofMillis(10))
                .map(tick -> condition.getAsBoolean())
                .takeUntil(now -> now)
                .takeUntilOther(Mono.delay(PATIENCE))
                .blockLast();
        assertThat(held).as(what).isEqualTo(true);
    }
}
