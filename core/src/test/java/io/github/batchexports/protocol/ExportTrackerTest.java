package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a poll has to read, and what it finds changed. */
class ExportTrackerTest {

    private final ExportTracker tracker = new ExportTracker();

    private static ExportRequest export(int second, ExportStatus status) {
        return ExportRequest.builder()
                .id("export_" + second)
                .status(status)
                .requestDate(Instant.ofEpochSecond(second))
                .build();
    }

    private static ExportRequest ended(int second) {
        return export(second, ExportStatus.SUCCESS);
    }

    private static ExportRequest open(int second) {
        return export(second, ExportStatus.RUNNING);
    }

    /** Polls the whole list, which has these pages. */
    @SafeVarargs
    private void sweep(List<ExportRequest>... pages) {
        tracker.begin(true, 0);
        for (List<ExportRequest> page : pages) {
            tracker.accept(page);
            assertThat(tracker.hasEnough()).isFalse();
        }
        tracker.end(true);
    }

    @Test
    void unchangedPageIsEnoughWhenAllExportsAreFinal() {
        sweep(List.of(ended(4), ended(3)), List.of(ended(2), ended(1)));
        tracker.begin(false, 0);
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.accept(List.of(ended(4), ended(3)))).isEmpty();
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void pollReadsUntilItHasSeenAllOpenExports() {
        sweep(List.of(ended(4), open(3)), List.of(open(2), ended(1)));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(4), open(3)));
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.accept(List.of(ended(2), ended(1)))).containsExactly(ended(2));
        assertThat(tracker.hasEnough()).isTrue();
        tracker.end(false);
        assertThat(tracker.known()).containsExactly(ended(4), open(3), ended(2), ended(1));
    }

    @Test
    void pageThatIsEmptyOrHasNewExportsIsNotEnough() {
        sweep(List.of(ended(2), ended(1)));
        tracker.begin(false, 0);
        assertThat(tracker.accept(List.of(ended(3), ended(2)))).containsExactly(ended(3));
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.accept(List.of())).isEmpty();
        assertThat(tracker.hasEnough()).isFalse();
        tracker.accept(List.of(ended(1)));
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void exportsOfAnAbortedPollAreStillNewToTheNext() {
        sweep(List.of(ended(1)));
        tracker.begin(false, 0);
        assertThat(tracker.accept(List.of(ended(5), ended(4)))).hasSize(2);
        tracker.begin(false, 0);
        assertThat(tracker.accept(List.of(ended(5), ended(4)))).isEmpty();
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.accept(List.of(ended(3), ended(1)))).containsExactly(ended(3));
        assertThat(tracker.hasEnough()).isFalse();
        tracker.end(true);
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(5), ended(4)));
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void unsortedOrUndatedListsAreReadToTheEnd() {
        sweep(List.of(ended(2), ended(1)));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(1), ended(2)));
        assertThat(tracker.hasEnough()).isFalse();

        ExportRequest undated = ended(1).toBuilder().requestDate(null).build();
        tracker.begin(false, 0);
        tracker.accept(List.of(undated));
        assertThat(tracker.hasEnough()).isFalse();
    }

    @Test
    void equalDatesAndRepeatedExportsCountAsSorted() {
        ExportRequest twin = ended(2).toBuilder().id("twin").build();
        sweep(List.of(twin, ended(2)));
        tracker.begin(false, 0);
        assertThat(tracker.accept(List.of(twin, ended(2), ended(2)))).isEmpty();
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void eachPollChecksTheOrderAnew() {
        sweep(List.of(ended(2), ended(1)));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(1), ended(2)));
        tracker.end(true);
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(2), ended(1)));
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void exportMissingFromTwoFullListsIsRemoved() {
        sweep(List.of(ended(3), open(2), ended(1)));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(3)));
        assertThat(tracker.end(false)).isEmpty();
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(3), ended(1)));
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.newlyMissing()).containsExactly("export_2");
        assertThat(tracker.end(true)).isEmpty();
        assertThat(tracker.known()).containsExactly(ended(3), open(2), ended(1));
        tracker.begin(true, 0);
        tracker.accept(List.of(ended(3), ended(1)));
        assertThat(tracker.newlyMissing()).isEmpty();
        assertThat(tracker.end(true)).containsExactly(open(2));
        assertThat(tracker.known()).containsExactly(ended(3), ended(1));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(3), ended(1)));
        assertThat(tracker.hasEnough()).isTrue();
    }

    @Test
    void exportMissingFromOneListAndNotFoundIsRemoved() {
        sweep(List.of(ended(3), ended(2), ended(1)));
        tracker.begin(true, 0);
        tracker.accept(List.of(ended(3)));
        tracker.notFound("export_2");
        assertThat(tracker.end(true)).containsExactly(ended(2));
        assertThat(tracker.known()).containsExactly(ended(3), ended(1));
    }

    @Test
    void exportListedBetweenTwoFullListsThatLackItIsNotMissing() {
        sweep(List.of(ended(3), ended(2), ended(1)));
        sweep(List.of(ended(3), ended(1)));
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(3), ended(2), ended(1)));
        tracker.end(false);

        tracker.begin(true, 0);
        tracker.accept(List.of(ended(3), ended(1)));
        assertThat(tracker.newlyMissing()).containsExactly("export_2");
        assertThat(tracker.end(true)).isEmpty();
    }

    @Test
    void exportListedAgainIsNoLongerMissing() {
        sweep(List.of(ended(2), ended(1)));
        tracker.begin(true, 0);
        tracker.accept(List.of(ended(2)));
        assertThat(tracker.end(true)).isEmpty();
        sweep(List.of(ended(2), ended(1)));
        tracker.begin(true, 0);
        tracker.accept(List.of(ended(2)));
        assertThat(tracker.end(true)).isEmpty();
    }

    @Test
    void missingExportThatCanBeViewedIsUpdated() {
        sweep(List.of(ended(2), open(1)));
        tracker.begin(true, 0);
        tracker.accept(List.of(ended(2)));
        assertThat(tracker.viewed(ended(1))).isTrue();
        assertThat(tracker.viewed(ended(1))).isFalse();
        assertThat(tracker.viewed(ended(0))).isFalse();
        assertThat(tracker.end(true)).isEmpty();
        assertThat(tracker.known()).containsExactly(ended(2), ended(1));
    }

    /** Fifty exports on pages of ten, all final but these; the newest is of second 50. */
    private List<List<ExportRequest>> pagesWithOpen(Integer... open) {
        List<List<ExportRequest>> pages = new ArrayList<>();
        for (int page = 0; page < 5; page++) {
            List<ExportRequest> exports = new ArrayList<>();
            for (int second = 50 - page * 10; second > 40 - page * 10; second--) {
                exports.add(List.of(open).contains(second) ? open(second) : ended(second));
            }
            pages.add(exports);
        }
        tracker.begin(true, 0);
        pages.forEach(tracker::accept);
        tracker.end(true);
        return pages;
    }

    @Test
    void distantOpenExportIsViewedAndOneOnNextPageIsRead() {
        List<List<ExportRequest>> pages = pagesWithOpen(45, 5);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        assertThat(tracker.hasEnough()).isFalse();
        assertThat(tracker.toView()).containsExactly("export_5");
        assertThat(tracker.viewed(ended(5))).isTrue();
        assertThat(tracker.hasEnough()).isTrue();

        pages = pagesWithOpen(35);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).isEmpty();
        assertThat(tracker.hasEnough()).isFalse();
    }

    @Test
    void pagesAreReadWhereViewsWouldNotCostLess() {
        List<List<ExportRequest>> pages = pagesWithOpen(29, 28, 5);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).isEmpty();
        tracker.accept(pages.get(1));
        assertThat(tracker.toView()).isEmpty();
        tracker.accept(pages.get(2));
        assertThat(tracker.toView()).containsExactly("export_5");

        pages = pagesWithOpen(29, 5);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_29", "export_5");
    }

    @Test
    void nothingIsViewedBeforeAnUnchangedPageOrWhenUnsorted() {
        List<List<ExportRequest>> pages = pagesWithOpen(5);
        tracker.begin(false, 0);
        tracker.accept(List.of(ended(51)));
        assertThat(tracker.toView()).isEmpty();
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_5");
        tracker.accept(List.of(ended(51)));
        assertThat(tracker.toView()).isEmpty();
    }

    @Test
    void openExportMissingFromItsPageIsViewed() {
        List<List<ExportRequest>> pages = pagesWithOpen(35);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        tracker.accept(List.of(ended(39)));
        assertThat(tracker.toView()).containsExactly("export_35");
    }

    @Test
    void failedViewIsRetriedByTheNextPollOrAfterAnHour() {
        List<List<ExportRequest>> pages = pagesWithOpen(5);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        tracker.notViewed("export_5", true);
        assertThat(tracker.toView()).isEmpty();
        assertThat(tracker.hasEnough()).isFalse();
        tracker.begin(false, 1);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_5");
        tracker.notViewed("export_5", false);
        long hour = Duration.ofHours(1).toNanos();
        tracker.begin(false, hour);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).isEmpty();
        tracker.begin(false, hour + 1);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_5");
    }

    @Test
    void pagesAreReadDownToTheLastExportThatCannotBeViewed() {
        List<List<ExportRequest>> pages = pagesWithOpen(29, 5);
        tracker.begin(false, 0);
        tracker.accept(pages.get(0));
        tracker.notViewed("export_29", false);
        assertThat(tracker.toView()).isEmpty();
        tracker.accept(pages.get(1));
        assertThat(tracker.toView()).isEmpty();
        tracker.accept(pages.get(2));
        assertThat(tracker.toView()).containsExactly("export_5");
    }

    @Test
    void statusUnchangedForADayIsLeftToSweeps() {
        List<List<ExportRequest>> pages = pagesWithOpen(5, 4);
        long day = Duration.ofDays(1).toNanos();
        tracker.begin(false, day - 1);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_5", "export_4");
        assertThat(tracker.viewed(export(5, ExportStatus.of("OTHER")))).isTrue();
        tracker.begin(false, day);
        tracker.accept(pages.get(0));
        assertThat(tracker.toView()).containsExactly("export_5");
        tracker.viewed(ended(5));
        assertThat(tracker.hasEnough()).isTrue();
    }
}
