package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.RequestPacer.Permit;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedisPacerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RedisServer server = new RedisServer();
    private final StrictLimit limit = new StrictLimit(5);
    private final Fleet fleet = new Fleet(server, options -> options.requestsPerSecond(5));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    @Test
    void instancesCallInOrderAndUseTheLimit() {
        run(5, 6);

        System.out.println("fleet: five instances, all is well: " + limit.figures());
        // None, unless the machine is busy; without a shared limit most are.
        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(2);
        // None, unless an instance stalls for an interval and loses its slot, where the four others pass it.
        assertThat(limit.overtaken()).as(limit.figures()).isLessThanOrEqualTo(8);
    }

    @Test
    void callCostsTwoRoundTrips() {
        run(3, 2);
        long before = commands();
        limit.lets("none");
        run(3, 10);
        // A call that leaves late costs a third.
        assertThat(commands() - before).isBetween(30L, 30L * 3 + 12);
    }

    @Test
    void waitingCallAsksRedisOncePerInterval() {
        RequestPacer busy = fleet.pacer();
        assertThat(busy.acquire().block(LONG)).isNotNull();
        Disposable waiting = fleet.pacer().acquire().subscribe();
        Mono.delay(Duration.ofMillis(300)).block();
        long before = commands();
        // The first call is not sent yet: the second asks once an interval, and no more often.
        Mono.delay(Duration.ofMillis(1000)).block();
        assertThat(commands() - before).isLessThanOrEqualTo(7);
        waiting.dispose();
    }

    @Test
    void unsentCallHoldsUpTheOthers() {
        Permit first = fleet.pacer().acquire().block(LONG);
        Mono<Permit> second = fleet.pacer().acquire().cache();
        Disposable waiting = second.subscribe();

        Mono.delay(Duration.ofMillis(900)).block();
        limit.lets("first");
        first.sent();
        second.block(LONG);
        limit.lets("second");

        assertThat(limit.refused()).as(limit.figures()).isZero();
        waiting.dispose();
    }

    @Test
    void releasedPermitGoesToTheNextCall() {
        RequestPacer slow = fleet.pacer();
        Permit unused = slow.acquire().block(LONG);
        unused.release();
        long start = System.nanoTime();
        slow.acquire().block(LONG).release();
        fleet.pacer().acquire().block(LONG);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void slotsOfCancelledWaitersGoToTheOthers() {
        List<RequestPacer> pacers = fleet.pacers(5);
        List<Disposable> leaving = new ArrayList<>();
        List<Mono<Boolean>> staying = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Mono<Boolean> call = Fleet.call("i" + i % 5, pacers.get(i % 5), limit)
                    .repeat()
                    .takeUntil(accepted -> accepted)
                    .last();
            // Also the first waiters of three instances.
            if (i >= 10 && i < 13 || i >= 30 && i < 42) {
                leaving.add(call.subscribe());
            } else {
                staying.add(call);
            }
        }
        Mono<Boolean> cancel = Mono.delay(Duration.ofMillis(2500))
                .doOnNext(now -> leaving.forEach(Disposable::dispose))
                .thenReturn(true);
        Flux.merge(Flux.fromIterable(staying).flatMap(call -> call, 60), cancel).blockLast(LONG);

        System.out.println("fleet: 15 of 60 waiting subscribers of five instances cancel: " + limit.figures());
        assertThat(limit.calls().size() - limit.refused()).isBetween(45L, 60L);
        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(1);
        assertThat(limit.used()).as(limit.figures()).isGreaterThan(0.5);
    }

    @Test
    void slotsOfDeadInstancesAreSkipped() {
        List<RequestPacer> pacers = fleet.pacers(8);
        List<Disposable> dying = new ArrayList<>();
        for (int i = 5; i < 8; i++) {
            RequestPacer pacer = pacers.get(i);
            // Leaves a reserved slot and an unsettled permit in Redis, as a killed process does.
            dying.add(Flux.range(0, 100)
                    .concatMap(number -> Fleet.call("dies", pacer, limit))
                    .subscribe());
        }
        Mono<Void> kill = Mono.delay(Duration.ofMillis(2500))
                .then(fleet.disconnect(5, 8))
                .doFinally(end -> dying.forEach(Disposable::dispose));
        Flux.range(0, 5)
                .flatMap(i -> Fleet.calls("i" + i, pacers.get(i), 7, limit), 5)
                .mergeWith(kill)
                .blockLast(LONG);

        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(3);
    }

    @Test
    void pacerThatNoClientHoldsIsNotKept() {
        BatchExportsRedis redis = fleet.instance();
        WeakReference<RequestPacer> pacer = new WeakReference<>(redis.pacer("project"));
        long end = System.nanoTime() + LONG.toNanos();
        while (pacer.get() != null && System.nanoTime() - end < 0) {
            System.gc();
        }
        assertThat(pacer.get()).isNull();
    }

    @Test
    void closeDoesNotWaitForARedisThatNeverAnswers() throws IOException {
        RedisClient lettuce = RedisClient.create();
        try (ServerSocket silent = new ServerSocket(0)) {
            BatchExportsRedis redis = BatchExportsRedis.builder(
                            lettuce, RedisURI.create("127.0.0.1", silent.getLocalPort()))
                    .build();
            assertThatThrownBy(() -> redis.pacer("project").acquire().block(LONG))
                    .isInstanceOf(RedisUnavailableException.class);
            // Lettuce would wait for a minute.
            redis.closeAsync().block(Duration.ofSeconds(20));
        }
        lettuce.shutdown(Duration.ZERO, LONG);
    }

    @Test
    void subscriberThatThrowsKeepsNoOtherFromTheError() {
        RequestPacer pacer = new Fleet(RedisServer.absent(), options -> options.requestsPerSecond(5)).pacer();
        pacer.acquire().subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(Permit permit) {}

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException("a subscriber's");
            }

            @Override
            public void onComplete() {}
        });

        Mono<Permit> second = pacer.acquire().cache();
        second.subscribe(permit -> {}, failure -> {});

        assertThatThrownBy(() -> second.block(LONG)).isInstanceOf(RedisUnavailableException.class);
    }

    @Test
    void holdOfOneInstanceHoldsAll() {
        List<RequestPacer> pacers = fleet.pacers(3);
        run(pacers, 1);
        long start = System.nanoTime();
        pacers.get(0).holdFor(Duration.ofSeconds(2));
        Mono.delay(Duration.ofMillis(50)).block();
        pacers.get(2).acquire().block(LONG).release();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1850));
    }

    @Test
    void clockSetBackHoldsUpNoCalls() {
        List<RequestPacer> pacers = fleet.pacers(2);
        run(pacers, 2);
        String key = key(":state");
        // As if this had been written with a clock an hour ahead.
        server.call(redis -> {
            long ahead = 3_600_000_000L + Long.parseLong(redis.hget(key, "last"));
            redis.hset(key, Map.of("last", String.valueOf(ahead), "back", String.valueOf(ahead)));
            redis.hset(key, Map.of("hold", String.valueOf(ahead + 1_000_000), "heldAt", String.valueOf(ahead)));
            return redis.zadd(key.replace(":state", ":slots"), ahead, "0000");
        });
        long start = System.nanoTime();
        run(pacers, 3);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void redisKeysHideTheProjectAndExpire() {
        RequestPacer pacer = fleet.pacer();
        Fleet.calls("i0", pacer, 1, limit).block(LONG);
        // The slot stays until its instance looks at it.
        pacer.holdFor(Duration.ofSeconds(30));
        Disposable waiting = pacer.acquire().subscribe();
        Mono.delay(Duration.ofMillis(500)).block();

        List<String> keys = server.call(redis -> redis.keys("*"));
        assertThat(keys).hasSize(3).allSatisfy(key -> assertThat(key)
                .startsWith("batch-exports:{")
                .doesNotContain(Fleet.PROJECT)
                .doesNotContain("0664h"));
        for (String key : keys) {
            assertThat(server.<Long>call(redis -> redis.pttl(key))).as(key).isBetween(1L, 180_000L);
        }
        waiting.dispose();
    }

    private String key(String end) {
        return server.call(redis -> redis.keys("*" + end)).get(0);
    }

    /** How many scripts were run. */
    private long commands() {
        Matcher calls = Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)")
                .matcher(server.call(redis -> redis.info("commandstats")));
        long count = 0;
        while (calls.find()) {
            count += Long.parseLong(calls.group(1));
        }
        return count;
    }

    private void run(int instances, int calls) {
        run(fleet.pacers(instances), calls);
    }

    private void run(List<RequestPacer> pacers, int calls) {
        Flux.range(0, pacers.size())
                .flatMap(i -> Fleet.calls("i" + i, pacers.get(i), calls, limit), pacers.size())
                .blockLast(LONG);
    }
}
