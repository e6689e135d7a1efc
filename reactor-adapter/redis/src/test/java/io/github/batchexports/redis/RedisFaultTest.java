package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.PollCache;
import io.github.batchexports.reactor.RequestPacer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Five instances that share five calls a second through a Redis whose clock is set, or that some cannot reach. */
class RedisFaultTest {

    private static final int INSTANCES = 5;
    private static final Duration LONG = Duration.ofSeconds(90);

    private final RedisServer server = new RedisServer();
    private final RedisClient lettuce = RedisClient.create(server.uri());
    private final AtomicLong clockAhead = new AtomicLong();
    private final StrictLimit limit = new StrictLimit(5);
    private final List<FaultyScripts> ways = new ArrayList<>();
    private final List<RequestPacer> pacers = new ArrayList<>();

    @BeforeEach
    void connect() {
        FleetPace pace = FleetPace.perSecond(5);
        ProjectKeys keys = new ProjectKeys("batch-exports", Fleet.PROJECT);
        for (int i = 0; i < INSTANCES; i++) {
            var commands = lettuce.connect(ByteArrayCodec.INSTANCE).reactive();
            FaultyScripts way = new FaultyScripts(new LettuceScripts(Mono.just(commands)), clockAhead);
            ways.add(way);
            pacers.add(new RedisPacer(
                    new SharedPace(way, keys), pace, new FleetView("i" + i, pace, 0, System.nanoTime())));
        }
    }

    @AfterEach
    void stop() {
        lettuce.shutdown(Duration.ZERO, LONG);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H", "PT-0.5S"})
    void steppedClockCostsOneIntervalOrARefusal(Duration step) {
        run(6, Mono.delay(Duration.ofSeconds(2)).doOnNext(now -> FaultyScripts.step(clockAhead, step)));

        System.out.println("fleet: five instances, Redis' clock set by " + step + ": " + limit.figures());
        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(1);
        assertThat(limit.used()).as(limit.figures()).isGreaterThan(0.5);
    }

    @Test
    void cutOffInstancesGoOnAndComeBack() {
        run(
                8,
                Mono.delay(Duration.ofSeconds(2))
                        .doOnNext(now -> ways.subList(0, 2).forEach(FaultyScripts::cut))
                        .delayElement(Duration.ofSeconds(3))
                        .doOnNext(now -> ways.subList(0, 2).forEach(FaultyScripts::mend)));

        System.out.println("fleet: two of five instances cut off for 3 s: " + limit.figures());
        // The others do not know of it, and use up the shares of those two.
        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(10);
        assertThat(limit.used()).as(limit.figures()).isGreaterThan(0.5);
    }

    @Test
    void requestsReadAfterAHangTakeNoSlot() {
        run(1, Mono.empty());
        String before = state();
        server.hang();
        Disposable waiting = pacers.get(0).acquire().subscribe();
        Mono.delay(Duration.ofMillis(200)).doOnNext(now -> ways.get(0).cut()).block();
        // Longer than it waits for an answer.
        Mono.delay(Duration.ofSeconds(1)).block();
        server.goOn();

        assertThat(state()).isEqualTo(before);
        waiting.dispose();
    }

    /** Which call was the last, and who waits. */
    private String state() {
        return server.call(redis -> redis.keys("*:state").stream()
                .map(key -> redis.hget(key, "last") + redis.exists(key.replace(":state", ":slots")))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void instanceThatOnlyReadsCachedPagesGoesOnWithoutRedis() {
        try (Fleet fleet = new Fleet(server, options -> options.requestsPerSecond(5))) {
            BatchExportsRedis redis = fleet.instance();
            RequestPacer pacer = redis.pacer(Fleet.PROJECT);
            PollCache cache = redis.pollCache(Fleet.PROJECT);
            cache.getOrFetch("page", LONG, Mono.just(new byte[1])).block(LONG);
            server.call(commands -> commands.ping());
            server.kill();

            assertThat(pacer.acquire().block(LONG)).isNotNull();
        }
    }

    private void run(int calls, Mono<?> event) {
        Flux.range(0, INSTANCES)
                .flatMap(i -> Fleet.calls("i" + i, pacers.get(i), calls, limit), INSTANCES)
                .mergeWith(event.publishOn(Schedulers.boundedElastic()).then())
                .blockLast(LONG);
        assertThat(limit.calls().size() - limit.refused()).isEqualTo((long) INSTANCES * calls);
    }
}
