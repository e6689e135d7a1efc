package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.Operation;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Filters, conditions, callbacks and subscribers that throw or block: others that share the polls go on. */
class WatchIsolationTest extends WatchTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ExportsApi API = new ExportsApi(ExportsApi.DEFAULT_BASE_URL, "2.8", false);

    /** Runs what others do on another thread, and waits for it. */
    private static void awaitOthers(Runnable others) {
        CompletableFuture.runAsync(others).orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void blockingFilterHoldsNoLockOfOtherWatchers() {
        List<Viewer> others = new ArrayList<>();
        AtomicBoolean first = new AtomicBoolean(true);
        Viewer viewer = view(
                options().filter(export -> {
                    if (first.getAndSet(false)) {
                        awaitOthers(() -> {
                            Viewer other = view();
                            others.add(other);
                            other.cancel();
                        });
                    }
                    return true;
                }),
                Long.MAX_VALUE);
        assertThat(others)
                .singleElement()
                .extracting(other -> other.seen.size())
                .isEqualTo(100);
        assertThat(viewer.error).isNull();
        assertThat(viewer.seen).hasSize(500);
    }

    @Test
    void filterThatBlocksHoldsNoLockThatAPollForOthersNeeds() {
        List<ExportStatus> seenMeanwhile = new ArrayList<>();
        Viewer other = view();
        Viewer viewer = view(
                options().filter(export -> {
                    if (seenMeanwhile.isEmpty()) {
                        awaitOthers(() -> {
                            list.set(0, ExportStatus.ERROR);
                            clock.advanceTimeBy(INTERVAL);
                            seenMeanwhile.add(other.seen
                                    .get(other.seen.size() - 1)
                                    .export()
                                    .status());
                        });
                    }
                    return true;
                }),
                0);
        viewer.request(1);
        assertThat(seenMeanwhile).containsExactly(ExportStatus.ERROR);
        assertThat(viewer.seen).hasSize(1);
    }

    @Test
    void filterIsTestedAgainOnANewState() {
        list.set(0, ExportStatus.RUNNING);
        List<ExportStatus> asked = new ArrayList<>();
        Viewer viewer = view(
                options().filter(export -> {
                    asked.add(export.status());
                    return export.status().equals(ExportStatus.ERROR);
                }),
                0);
        assertThat(asked).isEmpty();
        viewer.request(1);
        assertThat(asked).hasSize(500);
        ExportRequest failed = list.set(0, ExportStatus.ERROR);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).containsExactly(change(ExportStatus.RUNNING, failed));
    }

    @Test
    void failureReachesAWatcherWithoutDemandIfNothingMatches() {
        list.fault(call -> call == 2
                ? Mono.error(new AuthenticationException(
                        CallContext.of(Operation.LIST, null), new ErrorResponse(401, null, null)))
                : null);
        Viewer idle = view(options().filter(export -> false), 0);
        view();
        assertThat(idle.error).isInstanceOf(AuthenticationException.class);
        assertThat(idle.seen).isEmpty();
    }

    @Test
    void throwingListenerEndsOnlyItsWatch() {
        list.fault(call -> call == 2 ? Mono.error(transientFailure()) : null);
        Viewer broken = view(
                options().onPoll(poll -> {
                    throw new AssertionError("of the callback");
                }),
                1_000);
        Viewer other = view();
        clock.advanceTimeBy(INTERVAL);
        assertThat(broken.error).hasMessage("of the callback");
        assertThat(other.error).isNull();
        assertThat(other.seen).hasSize(500);
    }

    @Test
    void linkageErrorOfAListenerEndsOnlyItsWatch() {
        assertEndsOnlyItsWatch(options().onPoll(poll -> {
            throw new NoClassDefFoundError("of the watch");
        }));
    }

    @Test
    void recursionTooDeepInAFilterEndsOnlyItsWatch() {
        assertEndsOnlyItsWatch(options().filter(export -> {
            throw new StackOverflowError("of the watch");
        }));
    }

    private void assertEndsOnlyItsWatch(WatchOptions.Builder options) {
        Viewer broken = view(options, Long.MAX_VALUE);
        Viewer other = view();
        ExportRequest failed = list.set(0, ExportStatus.ERROR);
        clock.advanceTimeBy(INTERVAL);
        assertThat(broken.error).hasMessage("of the watch");
        assertThat(other.error).isNull();
        assertThat(other.seen.get(other.seen.size() - 1).export()).isEqualTo(failed);
    }

    /** Throws where the specification forbids it. */
    private static final class Throwing implements CoreSubscriber<ExportChange> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ExportChange change) {
            throw new IllegalStateException("of the subscriber");
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("of the subscriber", failure);
        }

        @Override
        public void onComplete() {}
    }

    @Test
    void throwingSubscriberEndsOnlyItsWatch() {
        watch(options()).subscribe(new Throwing());
        Viewer other = view();
        watch(options().filter(export -> {
                    throw new IllegalStateException("of the filter");
                }))
                .subscribe(new Throwing());
        list.add(ExportStatus.CREATED);
        clock.advanceTimeBy(INTERVAL);
        assertThat(other.seen).hasSize(501);
        other.dispose();
        assertNothingIsLeft();
    }

    private CompletionPolls polls(ExportStatus status) {
        ExportRequest export = ExportRequest.builder().id("a").status(status).build();
        return new CompletionPolls(call -> Mono.just(export), new TimeSource(timers));
    }

    private static Mono<ExportRequest> await(CompletionPolls polls, Predicate<ExportRequest> until) {
        return polls.await(
                "a",
                API.view("a"),
                AwaitOptions.builder().interval(INTERVAL).until(until).build());
    }

    @Test
    void throwingConditionEndsOnlyItsWait() {
        CompletionPolls polls = polls(ExportStatus.RUNNING);
        List<Throwable> errors = new ArrayList<>();
        List<ExportRequest> outcomes = new ArrayList<>();
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicBoolean enough = new AtomicBoolean();
        await(polls, export -> {
                    if (first.getAndSet(false)) {
                        return false;
                    }
                    throw new IllegalStateException("of the condition");
                })
                .subscribe(outcomes::add, errors::add);
        await(polls, export -> enough.get()).subscribe(outcomes::add, errors::add);
        clock.advanceTimeBy(INTERVAL);
        assertThat(errors).singleElement().extracting(Throwable::getMessage).isEqualTo("of the condition");
        enough.set(true);
        clock.advanceTimeBy(INTERVAL);
        assertThat(outcomes).hasSize(1);
        assertThat(polls.polled()).isZero();
    }

    @Test
    void blockingConditionHoldsNoLockOfOtherWaiters() {
        CompletionPolls polls = polls(ExportStatus.RUNNING);
        AtomicBoolean first = new AtomicBoolean(true);
        assertThat(await(polls, export -> {
                            if (first.getAndSet(false)) {
                                awaitOthers(() -> await(polls, ExportRequest::isFinal)
                                        .subscribe()
                                        .dispose());
                            }
                            return true;
                        })
                        .block(PATIENCE))
                .isNotNull();
    }

    @Test
    void throwingWaiterDoesNotKeepOthersFromCompleting() {
        CompletionPolls polls = polls(ExportStatus.RUNNING);
        AtomicBoolean enough = new AtomicBoolean();
        List<ExportRequest> outcomes = new ArrayList<>();
        await(polls, export -> enough.get()).subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ExportRequest export) {
                throw new IllegalStateException("of the subscriber");
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException("of the subscriber", failure);
            }

            @Override
            public void onComplete() {}
        });
        await(polls, export -> enough.get()).subscribe(outcomes::add);
        enough.set(true);
        clock.advanceTimeBy(INTERVAL);
        assertThat(outcomes).hasSize(1);
        assertThat(polls.polled()).isZero();
    }
}
