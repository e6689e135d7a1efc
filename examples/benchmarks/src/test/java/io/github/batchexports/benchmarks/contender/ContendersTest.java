package io.github.batchexports.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.benchmarks.server.PageServer;
import io.github.batchexports.benchmarks.server.ServerCounts;
import io.github.batchexports.benchmarks.server.ServerOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

class ContendersTest {

    private static final int PAGES = 5;
    private static final int PAGE_SIZE = 20;

    @ParameterizedTest
    @EnumSource
    void everyContenderListsEveryExportOnce(Contenders contender) throws Exception {
        try (PageServer server = PageServer.start(ServerOptions.of(PAGES, PAGE_SIZE));
                Contender client = contender.open(Target.of(server.baseUrl(), PAGE_SIZE))) {
            Long items = Flux.from(client.list()).distinct().count().block();

            assertThat(items * client.exportsPerItem()).isEqualTo(PAGES * PAGE_SIZE);
            assertThat(ServerCounts.now(server.baseUrl())).isEqualTo(new ServerCounts(PAGES, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBCLIENT", "AZURE", "AWS_ITEMS", "AWS_PAGES"})
    void refusedPeerRetries(Contenders contender) throws Exception {
        double rate = 20;
        try (PageServer server =
                        PageServer.start(ServerOptions.of(PAGES, PAGE_SIZE).limitedTo(rate));
                Contender client = contender.open(new Target(server.baseUrl(), PAGE_SIZE, rate, Pacing.BACKOFF))) {
            assertThat(Flux.from(client.list()).count().block()).isEqualTo(PAGES * PAGE_SIZE);

            ServerCounts counts = ServerCounts.now(server.baseUrl());
            assertThat(counts.refused()).isPositive();
            assertThat(counts.calls() - counts.refused()).isEqualTo(PAGES);
        }
    }
}
