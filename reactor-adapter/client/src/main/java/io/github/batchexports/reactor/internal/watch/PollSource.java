package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the polls of a project's list read from. */
public interface PollSource {

    /**
     * The list's pages from the first on, as demanded.
     *
     * @param maxAge how old a page may be that another process fetched
     * @param onCall runs before each call to the API, retries included
     */
    Flux<ExportPage> pages(Duration maxAge, Runnable onCall);

    /** One export, by a call of its own; otherwise the same. */
    Mono<ExportRequest> view(String id, Duration maxAge, Runnable onCall);
}
