package io.github.batchexports.reactor;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
 * <p>This is an interface so that applications can replace it in their tests. It may grow: a method that a later version
 * adds has a default implementation, which throws {@link UnsupportedOperationException} if it cannot be made of the other
 * methods, so that implementations of this version still compile and run. The model's types, options and errors grow by
 * new accessors, new options and new kinds.
 */
public interface BatchExportsClient extends AutoCloseable {

    /** Starts a client; the REST API key and the project key are required. */
    static BatchExportsClientBuilder builder() {
        return new BatchExportsClientBuilder();
    }

    /** All export requests that the API knows of, by pages of 100: the fewest calls. */
    default Flux<ExportRequest> list() {
        return list(ListOptions.builder().build());
    }

    /**
     * Export requests, each once, in the order of the API (which promises none; it seems to be newest first).
     *
     * <p>A page is asked for as soon as the demand so far exceeds the items received so far, and not before:
     * {@code n} items cost {@code ceil(n / pageSize)} calls. At most one page waits beyond the one that is being
     * delivered. An error arrives after everything that was received before it; its
     * {@link BatchExportsException#resumeFrom()} is where to go on.
     */
    Flux<ExportRequest> list(ListOptions query);

    /** The same listing page by page: each item of demand costs one call. */
    Flux<ExportPage> listPages(ListOptions query);

    /**
     * One export request, by one call.
     *
     * <p>It ends in a {@link io.github.batchexports.error.NotFoundException} when there is none of this id. How an export
     * is viewed is not on the API's page; it is read as the page describes the items of a list.
     *
     * @throws IllegalArgumentException when the id is empty
     */
    Mono<ExportRequest> view(String exportId);

    /**
     * Emits an export request once its status is final: {@code SUCCESS}, {@code ERROR} or {@code EXPIRED}. The last two
     * are results as well, not failures of the call.
     *
     * @throws IllegalArgumentException if the id is empty
     */
    default Mono<ExportRequest> awaitCompletion(String exportId) {
        return awaitCompletion(exportId, AwaitOptions.builder().build());
    }

    /**
     * Emits an export request once it matches {@link AwaitOptions#until()}.
     *
     * <p>The export is viewed at once and then at intervals, by default after 5 s, 10 s, 20 s, and every 30 s from there
     * on. Each call is paced and retried as any other. All subscribers that wait for the same export on one client and
     * project share these calls, whatever their options: the next call is made when the first of them is due, in the Reactor
     * context of the one that has waited longest. Waiting has no limit of its own; {@code timeout} and cancel stop it at
     * once.
     *
     * @throws IllegalArgumentException if the id is empty
     */
    Mono<ExportRequest> awaitCompletion(String exportId, AwaitOptions options);

    /** Every export, as it is and whenever it changes: a poll every 30 seconds. */
    default Flux<ExportChange> watch() {
        return watch(WatchOptions.builder().build());
    }

    /**
     * What becomes of the project's exports: each one first seen, then each change of its status or of anything else.
     *
     * <p>Polls only while demand exceeds pending changes. All watches of one client and project share the polls, which
     * have the Reactor context of the first watch that is still there.
     * A poll reads the list from its first page until it has met every export that was not final yet and a page with
     * nothing new: one call, while all that is not final is on the first page. It reads everything where the list is not
     * newest first, and at times all the same ({@code fullSweepEvery}). A poll that has begun is read to that end.
     *
     * <p>A subscriber that is slow gets each export's latest state once, with the status that it last saw as
     * {@code previous}; what changed and changed back in between is not delivered. Memory is bounded by the number of
     * exports.
     *
     * <p>A failure that may heal leaves it to the next poll, and is told to {@code onPollFailure}. Another one, such as a key
     * that is refused, ends the stream, after what was received before it. The stream does not complete.
     */
    Flux<ExportChange> watch(WatchOptions options);

    /**
     * A file's content, in pieces that the subscriber may keep. Nothing is asked for before demand, and the socket is read
     * only as far as there is demand, so that a file of any size takes the memory of some pieces.
     *
     * <p>The API is asked by the file's id, at the client's base URL and version, and answers with a link to a storage
     * elsewhere, good for 20 minutes; the REST API key does not go there. Each piece has to come within
     * {@code responseTimeout}, as long as something is asked for. A link that was refused is asked for anew once, and a
     * transfer that breaks goes on where it stopped, as the retry policy allows, counted from the last piece that came. Where
     * the storage cannot go on in the middle, it ends in a {@link io.github.batchexports.error.DownloadException} that says
     * how far it came. None of this is on the API's page.
     *
     * @throws IllegalArgumentException when the file has no id
     */
    Flux<ByteBuffer> download(ExportFile file);

    /**
     * A file's lines, without what ends them: JSON, one object a line. They are decoded as they come, as UTF-8. A line has
     * {@code maxPageBytes} bytes at the most.
     *
     * @throws IllegalArgumentException when the file has no id
     */
    Flux<String> downloadLines(ExportFile file);

    /** Saves a file under a name that is free. */
    default Mono<Path> downloadTo(ExportFile file, Path target) {
        return downloadTo(file, target, DownloadOptions.builder().build());
    }

    /**
     * Saves a file, and completes with the target when the whole of it is there. Until then it is under a hidden name beside
     * the target, ending in {@code .part}, and deleted by a failure or a cancel. Transfers go on as those of
     * {@link #download}, and start again where the storage cannot go on in the middle. On POSIX file systems a file that is
     * replaced keeps its permissions, and a new one is readable and writable by its owner alone. Writing is done on Reactor's bounded
     * elastic scheduler.
     *
     * <p>Besides this client's failures it ends in an {@link java.io.IOException}: a
     * {@link java.nio.file.FileAlreadyExistsException} before any call, when the target exists and is not to be overwritten,
     * or is a directory.
     *
     * @param target a file, in a directory that exists
     * @throws IllegalArgumentException if the file has no id, the target has no name, or an argument is null
     */
    Mono<Path> downloadTo(ExportFile file, Path target, DownloadOptions options);

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
