package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.reactor.RequestPacer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Losing Redis while five instances share five calls a second: all go on, and hardly a call is refused. */
class RedisLossTest {

    private static final int INSTANCES = 5;
    private static final Duration LONG = Duration.ofSeconds(90);

    private final RedisServer server = new RedisServer();
    private final StrictLimit limit = new StrictLimit(5);
    private final Fleet fleet = new Fleet(server, options -> options.requestsPerSecond(5));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    @Test
    void instancesGoOnWhileRedisIsDownAndAfterItReturnsEmpty() {
        run(12, Flux.merge(after(3, server::kill), after(8, server::start)));
        assertOneRefusalEachAtMost("killed for 5 s");
    }

    @Test
    void instancesGoOnWhileRedisHangs() {
        run(12, Flux.merge(after(3, server::hang), after(8, server::goOn)));
        assertOneRefusalEachAtMost("hung for 5 s");
    }

    @Test
    void limitSurvivesFlushedDataAndScripts() {
        Runnable forget = () -> server.call(redis -> redis.flushall() + redis.scriptFlush());
        run(10, Flux.merge(after(2, forget), after(4, forget), after(6, forget)));
        assertOneRefusalEachAtMost("emptied three times, scripts too");
    }

    @Test
    void instancesGoOnAfterARestartOfRedis() {
        Runnable restart = () -> {
            server.kill();
            server.start();
        };
        run(8, after(3, restart).flux());
        assertOneRefusalEachAtMost("killed and started at once");
    }

    @Test
    void callsFailAtOnceIfRedisWasNeverReached() {
        server.kill();
        RequestPacer pacer = fleet.pacer();

        assertThatThrownBy(() -> pacer.acquire().block(LONG))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("instances(n)");

        server.start();
        assertThat(pacer.acquire().block(LONG)).isNotNull();
    }

    @Test
    void instanceKeepsItsShareIfRedisWasNeverReached() {
        server.kill();
        try (Fleet known =
                new Fleet(server, options -> options.requestsPerSecond(5).instances(4))) {
            Fleet.calls("alone", known.pacer(), 4, limit).block(LONG);

            assertThat(limit.refused()).isZero();
            assertThat(limit.used()).isBetween(0.15, 0.25);
        }
    }

    private Mono<Void> after(int seconds, Runnable event) {
        return Mono.delay(Duration.ofSeconds(seconds))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(now -> event.run())
                .then();
    }

    private void run(int calls, Flux<Void> events) {
        List<RequestPacer> pacers = fleet.pacers(INSTANCES);
        Flux.range(0, INSTANCES)
                .flatMap(i -> Fleet.calls("i" + i, pacers.get(i), calls, limit), INSTANCES)
                .mergeWith(events)
                .blockLast(LONG);
        assertThat(limit.calls().size() - limit.refused()).isEqualTo((long) INSTANCES * calls);
    }

    private void assertOneRefusalEachAtMost(String what) {
        System.out.println("fleet: five instances, Redis " + what + ": " + limit.figures());
        assertThat(limit.refused()).as(limit.figures()).isLessThanOrEqualTo(INSTANCES);
        // Nobody stands still. How much more it is depends on what else the machine does.
        assertThat(limit.used()).as(limit.figures()).isGreaterThan(0.5);
    }
}
