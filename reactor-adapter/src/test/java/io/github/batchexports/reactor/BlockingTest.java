package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ListExports;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** No blocking call on a thread that must not block; run in a JVM of its own, since BlockHound changes the JVM. */
class BlockingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void watch() {
        BlockHound.install();
    }

    /** Four listings in turn can meet the same one of every four calls again and again: attempts enough for all. */
    private static BatchExportsClientBuilder paced(ExportsServer server) {
        return server.options()
                .requestsPerSecond(200)
                .retry(RetryPolicy.builder()
                        .maxAttempts(100)
                        .firstDelay(Duration.ofMillis(2))
                        .build());
    }

    @Test
    void theWatchWorks() {
        assertThatThrownBy(() -> Mono.fromCallable(() -> {
                            TimeUnit.MILLISECONDS.sleep(1);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel())
                        .block(PATIENCE))
                .hasCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void listingPacingRetryingAndCancellingDoNotBlock() {
        try (ExportsServer server = new ExportsServer(95)
                        .fault((call, request) -> call % 4 == 2 ? ExportsServer.refusal(503, "AGAIN") : null);
                BatchExportsClient client = paced(server).build()) {
            ListExports query = ListExports.builder().pageSize(10).build();
            Long total =
                    Flux.range(0, 4).flatMap(i -> client.list(query)).count().block(PATIENCE);
            assertThat(total).isEqualTo(4 * 95);
            Flux.range(0, 8).flatMap(i -> client.list(query).take(15)).blockLast(PATIENCE);
            Flux.range(0, 8)
                    .flatMap(i -> client.list(query).take(Duration.ofMillis(20)))
                    .blockLast(PATIENCE);
        }
    }
}
