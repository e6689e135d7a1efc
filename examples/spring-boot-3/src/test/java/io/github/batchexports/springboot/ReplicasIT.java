package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Two of the packaged application that share one Redis, and two applications in this JVM that find none. */
@ExtendWith(OutputCaptureExtension.class)
class ReplicasIT {

    private static final int PER_SECOND = 2;

    private final Sandbox sandbox =
            Sandbox.builder().exports(200).requestsPerSecond(PER_SECOND).start();
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String[] arguments(String redis, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.requests-per-second=" + PER_SECOND,
                "--batch.exports.redis.enabled=true",
                "--spring.data.redis.url=" + redis));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private ApplicationProcess start(String redis) throws IOException {
        return ApplicationProcess.start(
                Map.of("BATCH_REST_API_KEY", Sandbox.REST_API_KEY, "BATCH_PROJECT_KEY", Sandbox.PROJECT_KEY),
                arguments(redis));
    }

    private CompletableFuture<HttpResponse<String>> list(String baseUrl) {
        return calls.start(baseUrl + "/exports", "application/x-ndjson");
    }

    private HttpResponse<String> listing(String baseUrl) throws Exception {
        return Calls.await("listing of " + baseUrl, list(baseUrl));
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
                assertThat(Calls.await("listing", listing).body().lines()).hasSize(200);
            }
            assertThat(sandbox.refusedForRate()).isZero();
            assertThat(sandbox.listCalls()).isEqualTo(4 * 2);
            first.terminate();
            assertThat(first.awaitEnd()).isEqualTo(128 + 15);
            assertThat(first.output()).doesNotContain("Exception", " WARN ", " ERROR ");
        }
    }

    @Test
    void withoutRedisItSaysSoOrGoesOnWithItsPart(CapturedOutput output) throws Exception {
        String nowhere = RedisServer.nowhere();
        // Both end together, since that ends the event loops that applications of one JVM share.
        try (LocalApplication unknown = LocalApplication.start(arguments(nowhere));
                LocalApplication known =
                        LocalApplication.start(arguments(nowhere, "--batch.exports.redis.instances=2"))) {
            assertThat(listing(unknown.baseUrl()).statusCode()).isEqualTo(500);
            assertThat(output).contains("Redis cannot be reached");
            assertThat(sandbox.calls()).isZero();

            assertThat(listing(known.baseUrl()).body().lines()).hasSize(200);
            assertThat(sandbox.refusedForRate()).isZero();
        }
    }
}
