package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ListOptions;
import io.github.batchexports.policy.Pace;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import io.github.batchexports.reactor.internal.call.LocalPacer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Listings from a faulty server, 64 at a time, each cancelled at a random point: nothing is left behind. The number of
 * listings is the system property {@code soak.listings}; the build runs a few, the {@code soak} profile 2,000.
 */
class CancellationSoakTest {

    private static final int LISTINGS = Integer.getInteger("soak.listings", 200);

    private final AtomicInteger calls = new AtomicInteger();
    private final List<Fault> faults = Fault.all();
    private final AtomicReference<ConnectionPoolMetrics> pool = new AtomicReference<>();

    private Reply reply(RawServer.Request request) {
        long offset = ExportsServer.offset(
                HttpUrl.get("http://localhost" + request.target()).queryParameter("from"));
        int call = calls.incrementAndGet();
        return call % 7 == 0
                ? faults.get(call % faults.size()).reply()
                : Fault.bytes(Fault.ok(ExportsServer.page(offset, 10, 100)), After.KEEP);
    }

    @Test
    void cancelledListingsLeaveNothingBehind() {
        ConnectionProvider provider = ConnectionProvider.builder("soak")
                .maxConnections(64)
                .pendingAcquireMaxCount(-1)
                .metrics(true, () -> (name, id, address, metrics) -> pool.set(metrics))
                .build();
        TimeSource time = new TimeSource(null);
        LocalPacer pacer = new LocalPacer(Pace.perSecond(2_000), time);
        Random random = new Random(42);
        try (RawServer server = new RawServer(this::reply);
                BatchExportsClient client = BatchExportsClient.builder()
                        .restApiKey(ExportsServer.KEY)
                        .projectKey(ExportsServer.PROJECT)
                        .baseUrl(server.baseUrl())
                        .pacer(project -> pacer)
                        .responseTimeout(Duration.ofMillis(300))
                        .httpClient(http -> HttpClient.create(provider))
                        .retry(RetryPolicy.builder()
                                .maxAttempts(3)
                                .firstDelay(Duration.ofMillis(5))
                                .build())
                        .build()) {
            Flux.range(0, LISTINGS)
                    .flatMap(i -> listing(client, random.nextInt(130), random.nextInt(60)), 64)
                    .blockLast(Duration.ofMinutes(10));
            Flux.interval(Duration.ofMillis(20))
                    .takeUntil(tick -> pool.get().acquiredSize() == 0)
                    .blockLast(Duration.ofSeconds(20));
            assertThat(pacer.waiting()).isZero();
            assertThat(pool.get().acquiredSize()).isZero();
            assertThat(pool.get().pendingAcquireSize()).isZero();
        }
        provider.disposeLater().block();
        assertThat(LeakWatch.found()).isEmpty();
    }

    /** Half of them are cancelled after a number of items, half after a number of milliseconds. */
    private static Mono<Void> listing(BatchExportsClient client, int items, int millis) {
        Flux<?> list = client.list(ListOptions.builder().pageSize(10).build());
        Flux<?> cancelled = items % 2 == 0 ? list.take(items) : list.take(Duration.ofMillis(millis));
        return cancelled.onErrorComplete().then();
    }
}
