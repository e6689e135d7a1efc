package io.github.batchexports.reactor.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.reactor.internal.listing.ListingFlux.FetchedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A close at the very moment in which a page has arrived, and the listing does not yet know whether it was the last. */
class ListingFluxTest {

    private static final int PAGES = 3;

    private static Mono<FetchedPage> page(String from) {
        int number = from == null ? 1 : Integer.parseInt(from);
        ExportRequest export = ExportRequest.builder()
                .id(String.valueOf(number))
                .status(ExportStatus.SUCCESS)
                .build();
        ExportPage page = ExportPage.builder()
                .exports(List.of(export))
                .hasMore(number < PAGES)
                .nextFrom(number < PAGES ? String.valueOf(number + 1) : null)
                .build();
        return Mono.just(new FetchedPage(page, CallContext.of(Operation.LIST, from)));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3,"})
    void closeAsAPageArrivesEndsRightBehindItAndAfterTheLastOneChangesNothing(int closedAt, String resumeFrom) {
        Sinks.Empty<Void> closing = Sinks.empty();
        List<String> delivered = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> completed = new AtomicReference<>(false);
        new ListingFlux<>(
                        ListOptions.builder().build(),
                        (limit, from) -> page(from),
                        page -> {
                            if (page.exports().get(0).id().equals(String.valueOf(closedAt))) {
                                closing.tryEmitEmpty();
                            }
                            return page.exports();
                        },
                        closing.asMono())
                .subscribe(export -> delivered.add(export.id()), failure::set, () -> completed.set(true));
        assertThat(delivered).hasSize(closedAt).doesNotHaveDuplicates();
        assertThat(completed.get()).isEqualTo(resumeFrom == null);
        if (resumeFrom != null) {
            assertThat(failure.get())
                    .isInstanceOfSatisfying(ClientClosedException.class, error -> assertThat(error.resumeFrom())
                            .isEqualTo(resumeFrom));
        }
    }
}
