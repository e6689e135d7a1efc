package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** An application's pacer that breaks the rules: only the call that meets it fails. */
class ForeignPacerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As a pacer may make it, once for all. */
    private static final TransportException AWAY =
            new TransportException(CallContext.of(Operation.LIST, null), "redis away", true, null);

    private final ExportsServer server = new ExportsServer(30);
    private final AtomicInteger sent = new AtomicInteger();
    private final Semaphore released = new Semaphore(0);

    @AfterEach
    void close() {
        server.close();
    }

    private final class CountedPermit implements RequestPacer.Permit {
        @Override
        public void sent() {
            sent.incrementAndGet();
        }

        @Override
        public void release() {
            released.release();
        }
    }

    /** Awaited, since a permit is released on the connection's thread after the end was delivered. */
    private void assertReleased(int count) {
        try {
            assertThat(released.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(released.availablePermits()).isZero();
    }

    /** A pacer whose permits depend on the number of the acquisition, from 1. */
    private static RequestPacer pacer(IntFunction<Mono<RequestPacer.Permit>> acquire) {
        AtomicInteger calls = new AtomicInteger();
        return new RequestPacer() {
            @Override
            public Mono<Permit> acquire() {
                return acquire.apply(calls.incrementAndGet());
            }

            @Override
            public void holdFor(Duration time) {
                throw new IllegalStateException("not ours");
            }
        };
    }

    private void assertOnlyFirstCallFails(IntFunction<Mono<RequestPacer.Permit>> acquire, String reason) {
        try (BatchExportsClient client =
                server.options().pacer(project -> pacer(acquire)).build()) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PacerException.class)
                            .hasMessageContaining(reason)
                            .hasMessageStartingWith("list exports failed: the pacer gave no permit"))
                    .verify(PATIENCE);
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void exceptionOfAcquireFailsOnlyThatCall() {
        assertOnlyFirstCallFails(
                number -> {
                    if (number == 1) {
                        throw new IllegalStateException("broken");
                    }
                    return Mono.just(new CountedPermit());
                },
                "broken");
        assertThat(sent).hasValue(1);
        assertReleased(1);
    }

    @Test
    void errorOfThePacerFailsOnlyThatCall() {
        assertOnlyFirstCallFails(
                number -> number == 1
                        ? Mono.error(new IllegalStateException("cannot be reached"))
                        : Mono.just(new CountedPermit()),
                "cannot be reached");
    }

    @Test
    void nullFromAcquireFailsOnlyThatCall() {
        assertOnlyFirstCallFails(number -> number == 1 ? null : Mono.just(new CountedPermit()), "null");
    }

    @Test
    void emptyAcquireFailsOnlyThatCall() {
        assertOnlyFirstCallFails(
                number -> number == 1 ? Mono.empty() : Mono.just(new CountedPermit()), "without a permit");
    }

    @Test
    void secondPermitIsReleased() {
        RequestPacer twice = pacer(number -> new MonoOfTwo());
        try (BatchExportsClient client =
                server.options().pacer(project -> twice).build()) {
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(sent).hasValue(1);
        assertReleased(2);
    }

    /** Emits two items, which a Mono must not. */
    private final class MonoOfTwo extends Mono<RequestPacer.Permit> {
        private final Publisher<RequestPacer.Permit> two = Flux.just(new CountedPermit(), new CountedPermit());

        @Override
        public void subscribe(CoreSubscriber<? super RequestPacer.Permit> subscriber) {
            Flux.from(two).doOnRequest(n -> {}).subscribe(new Unbounded(subscriber));
        }
    }

    private static final class Unbounded extends BaseSubscriber<RequestPacer.Permit> {
        private final CoreSubscriber<? super RequestPacer.Permit> subscriber;

        Unbounded(CoreSubscriber<? super RequestPacer.Permit> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscriber.onSubscribe(Operators.emptySubscription());
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(RequestPacer.Permit permit) {
            subscriber.onNext(permit);
        }

        @Override
        protected void hookOnComplete() {
            subscriber.onComplete();
        }
    }

    @Test
    void permitAfterACancelIsReleased() {
        Sinks.One<RequestPacer.Permit> late = Sinks.one();
        // A pacer that ignores a cancel.
        RequestPacer deaf = pacer(number -> Mono.fromDirect(subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            late.asMono().subscribe(subscriber::onNext, subscriber::onError, subscriber::onComplete);
        }));
        try (BatchExportsClient client = server.options().pacer(project -> deaf).build()) {
            Disposable listing = client.list().subscribe();
            listing.dispose();
            late.tryEmitValue(new CountedPermit());
        }
        assertReleased(1);
        assertThat(server.calls()).isZero();
    }

    @Test
    void exceptionsOfHoldForAndPermitAreHarmless() {
        server.fault((call, request) -> call == 1 ? ExportsServer.refusal(429, "SLOW") : null);
        RequestPacer throwing = pacer(number -> Mono.just(new RequestPacer.Permit() {
            @Override
            public void sent() {
                throw new IllegalStateException("not ours");
            }

            @Override
            public void release() {
                throw new IllegalStateException("not ours");
            }
        }));
        try (BatchExportsClient client = server.options()
                .pacer(project -> throwing)
                .retry(RetryPolicy.builder().jitter(() -> 0).build())
                .build()) {
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(30);
        }
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void pacerFailureIsNotRetriedAndHasTheResumeCursor() {
        AtomicInteger calls = new AtomicInteger();
        RequestPacer failing = pacer(number -> {
            calls.set(number);
            return Mono.error(new IllegalStateException("down"));
        });
        try (BatchExportsClient client =
                server.options().pacer(project -> failing).build()) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error -> {
                        assertThat(((BatchExportsException) error).isTransient())
                                .isFalse();
                        assertThat(((BatchExportsException) error).resumeFrom()).isNull();
                    })
                    .verify(PATIENCE);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void transientFailureOfThePacerIsRetriedAsThePolicySays() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        clock.advanceTimeBy(Duration.ofDays(7));
        AtomicInteger acquisitions = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        RequestPacer away = pacer(number -> {
            acquisitions.set(number);
            return Mono.error(AWAY);
        });
        try (BatchExportsClient client = server.options()
                .scheduler(clock)
                .retry(RetryPolicy.builder().jitter(() -> 1).build())
                .pacer(project -> away)
                .build()) {
            client.list().subscribe(export -> {}, failure::set);
            for (int attempt = 1; attempt < 5; attempt++) {
                assertThat(acquisitions).hasValue(attempt);
                assertThat(failure).hasNullValue();
                clock.advanceTimeBy(Duration.ofMillis(500L << (attempt - 1)));
            }
        }
        assertThat(acquisitions).hasValue(5);
        assertThat(failure).hasValue(AWAY);
        assertThat(AWAY).hasNoSuppressedExceptions();
    }

    @Test
    void failureOfThePacerIsObservedAsTheCallersError() {
        RecordedObservations observed = new RecordedObservations();
        RequestPacer failing = pacer(number -> Mono.error(new IllegalStateException("down")));
        try (BatchExportsClient client = server.options()
                .observationRegistry(observed.registry())
                .pacer(project -> failing)
                .build()) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error -> assertThat(observed.ended())
                            .singleElement()
                            .extracting(Observation.Context::getError)
                            .isSameAs(error)
                            .isInstanceOf(PacerException.class))
                    .verify(PATIENCE);
        }
    }
}
