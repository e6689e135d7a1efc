package io.github.batchexports.protocol;

import io.github.batchexports.ExportPage;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.PagingException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which page of a listing comes next: first the caller's cursor, if any, then each page's {@code next_from},
 * unchanged, until {@code has_more} is false. An empty page does not end the listing, and {@code count} is ignored. A page
 * without a usable next cursor fails as a whole, so that the listing can be resumed from it without duplicates.
 *
 * <p>Not thread-safe: pages follow one another.
 */
public final class Paging {

    private final CursorHistory history = new CursorHistory();
    private @Nullable String from;
    private boolean ended;

    /** Starts a listing at a cursor; null for the first page. */
    public Paging(@Nullable String from) {
        this.from = from;
        if (from != null) {
            history.add(from);
        }
    }

    /** Returns whether there is another page to request. */
    public boolean hasNext() {
        return !ended;
    }

    /** Returns the cursor of the page to request; null for the first page. */
    public @Nullable String from() {
        return from;
    }

    /**
     * Advances to the page after this one.
     *
     * @param call the call that fetched the page, for errors
     * @throws PagingException if {@code has_more} is true but there is no {@code next_from}, or one that was used before
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
