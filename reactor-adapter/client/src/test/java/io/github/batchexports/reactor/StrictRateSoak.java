package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ListOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/**
 * Four concurrent listings of five pages each, against a server that refuses what arrives sooner than its rate allows. Only
 * the {@code soak} profile runs it, since it depends on the machine's own clock. It prints its figures.
 */
class StrictRateSoak {

    @ParameterizedTest
    @CsvSource({"10, 3", "1, 1"})
    void nothingIsRefused(double perSecond, int rounds) {
        long distance = (long) (1e9 / perSecond);
        warmUp();
        for (int round = 1; round <= rounds; round++) {
            AtomicInteger refused = new AtomicInteger();
            AtomicLong last = new AtomicLong(System.nanoTime() - 2 * distance);
            try (ExportsServer server = new ExportsServer(50).fault((call, request) -> {
                        long now = System.nanoTime();
                        if (now - last.get() < distance) {
                            refused.incrementAndGet();
                            return ExportsServer.refusal(429, "TOO_MANY_REQUESTS");
                        }
                        last.set(now);
                        return null;
                    });
                    BatchExportsClient client =
                            server.options().requestsPerSecond(perSecond).build()) {
                ListOptions query = ListOptions.builder().pageSize(10).build();
                long start = System.nanoTime();
                Long listed = Flux.range(0, 4)
                        .flatMap(i -> client.list(query))
                        .count()
                        .block(Duration.ofMinutes(2));
                double ideal = 19.0 * distance;
                System.out.printf(
                        "%.0f a second: %d calls, %d refused, %.3f of the ideal time%n",
                        perSecond, server.calls(), refused.get(), (System.nanoTime() - start) / ideal);
                assertThat(listed).isEqualTo(200);
                assertThat(server.calls()).isEqualTo(20);
                assertThat(refused).hasValue(0);
            }
        }
    }

    /** The server runs in this JVM, and its first calls are slow: they would be delayed by more than their distance. */
    private static void warmUp() {
        try (ExportsServer server = new ExportsServer(5_000);
                BatchExportsClient client = server.options().build()) {
            client.list().blockLast(Duration.ofMinutes(1));
        }
    }
}
