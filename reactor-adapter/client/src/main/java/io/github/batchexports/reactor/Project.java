package io.github.batchexports.reactor;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListExports;
import io.github.batchexports.WatchExports;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.json.PageDecoder;
import io.github.batchexports.reactor.internal.call.Attempts;
import io.github.batchexports.reactor.internal.download.Downloads;
import io.github.batchexports.reactor.internal.http.Timing;
import io.github.batchexports.reactor.internal.listing.ListingFlux;
import io.github.batchexports.reactor.internal.watch.Completions;
import io.github.batchexports.reactor.internal.watch.ListPoll;
import io.github.batchexports.reactor.internal.watch.WatchFlux;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of one project, and what its subscribers share: a pace, and the polls of those who watch and await. */
final class Project {

    private final ExportsApi api;
    private final PageDecoder decoder;
    private final Attempts attempts;
    private final Timing timing;
    private final Downloads downloads;
    private final Completions completions;
    private ListPoll listPoll;

    Project(ExportsApi api, PageDecoder decoder, Attempts attempts, Timing timing, Downloads downloads) {
        this.api = api;
        this.decoder = decoder;
        this.attempts = attempts;
        this.timing = timing;
        this.downloads = downloads;
        this.completions = new Completions(this::view, timing);
        this.listPoll = newListPoll();
    }

    <T> Flux<T> listing(ListExports query, Function<ExportPage, List<T>> items, Mono<Void> closing) {
        return new ListingFlux<>(query, this::fetch, items, closing);
    }

    private Mono<ExportPage> fetch(int limit, @Nullable String from) {
        return attempts.call(api.list(limit, from), decoder::decodePage);
    }

    Mono<ExportRequest> view(String exportId) {
        return view(api.view(exportId));
    }

    private Mono<ExportRequest> view(ApiCall call) {
        return attempts.call(call, decoder::decodeExport);
    }

    Mono<ExportRequest> awaitCompletion(String exportId, Duration firstWait, Duration longestWait) {
        return completions.await(exportId, api.view(exportId), firstWait, longestWait);
    }

    Flux<ExportChange> watch(WatchExports options) {
        return new WatchFlux(options, this::listPoll);
    }

    private synchronized ListPoll listPoll() {
        if (listPoll.isOver()) {
            listPoll = newListPoll();
        }
        return listPoll;
    }

    private ListPoll newListPoll() {
        return new ListPoll(listing(ListExports.builder().build(), List::of, Mono.never()), timing);
    }

    Downloads downloads() {
        return downloads;
    }
}
