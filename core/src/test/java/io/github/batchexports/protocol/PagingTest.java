package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.PagingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, "here");
    private static final ExportRequest EXPORT =
            ExportRequest.builder().id("e1").status(ExportStatus.SUCCESS).build();

    private final Paging paging = new Paging(null);

    private static ExportPage page(boolean hasMore, String nextFrom) {
        return ExportPage.builder()
                .exports(List.of(EXPORT))
                .count(1)
                .hasMore(hasMore)
                .nextFrom(nextFrom)
                .build();
    }

    @Test
    void firstPageHasNoCursor() {
        assertThat(paging.hasNext()).isTrue();
        assertThat(paging.from()).isNull();
    }

    @Test
    void listingStartsAtTheGivenCursor() {
        Paging resumed = new Paging("start+/=");

        assertThat(resumed.hasNext()).isTrue();
        assertThat(resumed.from()).isEqualTo("start+/=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MTcwOTEzNzcyMg==", "a+b/c=", " ", "%2B", "é😀", "null"})
    void nextFromIsUsedUnchanged(String cursor) {
        paging.advance(page(true, cursor), CALL);

        assertThat(paging.hasNext()).isTrue();
        assertThat(paging.from()).isSameAs(cursor);
    }

    @Test
    void eachPageLeadsToItsNextFrom() {
        for (String cursor : List.of("a", "b", "c")) {
            paging.advance(page(true, cursor), CALL);
            assertThat(paging.from()).isEqualTo(cursor);
        }
        paging.advance(page(false, null), CALL);
        assertThat(paging.hasNext()).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "another")
    void listingEndsWithoutHasMoreWhateverTheCursor(String cursor) {
        paging.advance(page(false, cursor), CALL);

        assertThat(paging.hasNext()).isFalse();
    }

    @Test
    void lastPageMayRepeatACursor() {
        paging.advance(page(true, "a"), CALL);
        paging.advance(page(false, "a"), CALL);

        assertThat(paging.hasNext()).isFalse();
    }

    @Test
    void emptyPageWithNewCursorContinues() {
        paging.advance(ExportPage.builder().count(0).hasMore(true).nextFrom("a").build(), CALL);

        assertThat(paging.hasNext()).isTrue();
        assertThat(paging.from()).isEqualTo("a");
    }

    @Test
    void countIsIgnored() {
        paging.advance(
                ExportPage.builder()
                        .exports(List.of(EXPORT))
                        .count(0)
                        .hasMore(true)
                        .nextFrom("a")
                        .build(),
                CALL);
        assertThat(paging.hasNext()).isTrue();

        paging.advance(ExportPage.builder().count(25).hasMore(false).from("a").build(), CALL);
        assertThat(paging.hasNext()).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void hasMoreWithoutCursorFails(String cursor) {
        assertThatThrownBy(() -> paging.advance(page(true, cursor), CALL))
                .isInstanceOfSatisfying(PagingException.class, e -> {
                    assertThat(e.call()).isSameAs(CALL);
                    assertThat(e.resumeFrom()).isEqualTo("here");
                })
                .hasMessageContaining("has_more")
                .hasMessageContaining("no next_from");
    }

    @Test
    void pageLeadingToItselfFails() {
        paging.advance(page(true, "a"), CALL);

        assertThatThrownBy(() -> paging.advance(page(true, "a"), CALL))
                .isInstanceOf(PagingException.class)
                .hasMessageContaining("repeats an earlier cursor");
        assertThat(paging.from()).isEqualTo("a");
    }

    @Test
    void pageLeadingBackToTheGivenCursorFails() {
        Paging resumed = new Paging("start");
        resumed.advance(page(true, "next"), CALL);

        assertThatThrownBy(() -> resumed.advance(page(true, "start"), CALL)).isInstanceOf(PagingException.class);
    }

    @Test
    void alternatingCursorsFail() {
        paging.advance(page(true, "a"), CALL);
        paging.advance(page(true, "b"), CALL);

        assertThatThrownBy(() -> paging.advance(page(true, "a"), CALL)).isInstanceOf(PagingException.class);
    }

    @Test
    void listingsDoNotShareTheirCursors() {
        paging.advance(page(true, "a"), CALL);
        Paging other = new Paging(null);
        other.advance(page(true, "a"), CALL);

        assertThat(other.from()).isEqualTo("a");
    }
}
