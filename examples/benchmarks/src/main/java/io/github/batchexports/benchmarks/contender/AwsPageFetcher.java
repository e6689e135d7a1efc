package io.github.batchexports.benchmarks.contender;

import io.github.batchexports.benchmarks.json.Page;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.pagination.async.AsyncPageFetcher;

/** How AWS's pagings get from page to page. */
final class AwsPageFetcher implements AsyncPageFetcher<Page> {

    private final DatabindPages pages;

    AwsPageFetcher(Target target) {
        this.pages = new DatabindPages(target);
    }

    @Override
    public boolean hasNextPage(Page previous) {
        return previous.hasMore();
    }

    @Override
    public CompletableFuture<Page> nextPage(@Nullable Page previous) {
        return pages.page(previous == null ? null : previous.nextFrom()).toFuture();
    }
}
