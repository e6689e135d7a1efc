package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.RequestPacer.Permit;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's schedulers, and what waits on them, are replaced. */
@Isolated("the schedulers are those of all tests")
class RedisSchedulersTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final IOException NO_REDIS = new IOException("no Redis");

    private final RedisServer server = new RedisServer();
    private final Fleet fleet = new Fleet(server, options -> options.requestsPerSecond(1));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    @Test
    void nextCallGoesOnAfterSchedulersWereShutDown() {
        RequestPacer pacer = fleet.pacer();
        Permit first = pacer.acquire().block(LONG);
        first.sent();
        first.release();
        Schedulers.shutdownNow();

        assertThat(pacer.acquire().block(LONG)).isNotNull();
    }

    @Test
    void callThatWaitedWhenSchedulersWereShutDownGoesOnWithTheNext() {
        RequestPacer pacer = fleet.pacer();
        Permit first = pacer.acquire().block(LONG);
        first.sent();
        first.release();
        Mono<Permit> waiting = pacer.acquire().cache();
        waiting.subscribe();
        Mono.delay(Duration.ofMillis(300)).block();
        Schedulers.shutdownNow();

        Mono<Permit> next = pacer.acquire().doOnNext(Permit::release);
        assertThat(Mono.zip(waiting.doOnNext(Permit::release), next).block(LONG))
                .isNotNull();
    }

    @Test
    void callThatAskedASilentRedisWhenSchedulersWereShutDownGoesOnWithTheNext() {
        RedisClient client = RedisClient.create(server.uri());
        var commands = client.connect(ByteArrayCodec.INSTANCE).reactive();
        FaultyScripts way = new FaultyScripts(new LettuceScripts(Mono.just(commands)), new AtomicLong());
        RequestPacer pacer = pacer(way, 0);
        way.cut();
        Mono<Permit> waiting = pacer.acquire().cache();
        waiting.subscribe();
        Schedulers.shutdownNow();
        way.mend();

        Mono<Permit> next = pacer.acquire().doOnNext(Permit::release);
        assertThat(Mono.zip(waiting.doOnNext(Permit::release), next).block(LONG))
                .isNotNull();
        client.shutdown(Duration.ZERO, LONG);
    }

    @Test
    void callsGoOnWithoutARedisThatKeepsTheOneThreadTooLong() {
        ScriptRunner blocking = (script, keys, args) -> {
            try {
                return new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS) ? Mono.empty() : Mono.error(NO_REDIS);
            } catch (InterruptedException interrupted) {
                return Mono.error(interrupted);
            }
        };
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                return Schedulers.Factory.super.newParallel(1, threads);
            }
        });
        try {
            RequestPacer pacer = pacer(blocking, 2);
            Flux<Permit> calls =
                    Mono.defer(pacer::acquire).doOnNext(Permit::sent).repeat(2);
            assertThat(calls.count().block(LONG)).isEqualTo(3);
        } finally {
            Schedulers.resetFactory();
        }
    }

    private static RequestPacer pacer(ScriptRunner redis, int instances) {
        FleetPace pace = FleetPace.perSecond(5);
        return new RedisPacer(
                new SharedPace(redis, new ProjectKeys("batch-exports", Fleet.PROJECT)),
                pace,
                new FleetView("i", pace, instances, System.nanoTime()));
    }
}
