package io.github.batchexports.benchmarks.contender;

import io.github.batchexports.benchmarks.json.Page;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.pagination.async.PaginatedItemsPublisher;

/** AWS's {@code PaginatedItemsPublisher}, as the clients of AWS's services used it until it was deprecated. */
final class AwsPaginatedItems implements Contender {

    private final AwsPageFetcher pages;

    AwsPaginatedItems(Target target) {
        this.pages = new AwsPageFetcher(target);
    }

    @SuppressWarnings("deprecation")
    @Override
    public Publisher<?> list() {
        Function<Page, Object> items = page -> page.exports().iterator();
        return PaginatedItemsPublisher.builder()
                .nextPageFetcher(pages)
                .iteratorFunction(items)
                .isLastPage(false)
                .build();
    }
}
