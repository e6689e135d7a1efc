package io.github.batchexports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param exports its export requests, in the order of the server; may be empty though more follow
 * @param count how many items the server says the page has, which may be wrong (an example of the documentation says 25
 *     beside one item); the size of {@code exports} when it says nothing
 * @param hasMore whether another page follows. When the server does not say, it does if there is a {@code nextFrom}
 * @param nextFrom the cursor of the next page, or null when the server sent none
 * @param from the cursor that this page was asked for with; null for the first page
 */
public record ExportPage(
        List<ExportRequest> exports,
        int count,
        boolean hasMore,
        @Nullable String nextFrom,
        @Nullable String from) {

    /** Copies the list. */
    public ExportPage {
        exports = List.copyOf(exports);
    }
}
