package io.github.batchexports.benchmarks.contender;

import io.github.batchexports.benchmarks.json.Page;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.pagination.async.ResponsesSubscription;

/** AWS's publisher of pages with its {@code flatMapIterable}, as the clients of AWS's services use it now. */
final class AwsFlattenedPages implements Contender {

    private final AwsPageFetcher fetcher;

    AwsFlattenedPages(Target target) {
        this.fetcher = new AwsPageFetcher(target);
    }

    @Override
    public Publisher<?> list() {
        SdkPublisher<Page> pages = subscriber -> subscriber.onSubscribe(ResponsesSubscription.builder()
                .subscriber(subscriber)
                .nextPageFetcher(fetcher)
                .build());
        return pages.flatMapIterable(Page::exports);
    }
}
