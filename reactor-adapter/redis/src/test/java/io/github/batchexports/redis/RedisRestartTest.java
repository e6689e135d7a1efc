package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.RequestPacer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is closed and used again, as a context of Spring's is that stops and starts. */
class RedisRestartTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RedisServer server = new RedisServer();
    private final Fleet fleet = new Fleet(server, options -> options.requestsPerSecond(50));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    @Test
    void callsAndPollsAfterCloseReachRedisAgain() {
        BatchExportsRedis redis = fleet.instance();
        RequestPacer pacer = redis.pacer(Fleet.PROJECT);
        for (int round = 0; round < 3; round++) {
            pacer.acquire().block(LONG).release();
            redis.pollCache(Fleet.PROJECT)
                    .getOrFetch("page", LONG, Mono.just(new byte[1]))
                    .block(LONG);
            assertThat(keys()).anyMatch(key -> key.endsWith(":state")).anyMatch(key -> key.contains(":page:"));

            redis.closeAsync().block(LONG);
            server.call(commands -> commands.flushall());
        }
    }

    @Test
    void secondCloseDoesNoHarm() {
        BatchExportsRedis redis = fleet.instance();
        redis.pacer(Fleet.PROJECT).acquire().block(LONG).release();

        redis.closeAsync().block(LONG);
        redis.closeAsync().block(LONG);

        assertThat(keys()).noneMatch(key -> key.endsWith(":seen"));
    }

    private List<String> keys() {
        return server.call(commands -> commands.keys("*"));
    }
}
