package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.reactor.PollCache;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedisPollCacheTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration AGE = Duration.ofSeconds(60);
    private static final String PAGE = "list?limit=50&from=eyJwcm9qZWN0";

    private final RedisServer server = new RedisServer();
    private final Fleet fleet = new Fleet(server, options -> options);
    private final AtomicInteger fetches = new AtomicInteger();
    private final Mono<byte[]> fetch = Mono.delay(Duration.ofMillis(300))
            .map(time -> ("page " + fetches.incrementAndGet()).getBytes(StandardCharsets.UTF_8));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    @Test
    void concurrentInstancesFetchOnce() {
        List<PollCache> caches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            caches.add(cache());
        }
        List<String> pages = Flux.fromIterable(caches)
                .flatMap(cache -> cache.getOrFetch(PAGE, AGE, fetch))
                .map(page -> new String(page, StandardCharsets.UTF_8))
                .collectList()
                .block(LONG);

        assertThat(pages).hasSize(8).containsOnly("page 1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void pageOlderThanMaxAgeIsFetchedAgain() {
        assertThat(get(cache(), AGE)).isEqualTo("page 1");
        Mono.delay(Duration.ofMillis(500)).block();

        assertThat(get(cache(), Duration.ofMillis(400))).isEqualTo("page 2");
        assertThat(get(cache(), AGE)).isEqualTo("page 2");
    }

    @Test
    void arbitraryBytesAreReturnedUnchanged() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        cache().getOrFetch(PAGE, AGE, Mono.just(bytes)).block(LONG);

        assertThat(cache().getOrFetch(PAGE, AGE, fetch).block(LONG)).isEqualTo(bytes);
        assertThat(fetches).hasValue(0);
    }

    @Test
    void failedFetchIsPassedOnAndTheNextInstanceFetches() {
        Mono<byte[]> failing =
                Mono.delay(Duration.ofMillis(200)).then(Mono.error(new IllegalStateException("refused")));
        Mono<byte[]> waiting = cache().getOrFetch(PAGE, AGE, fetch).cache();

        assertThatThrownBy(() -> Mono.zip(
                                cache().getOrFetch(PAGE, AGE, failing),
                                Mono.delay(Duration.ofMillis(100)).then(waiting))
                        .block(LONG))
                .hasMessage("refused");
        assertThat(waiting.block(Duration.ofSeconds(3))).asString().isEqualTo("page 1");
    }

    @Test
    void cancelledFetchIsTakenOverByTheNextInstance() {
        Disposable cancelled = cache().getOrFetch(PAGE, AGE, Mono.never()).subscribe();
        Mono.delay(Duration.ofMillis(300)).doOnNext(now -> cancelled.dispose()).block();

        assertThat(cache().getOrFetch(PAGE, AGE, fetch).block(Duration.ofSeconds(3)))
                .asString()
                .isEqualTo("page 1");
    }

    @Test
    void fetchIsTakenOverWhenItsInstanceDies() {
        Disposable dying = cache().getOrFetch(PAGE, AGE, Mono.never()).subscribe();
        Mono.delay(Duration.ofMillis(300)).then(fleet.disconnect(0, 1)).block(LONG);

        assertThat(get(cache(), AGE)).isEqualTo("page 1");
        dying.dispose();
    }

    @Test
    void slowRedisIsUsedAgainAfterAnOutage() {
        AtomicBoolean isCut = new AtomicBoolean();
        RedisClient lettuce = RedisClient.create(server.uri());
        var commands = lettuce.connect(ByteArrayCodec.INSTANCE).reactive();
        ScriptRunner redis = new LettuceScripts(Mono.just(commands));
        ScriptRunner slow = (script, keys, args) ->
                isCut.get() ? Mono.never() : Mono.delay(Duration.ofMillis(150)).then(redis.run(script, keys, args));
        PollCache cache = new RedisPollCache(slow, new ProjectKeys("batch-exports", Fleet.PROJECT), () -> {});
        assertThat(get(cache, AGE)).isEqualTo("page 1");
        isCut.set(true);
        assertThat(get(cache, AGE)).isEqualTo("page 2");
        isCut.set(false);

        List<String> pages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pages.add(get(cache, AGE));
        }
        assertThat(pages.get(3)).isEqualTo("page 1");
        lettuce.shutdown();
    }

    @Test
    void slowFetchKeepsItsLease() {
        Mono<byte[]> slow = Mono.delay(Duration.ofSeconds(6)).map(time -> "slow".getBytes(StandardCharsets.UTF_8));
        Mono<byte[]> first = cache().getOrFetch(PAGE, AGE, slow);
        Mono<byte[]> second = Mono.delay(Duration.ofMillis(500)).then(cache().getOrFetch(PAGE, AGE, fetch));

        assertThat(Mono.zip(first, second).block(LONG).getT2()).asString().isEqualTo("slow");
        assertThat(fetches).hasValue(0);
    }

    @Test
    void instanceFetchesForItselfWhileRedisIsDownOrHangs() {
        PollCache cache = cache();
        assertThat(get(cache, Duration.ofMillis(1))).isEqualTo("page 1");
        server.hang();
        assertThat(get(cache, AGE)).isEqualTo("page 2");
        server.kill();
        assertThat(get(cache, AGE)).isEqualTo("page 3");
    }

    @Test
    void firstReplyHasLongerTimeoutThanLaterOnes() {
        assertThat(get(cache(), AGE)).isEqualTo("page 1");
        PollCache starting = cache();
        server.hang();
        Mono<Void> goesOn = Mono.delay(Duration.ofMillis(1_500)).then(Mono.fromRunnable(server::goOn));

        assertThat(goesOn.and(starting.getOrFetch(PAGE, AGE, fetch))
                        .thenReturn(fetches)
                        .block(LONG))
                .hasValue(1);
    }

    @Test
    void redisKeysHideTheProjectAndThePageAndExpire() {
        get(cache(), AGE);
        Disposable fetching = cache().getOrFetch("other", AGE, Mono.never()).subscribe();
        Mono.delay(Duration.ofMillis(300)).block();

        List<String> keys = server.call(redis -> redis.keys("*"));
        assertThat(keys).hasSize(2).allSatisfy(key -> assertThat(key)
                .startsWith("batch-exports:{")
                .doesNotContain(Fleet.PROJECT)
                .doesNotContain(PAGE));
        for (String key : keys) {
            assertThat(server.<Long>call(redis -> redis.pttl(key))).as(key).isBetween(1L, 64_000L);
        }
        fetching.dispose();
    }

    private PollCache cache() {
        return fleet.instance().pollCache(Fleet.PROJECT);
    }

    private String get(PollCache cache, Duration maxAge) {
        return new String(cache.getOrFetch(PAGE, maxAge, fetch).block(LONG), StandardCharsets.UTF_8);
    }
}
