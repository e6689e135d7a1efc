package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.RequestPacer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same scripts through Spring Data Redis, whatever serializers its template has. */
class SpringScriptsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RedisServer server = new RedisServer();
    private final LettuceConnectionFactory connections =
            new LettuceConnectionFactory(server.uri().getHost(), server.uri().getPort());

    @AfterEach
    void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void springAndLettuceShareOneLimitAcrossScriptFlushes() {
        connections.afterPropertiesSet();
        connections.start();
        StrictLimit limit = new StrictLimit(5);
        try (BatchExportsRedis spring = BatchExportsRedis.builder(new ReactiveStringRedisTemplate(connections))
                        .requestsPerSecond(5)
                        .build();
                Fleet lettuce = new Fleet(server, options -> options.requestsPerSecond(5))) {
            RequestPacer one = spring.pacer(Fleet.PROJECT);
            RequestPacer other = lettuce.pacer();
            for (int round = 0; round < 2; round++) {
                Flux.merge(Fleet.calls("spring", one, 4, limit), Fleet.calls("lettuce", other, 4, limit))
                        .blockLast(LONG);
                server.call(redis -> redis.scriptFlush());
            }
            assertThat(limit.calls().size() - limit.refused()).isEqualTo(16);
            // None, unless the machine is busy; without a shared limit half of them are.
            assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(2);

            byte[] page = {0, -1, '\r', '\n', -128};
            spring.pollCache(Fleet.PROJECT)
                    .getOrFetch("page", LONG, Mono.just(page))
                    .block(LONG);
            byte[] unwanted = "none".getBytes(StandardCharsets.UTF_8);
            assertThat(lettuce.instance()
                            .pollCache(Fleet.PROJECT)
                            .getOrFetch("page", LONG, Mono.just(unwanted))
                            .block(LONG))
                    .isEqualTo(page);
        }
    }

    @Test
    void slowConnectionIsMadeOnceForAllAndBlocksNoCaller() throws InterruptedException {
        connections.afterPropertiesSet();
        connections.start();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        BatchExportsRedis redis = BatchExportsRedis.builder(slow(() -> {
                    attempts.incrementAndGet();
                    asked.countDown();
                    assertThat(connected.await(LONG.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    return connections.getReactiveConnection();
                }))
                .requestsPerSecond(50)
                .build();
        Mono<RequestPacer.Permit> first = redis.pacer("first").acquire().cache();
        Mono<RequestPacer.Permit> second = redis.pacer("second").acquire().cache();

        first.subscribe();
        asked.await();
        second.subscribe();

        assertThat(attempts).hasValue(1);
        connected.countDown();
        assertThat(Mono.zip(first, second).block(LONG)).isNotNull();
        redis.closeAsync().block(LONG);
    }

    @Test
    void firstConnectionAfterARestartBlocksNoCallerEither() {
        connections.afterPropertiesSet();
        List<String> threads = new CopyOnWriteArrayList<>();
        BatchExportsRedis redis = BatchExportsRedis.builder(slow(() -> {
                    threads.add(Thread.currentThread().getName());
                    return connections.getReactiveConnection();
                }))
                .requestsPerSecond(50)
                .build();
        RequestPacer pacer = redis.pacer(Fleet.PROJECT);
        for (int round = 0; round < 2; round++) {
            connections.start();
            pacer.acquire().block(LONG).release();
            assertThat(threads).first().isEqualTo("batch-exports-redis-connect");
            assertThat(server.<List<String>>call(commands -> commands.keys("*")))
                    .isNotEmpty();

            redis.closeAsync().block(LONG);
            connections.stop();
            threads.clear();
            server.call(commands -> commands.flushall());
        }
    }

    private static ReactiveRedisConnectionFactory slow(Callable<ReactiveRedisConnection> connection) {
        return new ReactiveRedisConnectionFactory() {
            @Override
            public ReactiveRedisConnection getReactiveConnection() {
                try {
                    return connection.call();
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            }

            @Override
            public ReactiveRedisClusterConnection getReactiveClusterConnection() {
                throw new UnsupportedOperationException();
            }

            @Override
            public DataAccessException translateExceptionIfPossible(RuntimeException failure) {
                return null;
            }
        };
    }
}
