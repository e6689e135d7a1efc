package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two of the packaged application that share one Redis, and one that finds none. */
class ReplicasIT {

    private static final int PER_SECOND = 2;

    private final Sandbox sandbox =
            Sandbox.builder().exports(200).requestsPerSecond(PER_SECOND).start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private ApplicationProcess start(String redis, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.requests-per-second=" + PER_SECOND,
                "--batch.exports.redis.enabled=true",
                "--spring.data.redis.url=" + redis));
        arguments.addAll(List.of(more));
        return ApplicationProcess.start(
                Map.of("BATCH_REST_API_KEY", Sandbox.REST_API_KEY, "BATCH_PROJECT_KEY", Sandbox.PROJECT_KEY),
                arguments.toArray(String[]::new));
    }

    private CompletableFuture<HttpResponse<String>> list(String baseUrl) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/exports"))
                .header("Accept", "application/x-ndjson")
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    @Test
    void twoKeepOneLimitAndLeaveInPeace() throws Exception {
        try (RedisServer redis = new RedisServer();
                ApplicationProcess first = start(redis.url());
                ApplicationProcess second = start(redis.url())) {
            List<String> replicas = List.of(first.baseUrl(), second.baseUrl());
            List<CompletableFuture<HttpResponse<String>>> listings = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                replicas.forEach(replica -> listings.add(list(replica)));
            }
            for (CompletableFuture<HttpResponse<String>> listing : listings) {
                assertThat(listing.get().body().lines()).hasSize(200);
            }
            assertThat(sandbox.refusedForRate()).isZero();
            assertThat(sandbox.listCalls()).isEqualTo(4 * 2);
            first.terminate();
            assertThat(first.awaitEnd()).isEqualTo(128 + 15);
            assertThat(first.output()).doesNotContain("Exception", " WARN ", " ERROR ");
        }
    }

    @Test
    void withoutRedisItSaysSoOrGoesOnWithItsPart() throws Exception {
        String nowhere = RedisServer.nowhere();
        try (ApplicationProcess unknown = start(nowhere);
                ApplicationProcess known = start(nowhere, "--batch.exports.redis.instances=2")) {
            assertThat(list(unknown.baseUrl()).get().statusCode()).isEqualTo(500);
            assertThat(unknown.output()).contains("Redis cannot be reached");
            assertThat(sandbox.calls()).isZero();

            assertThat(list(known.baseUrl()).get().body().lines()).hasSize(200);
            assertThat(sandbox.refusedForRate()).isZero();
        }
    }
}
