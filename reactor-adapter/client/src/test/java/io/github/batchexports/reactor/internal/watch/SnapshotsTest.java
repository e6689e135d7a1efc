package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.WatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Snapshots of the list: when they are emitted, what they contain, and what they cost. */
class SnapshotsTest extends WatchTestSupport {

    private final List<ExportSnapshot> seen = new ArrayList<>();

    private Disposable subscribe(WatchOptions.Builder options) {
        return snapshots(options).subscribe(seen::add);
    }

    private ExportSnapshot last() {
        return seen.get(seen.size() - 1);
    }

    @Test
    void snapshotsComeAfterTheFirstPollAndAfterChanges() {
        list.fault(call -> call == 3 ? Mono.error(transientFailure()) : null);
        subscribe(options());
        assertThat(seen).isEmpty();
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(1);
        assertThat(last().exports()).isEqualTo(list.all());
        clock.advanceTimeBy(INTERVAL.multipliedBy(5));
        assertThat(seen).hasSize(1);
        ExportRequest added = list.add(ExportStatus.RUNNING);
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(2);
        assertThat(last().exports()).isEqualTo(list.all());
        assertThat(last().find(added.id())).isEqualTo(added);
    }

    @Test
    void changeFoundByAFailedPollIsInTheNextSnapshot() {
        subscribe(options());
        for (int i = 0; i < 100; i++) {
            list.add(ExportStatus.SUCCESS);
        }
        list.fault(call -> call == 7 ? Mono.error(transientFailure()) : null);
        clock.advanceTimeBy(INTERVAL);
        assertThat(failedPolls()).hasSize(1);
        assertThat(seen).hasSize(1);
        // What is known now is only part of the change.
        assertThat(snapshots(options()).next().blockOptional(Duration.ZERO)).isPresent();
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(2);
        assertThat(last().exports()).isEqualTo(list.all());
    }

    @Test
    void twoHundredSubscribersShareCallsAndSnapshots() {
        for (int i = 0; i < 200; i++) {
            subscribe(options());
        }
        assertThat(seen).hasSize(200);
        assertThat(seen).allMatch(snapshot -> snapshot == seen.get(0));
        list.add(ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(seen).hasSize(400);
        assertThat(seen.subList(200, 400)).allMatch(snapshot -> snapshot == seen.get(200));
        assertThat(list.calls()).isEqualTo(5 + 10 + 1);
    }

    @Test
    void slowSubscriberGetsOnlyTheNewestSnapshot() {
        BaseSubscriber<ExportSnapshot> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(ExportSnapshot snapshot) {
                seen.add(snapshot);
            }
        };
        snapshots(options()).subscribe(slow);
        view();
        for (int i = 0; i < 3; i++) {
            list.add(ExportStatus.SUCCESS);
            clock.advanceTimeBy(INTERVAL);
        }
        assertThat(seen).hasSize(1);
        slow.request(1);
        assertThat(seen).hasSize(2);
        assertThat(last().exports()).isEqualTo(list.all());
        slow.request(1);
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(2);
    }

    @Test
    void withoutDemandThereIsNoPoll() {
        StepVerifier.create(snapshots(options()), 0)
                .expectSubscription()
                .then(() -> clock.advanceTimeBy(Duration.ofDays(1)))
                .thenCancel()
                .verify();
        assertThat(list.calls()).isZero();
    }

    @Test
    void lateSubscriberGetsTheLatestWithoutACall() {
        subscribe(options());
        clock.advanceTimeBy(INTERVAL.multipliedBy(3).plusSeconds(29));
        int calls = list.calls();
        List<ExportSnapshot> later = new ArrayList<>();
        snapshots(options()).take(1).subscribe(later::add);
        assertThat(later).containsExactly(last());
        assertThat(list.calls()).isEqualTo(calls);
    }

    @Test
    void lateSubscriberGetsTheLatestFromAWatchOfChanges() {
        view();
        List<ExportSnapshot> later = new ArrayList<>();
        snapshots(options()).take(1).subscribe(later::add);
        assertThat(later).singleElement().extracting(ExportSnapshot::exports).isEqualTo(list.all());
        assertThat(list.calls()).isEqualTo(5);
    }

    @Test
    void staleSnapshotIsNotDelivered() {
        view(options(), 500);
        clock.advanceTimeBy(Duration.ofMinutes(1));
        list.add(ExportStatus.SUCCESS);
        assertThat(list.calls()).isEqualTo(5);
        snapshots(options()).take(1).subscribe(seen::add);
        assertThat(list.calls()).isGreaterThan(5);
        assertThat(last().exports()).isEqualTo(list.all());
    }

    @Test
    void subscriberDuringAPollGetsThePreviousSnapshot() {
        subscribe(options());
        for (int i = 0; i < 100; i++) {
            list.add(ExportStatus.SUCCESS);
        }
        list.fault(call -> call == 7 ? Mono.never() : null);
        clock.advanceTimeBy(INTERVAL);
        List<ExportSnapshot> later = new ArrayList<>();
        snapshots(options()).take(1).subscribe(later::add);
        assertThat(later).containsExactly(seen.get(0));
    }

    @Test
    void snapshotHasOnlyMatchingExports() {
        list.set(5, ExportStatus.RUNNING);
        subscribe(options().filter(ExportFilters.status(ExportStatus.RUNNING)));
        assertThat(last().exports()).containsExactly(list.get(5));
        list.add(ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(1);
        list.set(6, ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(2);
        assertThat(last().exports()).isEmpty();
    }

    @Test
    void throwingFilterEndsOnlyItsSubscription() {
        List<Throwable> errors = new ArrayList<>();
        subscribe(options());
        snapshots(options().filter(export -> {
                    throw new IllegalStateException("of the filter");
                }))
                .subscribe(snapshot -> {}, errors::add);
        assertThat(errors).singleElement().extracting(Throwable::getMessage).isEqualTo("of the filter");
        list.add(ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        assertThat(seen).hasSize(2);
    }

    @Test
    void removedExportsLeaveTheSnapshot() {
        subscribe(options().fullSweepEvery(Duration.ofMinutes(10)));
        list.remove(400);
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(seen).hasSize(2);
        assertThat(last().exports()).isEqualTo(list.all());
    }

    @Test
    void throwingListenerEndsItsSubscriptionAfterPendingItems() {
        AtomicInteger ends = new AtomicInteger();
        subscribe(options());
        snapshots(WatchOptions.builder().onPoll(poll -> {
                    throw new IllegalStateException("of the listener");
                }))
                .subscribe(seen::add, error -> ends.incrementAndGet());
        assertThat(ends).hasValue(0);
        clock.advanceTimeBy(INTERVAL);
        assertThat(ends).hasValue(1);
        assertThat(seen).hasSize(2);
    }
}
