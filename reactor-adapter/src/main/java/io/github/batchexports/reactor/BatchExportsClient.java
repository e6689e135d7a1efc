package io.github.batchexports.reactor;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListExports;
import io.github.batchexports.error.BatchExportsException;
import reactor.core.publisher.Flux;

/**
 * A client of Batch's Exports API for one project.
 *
 * <p>Nothing is asked of the API before a subscriber asks for items, and everything is asked anew for each subscriber.
 * Failures are {@link BatchExportsException}s. A client is thread-safe and meant to be kept: it holds connections and the
 * project's pace. {@link #close()} it at the end.
 *
 * <p>Items arrive on an event loop thread of Reactor Netty, or on the thread that asked for them. It must not be blocked:
 * put {@code publishOn(Schedulers.boundedElastic())} in front of what blocks.
 *
 * <p>This is an interface so that applications can replace it in their tests.
 */
public interface BatchExportsClient extends AutoCloseable {

    /** Starts a client; the REST API key and the project key are required. */
    static BatchExportsClientBuilder builder() {
        return new BatchExportsClientBuilder();
    }

    /** All export requests that the API knows of, by pages of 100: the fewest calls. */
    default Flux<ExportRequest> list() {
        return list(ListExports.builder().build());
    }

    /**
     * Export requests, each once, in the order of the API (which promises none; it seems to be newest first).
     *
     * <p>A page is asked for as soon as the demand so far exceeds the items received so far, and not before:
     * {@code n} items cost {@code ceil(n / pageSize)} calls. At most one page waits beyond the one that is being
     * delivered. An error arrives after everything that was received before it; its
     * {@link BatchExportsException#resumeFrom()} is where to go on.
     */
    Flux<ExportRequest> list(ListExports query);

    /** The same listing page by page: each item of demand costs one call. */
    Flux<ExportPage> listPages(ListExports query);

    /**
     * The same client for another project of the company: with this one's connections, and with a pace of its own, since
     * the API's limit counts by project. Clients for the same project share their pace.
     *
     * <p>Closing it ends what was asked of it. The connections are closed with the client it came from.
     *
     * @throws IllegalArgumentException when the key is empty, or has a character that cannot be part of a header
     */
    BatchExportsClient forProject(String projectKey);

    /**
     * Ends what is under way with an error, refuses what comes later and closes the client's own connections. Event loops
     * are shared with the application and go on. Closing twice does nothing.
     */
    @Override
    void close();
}
