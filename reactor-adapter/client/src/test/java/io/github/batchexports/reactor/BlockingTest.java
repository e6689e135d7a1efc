package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ListOptions;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** No call blocks a thread that must not block; runs in a JVM of its own, since BlockHound instruments the JVM. */
class BlockingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void installBlockHound() {
        BlockHound.install();
    }

    /** Concurrent listings can keep hitting the one call in four that fails: allow enough attempts. */
    private static BatchExportsClientBuilder paced(ExportsServer server) {
        return server.options()
                .requestsPerSecond(200)
                .retry(RetryPolicy.builder()
                        .maxAttempts(100)
                        .firstDelay(Duration.ofMillis(2))
                        .build());
    }

    @Test
    void blockHoundDetectsBlocking() {
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
            ListOptions query = ListOptions.builder().pageSize(10).build();
            Long total =
                    Flux.range(0, 4).flatMap(i -> client.list(query)).count().block(PATIENCE);
            assertThat(total).isEqualTo(4 * 95);
            Flux.range(0, 8).flatMap(i -> client.list(query).take(15)).blockLast(PATIENCE);
            Flux.range(0, 8)
                    .flatMap(i -> client.list(query).take(Duration.ofMillis(20)))
                    .blockLast(PATIENCE);
        }
    }

    @Test
    void downloadingResumingSavingAndSplittingDoNotBlock(@TempDir Path directory) {
        try (FileServer server = new FileServer("{\"id\":1}\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
                BatchExportsClient client = server.options().build()) {
            // Only one link is refused: without progress in between, a download requests a fresh one only once.
            server.storage((call, request) -> call == 2
                    ? FileServer.status(403, "")
                    : call % 4 == 1 ? server.part(request, 100_000, After.RESET) : null);
            Flux.range(0, 4)
                    .flatMap(i -> client.downloadTo(FileServer.FILE, directory.resolve("file" + i)))
                    .blockLast(PATIENCE);
            assertThat(directory.resolve("file3")).hasBinaryContent(server.content);
            assertThat(client.downloadLines(FileServer.FILE).count().block(PATIENCE))
                    .isEqualTo(50_000);
            client.download(FileServer.FILE).take(2).blockLast(PATIENCE);
            Flux.range(4, 8)
                    .flatMap(i -> client.downloadTo(FileServer.FILE, directory.resolve("file" + i))
                            .timeout(Duration.ofMillis(i), Mono.empty()))
                    .blockLast(PATIENCE);
        }
    }
}
