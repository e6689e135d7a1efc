package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.reactor.internal.listing.ListingFlux;
import io.github.batchexports.reactor.internal.listing.ListingFlux.FetchedPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A project's list in memory, newest first, that a test can change; it counts its calls. */
final class FakeExportList implements PollSource {

    private final List<ExportRequest> exports = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private int calls;
    private int made;

    /** What the call of this number returns in place of its page; null for the page. */
    private IntFunction<@Nullable Mono<ExportPage>> fault = call -> null;

    /** A list of this many exports, all of them final. */
    static FakeExportList ofFinal(int size) {
        FakeExportList list = new FakeExportList();
        for (int i = 0; i < size; i++) {
            list.add(ExportStatus.SUCCESS);
        }
        return list;
    }

    /** What a view of this id returns in place of its export; null for the export. */
    private Function<String, @Nullable Mono<ExportRequest>> viewFault = id -> null;

    void viewFault(Function<String, @Nullable Mono<ExportRequest>> answer) {
        this.viewFault = answer;
    }

    void fault(IntFunction<@Nullable Mono<ExportPage>> answer) {
        this.fault = answer;
    }

    /** Puts a new export in front. */
    ExportRequest add(ExportStatus status) {
        ExportRequest export = ExportRequest.builder()
                .id("export_" + made)
                .status(status)
                .requestDate(Instant.EPOCH.plusSeconds(made))
                .build();
        made++;
        exports.add(0, export);
        return export;
    }

    ExportRequest get(int index) {
        return exports.get(index);
    }

    List<ExportRequest> all() {
        return List.copyOf(exports);
    }

    void remove(int index) {
        exports.remove(index);
    }

    void put(int index, ExportRequest export) {
        exports.set(index, export);
    }

    ExportRequest set(int index, ExportStatus status) {
        ExportRequest export = exports.get(index).toBuilder().status(status).build();
        exports.set(index, export);
        return export;
    }

    /** All calls, views included. */
    int calls() {
        return calls;
    }

    /** The ids that were viewed. */
    List<String> views() {
        return views;
    }

    /** Its pages, fetched on demand as those of a client are. */
    @Override
    public Flux<ExportPage> pages(Duration maxAge, Runnable onCall) {
        return new ListingFlux<>(
                ListOptions.builder().build(),
                (limit, from) -> fetch(limit, from, onCall)
                        .map(page -> new FetchedPage(page, CallContext.of(Operation.LIST, from))),
                List::of,
                Mono.never());
    }

    @Override
    public Mono<ExportRequest> view(String id, Duration maxAge, Runnable onCall) {
        return Mono.defer(() -> {
            calls++;
            onCall.run();
            views.add(id);
            Mono<ExportRequest> other = viewFault.apply(id);
            if (other != null) {
                return other;
            }
            return Flux.fromIterable(exports)
                    .filter(export -> export.id().equals(id))
                    .next()
                    .switchIfEmpty(Mono.error(() -> notFound("EXPORT_NOT_FOUND")));
        });
    }

    static NotFoundException notFound(String code) {
        return new NotFoundException(CallContext.of(Operation.VIEW, null), new ErrorResponse(404, code, null));
    }

    private Mono<ExportPage> fetch(int limit, @Nullable String from, Runnable onCall) {
        return Mono.defer(() -> {
            onCall.run();
            Mono<ExportPage> other = fault.apply(++calls);
            if (other != null) {
                return other;
            }
            int start = Math.min(from == null ? 0 : Integer.parseInt(from), exports.size());
            int end = Math.min(start + limit, exports.size());
            boolean more = end < exports.size();
            return Mono.just(ExportPage.builder()
                    .exports(exports.subList(start, end))
                    .hasMore(more)
                    .nextFrom(more ? String.valueOf(end) : null)
                    .from(from)
                    .build());
        });
    }
}
