package io.github.batchexports.reactor.internal.listing;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.protocol.Paging;
import io.github.batchexports.reactor.internal.call.FailOnSignal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A listing, begun anew for each subscriber: {@code expand} goes from page to page, each of which waits at a gate that the
 * subscriber's demand opens.
 *
 * @param <T> what is delivered of a page: its items, or the page itself
 */
public final class ListingFlux<T> extends Flux<T> {

    /** Fetches one page. */
    @FunctionalInterface
    public interface PageSource {
        Mono<ExportPage> fetch(int limit, @Nullable String from);
    }

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
        Mono<ExportPage> next = demand.gate(Mono.defer(() -> page(paging)));
        Flux<ExportPage> pages = next.expand(page -> paging.hasNext() ? next : Mono.empty());
        FailOnSignal.of(pages, closing, () -> closed(paging)).subscribe(demand);
    }

    /** A page that cannot be followed fails here, before anything of it is delivered. */
    private Mono<ExportPage> page(Paging paging) {
        String from = paging.from();
        return source.fetch(query.pageSize(), from)
                .doOnNext(page -> paging.advance(page, CallContext.of("list exports", from)));
    }

    private static ClientClosedException closed(Paging paging) {
        return new ClientClosedException(new CallContext("list exports", paging.from(), 0));
    }
}
