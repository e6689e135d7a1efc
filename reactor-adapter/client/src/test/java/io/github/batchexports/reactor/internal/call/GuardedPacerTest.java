package io.github.batchexports.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.RequestPacer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.util.RaceTestUtils;

/** An application's pacer, guarded. */
class GuardedPacerTest {

    private static final int RACES = 5_000;

    private final AtomicInteger released = new AtomicInteger();

    private final class Permit implements RequestPacer.Permit {
        @Override
        public void sent() {}

        @Override
        public void release() {
            released.incrementAndGet();
        }
    }

    private static RequestPacer pacer(Mono<RequestPacer.Permit> permits) {
        return GuardedPacer.guard(new RequestPacer() {
            @Override
            public Mono<Permit> acquire() {
                return permits;
            }

            @Override
            public void holdFor(Duration time) {}
        });
    }

    @Test
    void permitThatRacesWithACancelIsEmittedOrReleased() {
        AtomicInteger acquired = new AtomicInteger();
        AtomicInteger emitted = new AtomicInteger();
        for (int i = 0; i < RACES; i++) {
            Sinks.One<RequestPacer.Permit> granted = Sinks.one();
            // Counts what arrives after its own cancel, too.
            BaseSubscriber<RequestPacer.Permit> call = new BaseSubscriber<>() {
                @Override
                protected void hookOnNext(RequestPacer.Permit permit) {
                    emitted.incrementAndGet();
                }
            };
            pacer(granted.asMono().doOnNext(permit -> acquired.incrementAndGet()))
                    .acquire()
                    .subscribe(call);
            RaceTestUtils.race(() -> granted.tryEmitValue(new Permit()), call::dispose);
        }
        assertThat(emitted.get() + released.get()).isEqualTo(acquired.get());
    }
}
