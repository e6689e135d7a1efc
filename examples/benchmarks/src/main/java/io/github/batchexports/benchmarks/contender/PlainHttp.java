package io.github.batchexports.benchmarks.contender;

import reactor.netty.http.client.HttpClient;

/** Reactor Netty's client as WebClient sets it up: compression is offered, the rest is the default. */
final class PlainHttp {

    private PlainHttp() {}

    static HttpClient client() {
        return HttpClient.create().compress(true).headers(headers -> headers.set(
                        "Authorization", "Bearer benchmark-rest-api-key")
                .set("X-Batch-Project", "project_benchmark")
                .set("Accept", "application/json"));
    }
}
