package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What watches cost: which calls are made, by whom they are shared, and what ends them. */
class WatchCostTest extends WatchTestSupport {

    @Test
    void theFirstPollDiscoversEverythingInOrderAndLaterOnesCostOneCall() {
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
    void aPollReadsOnToTheLastExportThatIsOpenAndPastPagesOfNewOnes() {
        list.set(250, ExportStatus.RUNNING);
        Viewer viewer = view();
        clock.advanceTimeBy(INTERVAL);
        assertThat(list.calls()).isEqualTo(5 + 3);
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
    void aListThatIsNotNewestFirstIsReadWhole() {
        ExportRequest moved = list.get(50);
        list.remove(50);
        list.put(0, list.get(0).toBuilder().status(ExportStatus.RUNNING).build());
        list.put(60, moved.toBuilder().build());
        view();
        clock.advanceTimeBy(INTERVAL.multipliedBy(3));
        assertThat(list.calls()).isEqualTo(4 * 5);
    }

    @Test
    void nothingIsAskedForWithoutDemand() {
        Viewer viewer = view(options(), 0);
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isZero();
        assertThat(timers.pending()).isZero();
        viewer.request(1);
        assertThat(viewer.seen).hasSize(1);
        // The poll that began is read to its end, and no other one is made while what it brought waits.
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isEqualTo(5);
        viewer.request(499);
        clock.advanceTimeBy(INTERVAL.multipliedBy(10));
        assertThat(list.calls()).isEqualTo(5);
        viewer.request(1);
        assertThat(list.calls()).isEqualTo(6);
    }

    @Test
    void cancellingInTheMiddleOfAPollAsksForNoFurtherPageAndLeavesNoTimer() {
        watch(options()).take(150).subscribe();
        assertThat(list.calls()).isEqualTo(2);
        assertNothingIsLeft();

        Viewer viewer = view();
        assertThat(list.calls()).isEqualTo(7);
        viewer.dispose();
        assertNothingIsLeft();
    }

    @Test
    void cancellingEndsTheCallUnderWay() {
        List<String> ended = new ArrayList<>();
        list.fault(call -> Mono.<ExportPage>never().doOnCancel(() -> ended.add("cancelled")));
        Viewer viewer = view();
        assertThat(list.calls()).isEqualTo(1);
        viewer.dispose();
        assertThat(ended).containsExactly("cancelled");
    }

    @Test
    void watchersShareTheirPollsWhateverTheirIntervals() {
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

        // Whoever comes after the last one left begins anew.
        before = list.calls();
        view();
        assertThat(list.calls() - before).isEqualTo(6);
    }

    @Test
    void aRequestOfNothingIsAnError() {
        Viewer viewer = view(options(), 1);
        viewer.requestNothing();
        assertThat(viewer.error).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
        assertNothingIsLeft();
    }
}
