package io.github.batchexports.reactor;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.json.PageDecoder;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.listing.ListingFlux;
import io.github.batchexports.reactor.internal.listing.ListingFlux.FetchedPage;
import io.github.batchexports.reactor.internal.watch.CachedPages;
import io.github.batchexports.reactor.internal.watch.PollSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for a project's shared polls: from a cache shared with other processes, if there is one, or else by calls. */
final class PolledExports implements PollSource {

    private static final ListOptions ALL = ListOptions.builder().build();

    private final ExportsApi api;
    private final PageDecoder decoder;
    private final CallExecutor executor;
    private final @Nullable CachedPages cache;

    PolledExports(ExportsApi api, PageDecoder decoder, CallExecutor executor, @Nullable CachedPages cache) {
        this.api = api;
        this.decoder = decoder;
        this.executor = executor;
        this.cache = cache;
    }

    @Override
    public Flux<ExportPage> pages(Duration maxAge, Runnable onCall) {
        Flux<ExportPage> fetched = pages((limit, from) -> executor.call(
                api.list(limit, from), (body, call) -> new FetchedPage(decoder.decodePage(body, call), call), onCall));
        if (cache == null) {
            return fetched;
        }
        // A missing or repeated cursor among cached pages is the cache's fault until the API's own pages have it too.
        return pages((limit, from) -> {
                    ApiCall call = api.list(limit, from);
                    return cache.page(call, maxAge, onCall).map(page -> new FetchedPage(page, call.context()));
                })
                .onErrorResume(PagingException.class, broken -> fetched);
    }

    private static Flux<ExportPage> pages(ListingFlux.PageSource source) {
        return new ListingFlux<>(ALL, source, List::of, Mono.never());
    }

    @Override
    public Mono<ExportRequest> view(String id, Duration maxAge, Runnable onCall) {
        ApiCall call = api.view(id);
        return cache == null ? executor.call(call, decoder::decodeExport, onCall) : cache.export(call, maxAge, onCall);
    }
}
