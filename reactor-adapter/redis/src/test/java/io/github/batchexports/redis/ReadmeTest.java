package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.sandbox.Sandbox;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Compiles the Java of this module's README, and runs the same against a sandbox. */
class ReadmeTest {

    BatchExportsClient connecting(String key, String project) {
        RedisClient lettuce = RedisClient.create();
        BatchExportsRedis redis = BatchExportsRedis.builder(lettuce, RedisURI.create("redis://localhost:6379"))
                .requestsPerSecond(1)
                .build();

        BatchExportsClient client = redis.configure(BatchExportsClient.builder())
                .restApiKey(key)
                .projectKey(project)
                .build();
        return client;
    }

    @Test
    void configuredClientListsInsideTheSharedLimit() throws Exception {
        try (RedisServer server = new RedisServer();
                Sandbox sandbox = Sandbox.builder().exports(25).start()) {
            RedisClient lettuce = RedisClient.create();
            try (BatchExportsRedis redis = BatchExportsRedis.builder(lettuce, server.uri())
                            .requestsPerSecond(5)
                            .build();
                    BatchExportsClient client = redis.configure(BatchExportsClient.builder())
                            .restApiKey(Sandbox.REST_API_KEY)
                            .projectKey(Sandbox.PROJECT_KEY)
                            .baseUrl(sandbox.baseUrl())
                            .build()) {
                assertThat(client.list().count().block(Duration.ofSeconds(20))).isEqualTo(25);
                assertThat(client.watch().take(25).count().block(Duration.ofSeconds(20)))
                        .isEqualTo(25);
            }
            lettuce.shutdown();
            assertThat(sandbox.listCalls()).isEqualTo(2);
        }
    }
}
