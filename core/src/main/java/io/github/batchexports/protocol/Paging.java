package io.github.batchexports.protocol;

import io.github.batchexports.ExportPage;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.PagingException;
import org.jspecify.annotations.Nullable;

/**
 * Which page comes next, for one listing: first none but the caller's cursor, then each page's {@code next_from}
 * unchanged, until {@code has_more} is false. An empty page goes on, {@code count} decides nothing. A page that leads
 * nowhere, or back, fails as a whole, so that the listing can be resumed from it without a double.
 *
 * <p>Not thread-safe: pages follow each other.
 */
public final class Paging {

    private final CursorHistory history = new CursorHistory();
    private @Nullable String from;
    private boolean ended;

    /** Starts at a cursor, or with null at the first page. */
    public Paging(@Nullable String from) {
        this.from = from;
        if (from != null) {
            history.add(from);
        }
    }

    /** Whether a page is left to ask for. */
    public boolean hasNext() {
        return !ended;
    }

    /** The cursor of the page to ask for; null for the first. */
    public @Nullable String from() {
        return from;
    }

    /**
     * Goes on to the page after this one.
     *
     * @throws PagingException when it says that there is more but not where, or leads to a cursor that came before
     */
    public void advance(ExportPage page, CallContext call) {
        if (!page.hasMore()) {
            ended = true;
            return;
        }
        String next = page.nextFrom();
        if (next == null || next.isEmpty()) {
            throw new PagingException(call, "the page says has_more but has no next_from");
        }
        if (!history.add(next)) {
            throw new PagingException(call, "the page's next_from repeats an earlier cursor of this listing");
        }
        from = next;
    }
}
