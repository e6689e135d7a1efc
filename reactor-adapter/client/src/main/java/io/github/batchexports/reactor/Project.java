package io.github.batchexports.reactor;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.json.PageDecoder;
import io.github.batchexports.reactor.internal.call.Arrival;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.download.Downloads;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.listing.ListingFlux;
import io.github.batchexports.reactor.internal.listing.ListingFlux.FetchedPage;
import io.github.batchexports.reactor.internal.watch.CachedPages;
import io.github.batchexports.reactor.internal.watch.CompletionPolls;
import io.github.batchexports.reactor.internal.watch.ListPoll;
import io.github.batchexports.reactor.internal.watch.WatchFlux;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of one project, and what its subscribers share: the pace, and the polls of watches and awaits. */
final class Project {

    private final ExportsApi api;
    private final PageDecoder decoder;
    private final CallExecutor executor;
    private final TimeSource time;
    private final Downloads downloads;
    private final PolledExports polled;
    private final CompletionPolls completions;
    private ListPoll listPoll;

    Project(
            ExportsApi api,
            PageDecoder decoder,
            CallExecutor executor,
            TimeSource time,
            Downloads downloads,
            @Nullable CachedPages cachedPages) {
        this.api = api;
        this.decoder = decoder;
        this.executor = executor;
        this.time = time;
        this.downloads = downloads;
        this.polled = new PolledExports(api, decoder, executor, cachedPages);
        this.completions = new CompletionPolls(this::view, time);
        this.listPoll = newListPoll();
    }

    <T> Flux<T> listing(ListOptions query, Function<ExportPage, List<T>> items, Mono<Void> closing) {
        return new ListingFlux<>(query, this::fetch, items, closing);
    }

    private Mono<FetchedPage> fetch(int limit, @Nullable String from) {
        return executor.call(
                api.list(limit, from), (body, call) -> new FetchedPage(decoder.decodePage(body, call), call));
    }

    Mono<ExportRequest> view(String exportId) {
        return view(api.view(exportId));
    }

    private Mono<ExportRequest> view(ApiCall call) {
        return executor.call(call, decoder::decodeExport);
    }

    Mono<ExportRequest> awaitCompletion(String exportId, AwaitOptions options) {
        return completions.await(exportId, api.await(exportId), options);
    }

    ApiCall creation(ExportDefinition definition) {
        return api.create(definition);
    }

    Mono<String> create(ApiCall creation, Arrival arrival) {
        return executor.callOnce(creation, decoder::decodeCreatedId, arrival);
    }

    Flux<ExportChange> watch(WatchOptions options) {
        return WatchFlux.changes(options, this::listPoll);
    }

    Flux<ExportSnapshot> snapshots(WatchOptions options) {
        return WatchFlux.snapshots(options, this::listPoll);
    }

    private synchronized ListPoll listPoll() {
        if (listPoll.isOver()) {
            listPoll = newListPoll();
        }
        return listPoll;
    }

    private ListPoll newListPoll() {
        return new ListPoll(polled, time);
    }

    Downloads downloads() {
        return downloads;
    }
}
