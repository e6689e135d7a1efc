package io.github.batchexports.protocol;

import io.github.batchexports.ExportRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What costs fewer calls to see the exports that a poll has yet to meet: the pages down to them, or a call of its own for
 * each. The list is taken to be newest first.
 */
final class ReadPlan {

    /** No page is known to have it. */
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final Collection<ExportRequest> known;
    private final int pageSize;
    private final int pagesRead;

    ReadPlan(Collection<ExportRequest> known, int pageSize, int pagesRead) {
        this.known = known;
        this.pageSize = pageSize;
        this.pagesRead = pagesRead;
    }

    /**
     * Whether the next page is to be read, rather than each of them viewed. At the same cost it is, since a page shows
     * more.
     *
     * @param others those that cannot be viewed, and have to be met on a page
     */
    boolean readsOn(List<ExportRequest> viewable, List<ExportRequest> others) {
        List<Integer> depths = pagesTo(viewable);
        int least = others.isEmpty() ? 0 : Collections.max(pagesTo(others));
        if (least == NOWHERE) {
            return true;
        }
        int best = least;
        long bestCost = cost(least, depths);
        for (int pages : depths) {
            if (pages != NOWHERE && pages > best && cost(pages, depths) <= bestCost) {
                best = pages;
                bestCost = cost(pages, depths);
            }
        }
        return best > 0;
    }

    /** Calls, if so many pages more are read and what lies deeper is viewed. */
    private static long cost(int pages, List<Integer> depths) {
        return pages + depths.stream().filter(each -> each > pages).count();
    }

    private List<Integer> pagesTo(List<ExportRequest> exports) {
        return exports.stream().map(export -> pagesTo(export.requestDate())).toList();
    }

    /** How many pages more are read until an export of this date is met. */
    private int pagesTo(@Nullable Instant date) {
        if (date == null) {
            return NOWHERE;
        }
        int newer = 0;
        for (ExportRequest export : known) {
            Instant other = export.requestDate();
            newer += other != null && other.isAfter(date) ? 1 : 0;
        }
        int page = newer / pageSize;
        // It should have been met already.
        return page < pagesRead ? NOWHERE : page - pagesRead + 1;
    }
}
