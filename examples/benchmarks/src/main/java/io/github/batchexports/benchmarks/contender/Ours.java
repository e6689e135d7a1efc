package io.github.batchexports.benchmarks.contender;

import io.github.batchexports.ListOptions;
import io.github.batchexports.reactor.BatchExportsClient;
import org.reactivestreams.Publisher;

/** This library, paced by its own option. */
final class Ours implements Contender {

    private final BatchExportsClient client;
    private final ListOptions query;

    Ours(Target target) {
        this.client = BatchExportsClient.builder()
                .restApiKey("benchmark-rest-api-key")
                .projectKey("project_benchmark")
                .baseUrl(target.baseUrl())
                .requestsPerSecond(target.requestsPerSecond())
                .build();
        this.query = ListOptions.builder().pageSize(target.pageSize()).build();
    }

    @Override
    public Publisher<?> list() {
        return client.list(query);
    }

    @Override
    public void close() {
        client.close();
    }
}
