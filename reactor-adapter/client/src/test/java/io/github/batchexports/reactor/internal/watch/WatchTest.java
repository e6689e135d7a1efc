package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What watches emit: every change, whatever the subscriber's pace and the server's failures. */
class WatchTest extends WatchTestSupport {

    @Test
    void fastSubscriberSeesEveryTransitionOnce() {
        Viewer viewer =
                view(options().interval(Duration.ofSeconds(1)).fullSweepEvery(Duration.ofHours(10)), Long.MAX_VALUE);
        viewer.takeSeen();
        History history = new History(list, 17);
        List<ExportChange> expected = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            expected.add(history.step());
            clock.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(viewer.seen).isEqualTo(expected);
    }

    @Test
    void slowSubscriberEndsWithTheCurrentStates() {
        Viewer viewer = view(options(), 500);
        viewer.takeSeen();
        History history = new History(list, 18);
        Map<String, ExportRequest> lastSeen = new HashMap<String, ExportRequest>();
        list.all().forEach(export -> lastSeen.put(export.id(), export));
        for (int step = 0; step < 1_000; step++) {
            history.step();
            if (step % 10 == 0) {
                viewer.request(1);
            }
            clock.advanceTimeBy(Duration.ofSeconds(6));
            viewer.takeSeen().forEach(change -> follow(lastSeen, change));
        }
        int perPoll = list.all().size();
        for (int minute = 0; minute < perPoll && !List.copyOf(lastSeen.values()).containsAll(list.all()); minute++) {
            viewer.request(1);
            clock.advanceTimeBy(Duration.ofMinutes(1));
            viewer.takeSeen().forEach(change -> follow(lastSeen, change));
        }
        assertThat(lastSeen.values()).containsExactlyInAnyOrderElementsOf(list.all());
    }

    /** Asserts that a change is relative to what the subscriber last saw. */
    private static void follow(Map<String, ExportRequest> lastSeen, ExportChange change) {
        ExportRequest before = lastSeen.put(change.export().id(), change.export());
        assertThat(change).isEqualTo(ExportChange.between(before, change.export()));
    }

    @Test
    void changeRevertedBeforeDeliveryIsNoChange() {
        list.set(3, ExportStatus.RUNNING);
        list.set(4, ExportStatus.RUNNING);
        Viewer slow = view(options(), 500);
        view();
        slow.takeSeen();
        list.set(3, ExportStatus.of("PAUSED"));
        list.set(4, ExportStatus.of("PAUSED"));
        clock.advanceTimeBy(INTERVAL);
        list.set(3, ExportStatus.RUNNING);
        ExportRequest ended = list.set(4, ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        slow.request(10);
        assertThat(slow.takeSeen())
                .containsExactly(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.STATUS)
                        .export(ended)
                        .build());
    }

