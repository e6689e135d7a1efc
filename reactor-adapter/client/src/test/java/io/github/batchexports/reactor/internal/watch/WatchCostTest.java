package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What watches cost: which calls they make, which they share, and what stops them. */
class WatchCostTest extends WatchTestSupport {

    @Test
    void firstPollReadsEverythingAndLaterOnesCostOneCall() {
        list.set(0, ExportStatus.CREATED);
        list.set(7, ExportStatus.PENDING);
        list.set(99, ExportStatus.RUNNING);
        Viewer viewer = view();
        assertThat(viewer.seen).extracting(ExportChange::export).isEqualTo(list.all());
        assertThat(viewer.seen).allMatch(change -> change.kind() == Kind.INITIAL && change.previous() == null);
        clock.advanceTimeBy(INTERVAL.multipliedBy(19));
        // 20 polls: five calls for the first, then one each.
        assertThat(list.calls()).isEqualTo(24);
        assertThat(viewer.seen).hasSize(500);
    }

    @Test
    void pollViewsStragglersAndReadsPastNewExports() {
        list.set(250, ExportStatus.RUNNING);
        Viewer viewer = view();
        clock.advanceTimeBy(INTERVAL);
        // A page and a view cost less than three pages.
        assertThat(list.calls()).isEqualTo(5 + 2);
        ExportRequest ended = list.set(250, ExportStatus.SUCCESS);
        viewer.takeSeen();
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen())
                .containsExactly(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.STATUS)
                        .export(ended)
                        .build());
        for (int i = 0; i < 230; i++) {
            list.add(ExportStatus.SUCCESS);
        }
        int before = list.calls();
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen()).hasSize(230).allMatch(change -> change.kind() == Kind.DISCOVERED);
        // Pages of 100, 100, 30 new ones; the fourth is the first with nothing new.
        assertThat(list.calls() - before).isEqualTo(4);
    }

    @Test
    void pollReadsPagesIfViewsWouldNotBeCheaper() {
        for (int i = 150; i < 160; i++) {
            list.set(i, ExportStatus.RUNNING);
        }
        view();
        clock.advanceTimeBy(INTERVAL);
        assertThat(list.calls()).isEqualTo(5 + 2);
        assertThat(list.views()).isEmpty();
    }

    @Test
    void failedViewFallsBackToThePagesAndIsNoRemoval() {
        list.set(450, ExportStatus.RUNNING);
        Viewer viewer = view();
        viewer.takeSeen();
        List<Mono<ExportRequest>> answers = List.of(
                Mono.error(transientFailure()),
                Mono.error(FakeExportList.notFound("EXPORT_NOT_FOUND")),
                Mono.error(new IllegalStateException("of the test")),
                Mono.just(list.get(0)));
        for (Mono<ExportRequest> answer : answers) {
            list.viewFault(id -> answer);
            int before = list.calls();
            ExportRequest changed = list.set(450, ExportStatus.of("STATUS_" + before));
            clock.advanceTimeBy(INTERVAL);
            assertThat(viewer.takeSeen()).extracting(ExportChange::export).containsExactly(changed);
            assertThat(list.calls() - before).isEqualTo(1 + 1 + 4);
            // After an hour it may be viewed again, whichever way the view failed.
            list.viewFault(id -> null);
            clock.advanceTimeBy(Duration.ofHours(1));
            viewer.takeSeen();
        }
        assertThat(viewer.error).isNull();
        assertThat(failedPolls()).isEmpty();
    }

    @Test
    void exportUnchangedForADayIsLeftToSweeps() {
        list.set(450, ExportStatus.RUNNING);
        Viewer viewer = view(options().fullSweepEvery(Duration.ofHours(12)), Long.MAX_VALUE);
        viewer.takeSeen();
        clock.advanceTimeBy(Duration.ofDays(1));
        int views = list.views().size();
        int before = list.calls();
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.views()).hasSize(views);
        assertThat(list.calls() - before).isEqualTo(10);
        ExportRequest ended = list.set(450, ExportStatus.ERROR);
        clock.advanceTimeBy(Duration.ofHours(12));
        assertThat(viewer.takeSeen()).containsExactly(change(ExportStatus.RUNNING, ended));
    }

    @Test
    void pollResultHasCallsPagesAndChanges() {
        list.set(450, ExportStatus.RUNNING);
        view();
        assertThat(polls).singleElement().satisfies(first -> {
            assertThat(first.isSuccess()).isTrue();
            assertThat(first.calls()).isEqualTo(5);
            assertThat(first.pages()).isEqualTo(5);
            assertThat(first.changes()).isEqualTo(500);
            assertThat(first.startedAt()).isEqualTo(Instant.EPOCH);
        });
        list.set(450, ExportStatus.SUCCESS);
        list.add(ExportStatus.SUCCESS);
        list.fault(call ->
                call == 7 ? Mono.delay(Duration.ofSeconds(3), clock).then(Mono.error(transientFailure())) : null);
        clock.advanceTimeBy(INTERVAL.plusSeconds(3));
        assertThat(polls.get(1).failure()).isNotNull();
        assertThat(polls.get(1).pages()).isEqualTo(1);
        assertThat(polls.get(1).changes()).isEqualTo(1);
        assertThat(polls.get(1).calls()).isEqualTo(2);
        assertThat(polls.get(1).startedAt()).isEqualTo(Instant.EPOCH.plus(INTERVAL));
        assertThat(polls.get(1).duration()).isEqualTo(Duration.ofSeconds(3));
        clock.advanceTimeBy(INTERVAL);
        assertThat(polls.get(2).isSuccess()).isTrue();
        assertThat(polls.get(2).pages()).isEqualTo(2);
        assertThat(polls.get(2).calls()).isEqualTo(3);
        assertThat(polls.get(2).changes()).isEqualTo(1);
    }

    @Test
    void unorderedListIsReadWhole() {
        ExportRequest moved = list.get(50);
        list.remove(50);
        list.put(0, list.get(0).toBuilder().status(ExportStatus.RUNNING).build());
        list.put(60, moved.toBuilder().build());
        view();
        clock.advanceTimeBy(INTERVAL.multipliedBy(3));
        assertThat(list.calls()).isEqualTo(4 * 5);
    }

    @Test
    void nothingIsPolledWithoutDemand() {
        Viewer viewer = view(options(), 0);
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isZero();
        assertThat(timers.pending()).isZero();
        viewer.request(1);
        assertThat(viewer.seen).hasSize(1);
        // The poll that began is read to its end, and no other one is made while its changes wait.
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isEqualTo(5);
        viewer.request(499);
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isEqualTo(5);
        viewer.request(1);
        assertThat(list.calls()).isEqualTo(6);
    }

    @Test
    void cancelDuringAPollStopsPagesAndTimers() {
        watch(options()).take(150).subscribe();
        assertThat(list.calls()).isEqualTo(2);
        assertNothingIsLeft();

        Viewer viewer = view();
        assertThat(list.calls()).isEqualTo(7);
        viewer.dispose();
        assertNothingIsLeft();
    }

    @Test
    void cancelEndsTheCallUnderWay() {
        List<String> ended = new ArrayList<>();
        list.fault(call -> Mono.<ExportPage>never().doOnCancel(() -> ended.add("cancelled")));
        Viewer viewer = view();
        assertThat(list.calls()).isEqualTo(1);
        viewer.dispose();
        assertThat(ended).containsExactly("cancelled");
    }

    @Test
    void watchersOfDifferentIntervalsSharePolls() {
        Viewer often = view(options().interval(Duration.ofSeconds(10)), Long.MAX_VALUE);
        Viewer seldom = view(options().interval(Duration.ofMinutes(1)), Long.MAX_VALUE);
        assertThat(list.calls()).isEqualTo(5);
        assertThat(seldom.seen).hasSize(500);
        clock.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(list.calls()).isEqualTo(5 + 6);
        list.add(ExportStatus.CREATED);
        clock.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(often.seen).hasSize(501);
        assertThat(seldom.seen).hasSize(501);

        often.dispose();
        int before = list.calls();
        clock.advanceTimeBy(Duration.ofMinutes(3));
        assertThat(list.calls() - before).isEqualTo(3);
        seldom.dispose();
        assertNothingIsLeft();

        // A watcher that comes after the last one left starts with a new poll.
        before = list.calls();
        view();
        assertThat(list.calls() - before).isEqualTo(6);
    }

    @Test
    void requestOfZeroFailsTheWatch() {
        Viewer viewer = view(options(), 1);
        viewer.requestZero();
        assertThat(viewer.error).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
        assertNothingIsLeft();
    }
}
