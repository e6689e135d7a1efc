package io.github.batchexports.reactor.internal.listing;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.protocol.Paging;
import io.github.batchexports.reactor.internal.call.FailOnSignal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A listing, which starts anew for each subscriber: {@code expand} goes from page to page, each of which waits at a gate
 * that the subscriber's demand opens.
 *
 * @param <T> what is delivered of a page: its items, or the page itself
 */
public final class ListingFlux<T> extends Flux<T> {

    /** Fetches one page. */
    @FunctionalInterface
    public interface PageSource {
        Mono<FetchedPage> fetch(int limit, @Nullable String from);
    }

    /** A page, and the attempt that brought it. */
    public record FetchedPage(ExportPage page, CallContext call) {}

    private final ListOptions query;
    private final PageSource source;
    private final Function<ExportPage, List<T>> items;
    private final Mono<Void> closing;

    public ListingFlux(ListOptions query, PageSource source, Function<ExportPage, List<T>> items, Mono<Void> closing) {
        this.query = query;
        this.source = source;
        this.items = items;
        this.closing = closing;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        Paging paging = new Paging(query.from());
        PageDemand<T> demand = new PageDemand<>(subscriber, items, query.readAhead());
        Progress progress = new Progress(query.from());
        Mono<ExportPage> next = demand.gate(Mono.defer(() -> page(paging)));
        Flux<ExportPage> pages = next.expand(page -> paging.hasNext() ? next : Mono.empty());
        FailOnSignal.of(pages, closing, progress::closed)
                .doOnNext(progress::passed)
                .subscribe(demand);
    }

    /** A page that cannot be followed fails here, before anything of it is delivered. */
    private Mono<ExportPage> page(Paging paging) {
        return source.fetch(query.pageSize(), paging.from()).map(fetched -> {
            paging.advance(fetched.page(), fetched.call());
            return fetched.page();
        });
    }

    /**
     * Which pages were passed on to the subscriber, after a close and a page that arrive at the same time were put in order.
     * What was fetched may be a page ahead of it.
     */
    private static final class Progress {

        private @Nullable String next;
        private boolean isComplete;

        Progress(@Nullable String from) {
            this.next = from;
        }

        void passed(ExportPage page) {
            next = page.nextFrom();
            isComplete = !page.hasMore();
        }

        /** Null after the last page: the listing is complete then. */
        @Nullable
        ClientClosedException closed() {
            return isComplete ? null : new ClientClosedException(new CallContext(Operation.LIST, next, 0));
        }
    }
}