    @Test
    void changeOfAnotherMemberIsAnUpdate() {
        ExportRequest open = list.set(2, ExportStatus.RUNNING);
        Viewer viewer = view();
        viewer.takeSeen();
        ExportRequest updated = open.toBuilder().scope(ExportScope.of("OTHER")).build();
        list.put(2, updated);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen())
                .containsExactly(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.UPDATED)
                        .export(updated)
                        .build());
    }

    @Test
    void withoutInitialOnlyLaterChangesAreEmitted() {
        list.set(0, ExportStatus.RUNNING);
        list.fault(call -> call == 3 ? Mono.error(transientFailure()) : null);
        Viewer viewer = view(options().emitInitial(false), Long.MAX_VALUE);
        assertThat(list.calls()).isEqualTo(3);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).isEmpty();
        ExportRequest ended = list.set(0, ExportStatus.ERROR);
        ExportRequest added = list.add(ExportStatus.CREATED);
        Viewer second = view(options().emitInitial(false), Long.MAX_VALUE);
        clock.advanceTimeBy(INTERVAL);
        List<ExportChange> expected = List.of(change(null, added), change(ExportStatus.RUNNING, ended));
        assertThat(viewer.takeSeen()).isEqualTo(expected);
        // What came after it subscribed cannot be told from what existed: its first poll is the next one.
        assertThat(second.seen).isEmpty();
        ExportRequest later = list.add(ExportStatus.CREATED);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).containsExactly(change(null, later));
        assertThat(second.seen).isEqualTo(viewer.seen);
    }

    @Test
    void withoutInitialChangesSinceAnOldPollAreNotEmitted() {
        list.set(0, ExportStatus.RUNNING);
        view(options(), 500);
        clock.advanceTimeBy(Duration.ofDays(3));
        assertThat(list.calls()).isEqualTo(5);
        list.set(0, ExportStatus.SUCCESS);
        list.add(ExportStatus.RUNNING);
        Viewer viewer = view(options().emitInitial(false), Long.MAX_VALUE);
        assertThat(list.calls()).isGreaterThan(5);
        assertThat(viewer.seen).isEmpty();
        ExportRequest ended = list.set(0, ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).containsExactly(change(ExportStatus.RUNNING, ended));
    }

    @Test
    void withoutInitialAPollAlreadyUnderWayDoesNotCount() {
        Sinks.One<ExportPage> page = Sinks.one();
        list.fault(call -> call == 6 ? page.asMono() : null);
        view();
        clock.advanceTimeBy(INTERVAL);
        ExportRequest added = list.add(ExportStatus.SUCCESS);
        Viewer viewer = view(options().emitInitial(false), Long.MAX_VALUE);
        page.tryEmitValue(ExportPage.builder()
                .exports(list.all().subList(1, 101))
                .hasMore(true)
                .nextFrom("101")
                .build());
        clock.advanceTimeBy(INTERVAL);
        assertThat(list.calls()).isGreaterThan(6);
        assertThat(viewer.seen).isEmpty();
        assertThat(list.get(0)).isEqualTo(added);
    }

    @Test
    void filterPassesAnExportThatBeginsToMatch() {
        list.set(5, ExportStatus.RUNNING);
        list.set(6, ExportStatus.RUNNING);
        WatchOptions.Builder successes = options().filter(ExportFilters.status(ExportStatus.SUCCESS));
        Viewer viewer = view(successes, Long.MAX_VALUE);
        assertThat(viewer.takeSeen()).hasSize(498);
        ExportRequest ended = list.set(5, ExportStatus.SUCCESS);
        list.set(6, ExportStatus.ERROR);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen())
                .containsExactly(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.STATUS)
                        .export(ended)
                        .build());
    }

    @Test
    void throwingFilterEndsOnlyItsWatch() {
        Viewer other = view();
        Viewer viewer = view(
                options().filter(export -> {
                    throw new IllegalStateException("of the filter");
                }),
                Long.MAX_VALUE);
        assertThat(viewer.error).hasMessage("of the filter");
        list.add(ExportStatus.CREATED);
        clock.advanceTimeBy(INTERVAL);
        assertThat(other.seen).hasSize(501);
        assertThat(other.error).isNull();
    }

    @Test
    void nextPollFindsWhatATransientlyFailedOneMissed() {
        list.set(350, ExportStatus.RUNNING);
        Viewer viewer = view();
        viewer.takeSeen();
        for (int i = 0; i < 150; i++) {
            list.add(ExportStatus.SUCCESS);
        }
        ExportRequest ended = list.set(500, ExportStatus.SUCCESS);
        int before = list.calls();
        list.fault(call -> call == before + 2 ? Mono.error(transientFailure()) : null);
        clock.advanceTimeBy(INTERVAL);
        assertThat(failedPolls()).hasSize(1);
        assertThat(viewer.takeSeen()).hasSize(100);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.error).isNull();
        assertThat(viewer.takeSeen())
                .hasSize(51)
                .contains(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.STATUS)
                        .export(ended)
                        .build());
    }

    @Test
    void fatalFailureEndsTheWatchAfterPendingChanges() {
        list.fault(call -> call == 3
                ? Mono.error(new AuthenticationException(
                        CallContext.of(Operation.LIST, null), new ErrorResponse(401, null, null)))
                : null);
        Viewer slow = view(options(), 50);
        assertThat(slow.seen).hasSize(50);
        assertThat(slow.error).isNull();
        slow.request(Long.MAX_VALUE);
        assertThat(slow.seen).hasSize(200);
        assertThat(slow.error).isInstanceOf(AuthenticationException.class);
        assertThat(failedPolls())
                .singleElement()
                .extracting(PollResult::failure)
                .isSameAs(slow.error);
        assertNothingIsLeft();
    }

    @Test
    void fullSweepFindsWhatPollsMiss() {
        Viewer viewer = view(options().fullSweepEvery(Duration.ofMinutes(10)), Long.MAX_VALUE);
        viewer.takeSeen();
        ExportRequest changed = list.set(450, ExportStatus.ERROR);
        clock.advanceTimeBy(Duration.ofMinutes(9));
        assertThat(viewer.seen).isEmpty();
        clock.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(viewer.takeSeen()).containsExactly(change(ExportStatus.SUCCESS, changed));
        assertThat(list.calls()).isEqualTo(5 + 19 + 5);
    }

    private static ExportChange removal(ExportRequest export) {
        return ExportChange.builder()
                .previous(export.status())
                .kind(Kind.REMOVED)
                .export(export)
                .build();
    }

    @Test
    void missingExportIsRemovedAndDiscoveredIfItReturns() {
        Viewer viewer = view(options().fullSweepEvery(Duration.ofMinutes(10)), Long.MAX_VALUE);
        viewer.takeSeen();
        ExportRequest gone = list.get(400);
        list.remove(400);
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(viewer.takeSeen()).containsExactly(removal(gone));
        assertThat(list.views()).containsExactly(gone.id());
        list.add(ExportStatus.SUCCESS);
        list.put(0, gone);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen()).containsExactly(change(null, gone));
    }

    @Test
    void exportMissedByTwoSweepsIsRemovedWhateverViewsFind() {
        Viewer viewer = view(options().fullSweepEvery(Duration.ofMinutes(10)), Long.MAX_VALUE);
        viewer.takeSeen();
        List<ExportRequest> gone = List.of(list.get(200), list.get(300), list.get(400));
        gone.forEach(export -> list.remove(list.all().indexOf(export)));
        ExportRequest found =
                gone.get(0).toBuilder().scope(ExportScope.of("OTHER")).build();
        list.viewFault(id -> id.equals(gone.get(0).id())
                ? Mono.just(found)
                : Mono.error(
                        id.equals(gone.get(1).id()) ? transientFailure() : FakeExportList.notFound("ROUTE_NOT_FOUND")));
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(list.views()).hasSize(3);
        assertThat(viewer.takeSeen()).extracting(ExportChange::export).containsExactly(found);
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(list.views()).hasSize(3);
        assertThat(viewer.takeSeen()).containsExactly(removal(found), removal(gone.get(1)), removal(gone.get(2)));
        assertThat(viewer.error).isNull();
    }

    @Test
    void manyMissingExportsAreLeftToTheNextSweep() {
        Viewer viewer = view(options().fullSweepEvery(Duration.ofMinutes(10)), Long.MAX_VALUE);
        viewer.takeSeen();
        for (int i = 0; i < 10; i++) {
            list.remove(480);
        }
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(list.views()).isEmpty();
        assertThat(viewer.seen).isEmpty();
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(viewer.takeSeen()).hasSize(10).allMatch(change -> change.kind() == Kind.REMOVED);
    }

    @Test
    void removalReachesOnlyWatchersThatSawTheExport() {
        WatchOptions.Builder sweeping = options().fullSweepEvery(Duration.ofMinutes(10));
        Viewer all = view(sweeping, Long.MAX_VALUE);
        Viewer errors = view(sweeping.filter(ExportFilters.status(ExportStatus.ERROR)), Long.MAX_VALUE);
        Viewer slow = view(sweeping.filter(ExportFilters.any()), 100);
        all.takeSeen();
        slow.takeSeen();
        ExportRequest gone = list.get(400);
        list.remove(400);
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(all.takeSeen()).containsExactly(removal(gone));
        assertThat(errors.seen).isEmpty();
        slow.request(1_000);
        assertThat(slow.seen).hasSize(399).noneMatch(change -> change.kind() == Kind.REMOVED);
    }

    @Test
    void watchOfOpenExportsShowsHowEachEnded() {
        list.set(5, ExportStatus.CREATED);
        list.set(6, ExportStatus.PENDING);
        list.set(7, ExportStatus.RUNNING);
        Viewer viewer = view(
                options()
                        .filter(ExportFilters.status(ExportStatus.CREATED, ExportStatus.PENDING, ExportStatus.RUNNING)),
                Long.MAX_VALUE);
        assertThat(viewer.takeSeen()).hasSize(3);
        List<ExportChange> ends = List.of(
                change(ExportStatus.CREATED, list.set(5, ExportStatus.SUCCESS)),
                change(ExportStatus.PENDING, list.set(6, ExportStatus.ERROR)),
                change(ExportStatus.RUNNING, list.set(7, ExportStatus.SUCCESS)));
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen()).isEqualTo(ends);
        list.put(5, list.get(5).toBuilder().scope(ExportScope.of("OTHER")).build());
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).isEmpty();
    }

    @Test
    void exportsAreInitialUntilTheFirstPollEnds() {
        list.fault(call -> call == 3 ? Mono.error(transientFailure()) : null);
        Viewer viewer = view();
        assertThat(viewer.takeSeen()).hasSize(200);
        ExportRequest meanwhile = list.add(ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen())
                .hasSize(301)
                .allMatch(change -> change.kind() == Kind.INITIAL)
                .first()
                .extracting(ExportChange::export)
                .isEqualTo(meanwhile);
        ExportRequest later = list.add(ExportStatus.SUCCESS);
        Viewer second = view();
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.takeSeen()).containsExactly(change(null, later));
        assertThat(second.takeSeen()).hasSize(502).allMatch(change -> change.kind() == Kind.INITIAL);
    }
}
