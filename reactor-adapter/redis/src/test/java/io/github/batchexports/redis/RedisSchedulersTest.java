package io.github.batchexports.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.RequestPacer.Permit;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reactor's schedulers, and what waits on them, are replaced. */
@Isolated("the schedulers are those of all tests")
class RedisSchedulersTest {

    private static final Duration LONG = Duration.ofSeconds(20);

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
}
