package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportPage;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.PagingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static final CallContext CALL = CallContext.of("list exports", "failed-page");

    private static ExportPage page(boolean more, @Nullable String next) {
        return new ExportPage(List.of(), 0, more, next, null);
    }

    private static void assertFails(Paging paging, ExportPage page) {
        assertThatThrownBy(() -> paging.advance(page, CALL)).isInstanceOfSatisfying(PagingException.class, error -> {
            assertThat(error.resumeFrom()).isEqualTo("failed-page");
            assertThat(error.isTransient()).isFalse();
            assertThat(error.getMessage()).hasLineCount(1);
        });
    }

    @Test
    void theFirstCallHasNoCursorAndEachNextOneIsUnchanged() {
        Paging paging = new Paging(null);
        assertThat(paging.hasNext()).isTrue();
        assertThat(paging.from()).isNull();
        paging.advance(page(true, "a+/= "), CALL);
        assertThat(paging.hasNext()).isTrue();
        assertThat(paging.from()).isEqualTo("a+/= ");
    }

    @Test
    void noMoreEndsEvenIfACursorIsThere() {
        Paging paging = new Paging(null);
        paging.advance(page(false, "a"), CALL);
        assertThat(paging.hasNext()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = "")
    void moreWithoutACursorIsAnError(String empty) {
        assertFails(new Paging(null), page(true, null));
        assertFails(new Paging(null), page(true, empty));
    }

    @Test
    void theCursorThatTheListingBeganWithCameBefore() {
        assertFails(new Paging("start"), page(true, "start"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "5, 3", "0, 1024", "700, 1000"})
    void aCycleOfUpToAThousandPagesIsFoundAtItsFirstRepeatedCursor(int tail, int cycle) {
        assertThat(pagesUntilFound(tail, cycle)).isEqualTo(tail + cycle + 1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1025", "10, 1500", "3000, 5000", "1, 100000"})
    void aLongerCycleIsFoundBeforeItHasBeenGoneThroughFourTimes(int tail, int cycle) {
        assertThat(pagesUntilFound(tail, cycle)).isBetween(tail + cycle + 1, 4 * (tail + cycle) + 1);
    }

    private static int pagesUntilFound(int tail, int cycle) {
        Paging paging = new Paging(null);
        for (int pages = 1; pages < 1_000_000; pages++) {
            int step = pages - 1;
            String cursor = "c" + (step < tail ? step : tail + (step - tail) % cycle);
            try {
                paging.advance(page(true, cursor), CALL);
            } catch (PagingException e) {
                return pages;
            }
        }
        return -1;
    }

    @Test
    void aMillionDifferentCursorsAreNoCycle() {
        CursorHistory history = new CursorHistory();
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(history.add("cursor-" + i)).isTrue();
        }
    }
}
