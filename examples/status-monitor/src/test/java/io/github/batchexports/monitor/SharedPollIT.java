package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several monitors of one project, with one Redis. */
class SharedPollIT {

    @TempDir
    private Path folder;

    @Test
    void threeMonitorsCostThePollOfOne() throws Exception {
        assumeTrue(RedisServer.isInstalled(), "redis-server is not on the PATH");
        try (RedisServer redis = RedisServer.start(folder);
                Sandbox sandbox = Sandbox.start();
                Monitor first = start(sandbox, redis);
                Monitor second = start(sandbox, redis);
                Monitor third = start(sandbox, redis)) {
            Stream.of(first, second, third).forEach(monitor -> {
                try (OpenPage page = OpenPage.open(monitor)) {
                    assertThat(page.skipList()).isEqualTo(253);
                }
            });

            assertThat(sandbox.calls()).isEqualTo(3);
        }
    }

    private static Monitor start(Sandbox sandbox, RedisServer redis) {
        return Monitor.start(
                sandbox,
                "monitor.interval=1h",
                "batch.exports.requests-per-second=100",
                "batch.exports.redis.enabled=true",
                "spring.data.redis.url=" + redis.url());
    }
}
