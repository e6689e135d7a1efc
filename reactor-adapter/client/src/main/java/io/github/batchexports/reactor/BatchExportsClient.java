package io.github.batchexports.reactor;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ExportFailedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A client of Batch's Exports API for one project.
 *
 * <p>Nothing is requested before a subscriber has demand. Each subscriber makes calls of its own, except that
 * {@code awaitCompletion}, {@code awaitSuccess}, {@code watch} and {@code snapshots} share polls. Failed calls are
 * {@link BatchExportsException}s. A client is thread-safe and long-lived: it holds connections and the project's pace.
 * {@link #close()} it at the end.
 *
 * <p>Items arrive on an event loop thread of Reactor Netty, or on the thread that requests them. Never block it: put
 * {@code publishOn(Schedulers.boundedElastic())} before any operator that blocks.
 *
 * <p><b>In tests</b> {@code batch-exports-sandbox} stands in for the API, failures included, and this client runs unchanged.
 * For a test without a server, implement this interface: return {@code Flux.just} of what a model's builder makes, or
 * {@code Flux.error} of a kind of error, all of which have public constructors, such as
 * {@code new NotFoundException(CallContext.of(Operation.LIST, null), new ErrorResponse(404, null, null))}.
 *
 * <p><b>It may grow</b> in any minor release: by methods (a fake of your own then has one more to implement, unless the
 * method has a default), options, members of the model, kinds of change and kinds of error. Give a {@code switch} over kinds
 * a {@code default}. No method is removed or changes its meaning within a major release.
 */
public interface BatchExportsClient extends AutoCloseable {

    /** Returns a builder; {@code restApiKey} and {@code projectKey} are required. */
    static BatchExportsClientBuilder builder() {
        return new BatchExportsClientBuilder();
    }

    /** Lists all export requests that the API knows of, by pages of 100: the fewest calls. */
    default Flux<ExportRequest> list() {
        return list(ListOptions.builder().build());
    }

    /**
     * Lists export requests, each once, in the order of the API (which promises none; it seems to be newest first).
     *
     * <p>The next page is requested as soon as total demand exceeds the items received, and not before: {@code n} items cost
     * {@code ceil(n / pageSize)} calls where pages are full, one more with {@code readAhead(1)}. At most one page waits beyond the one that is being delivered. An error arrives
     * after everything that was received before it; its {@link BatchExportsException#resumeFrom()} is the cursor to resume
     * from.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportRequest> list(ListOptions options);

    /** Lists page by page: each item of demand costs one call. Otherwise like {@link #list(ListOptions)}. */
    Flux<ExportPage> listPages(ListOptions options);

    /**
     * Returns one export request, by one call, or fails with a {@link io.github.batchexports.error.NotFoundException} if no
     * export has this id. The documentation of the Exports API does not describe this call; the response is read like an
     * item of the list.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    Mono<ExportRequest> view(String exportId);

    /**
     * Returns an export request once its status is final: {@code SUCCESS}, {@code ERROR} or {@code EXPIRED}, which are
     * outcomes, not failures.
     *
     * <p>Costs a call at once, then after 5 s, 10 s, 20 s and every 30 s from there on, each of them paced and retried. All
     * subscribers that await the same export on one client and project share these calls, with the Reactor context of the
     * first of them. It has no time limit: apply {@code timeout}, or cancel.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    default Mono<ExportRequest> awaitCompletion(String exportId) {
        return awaitCompletion(exportId, AwaitOptions.builder().build());
    }

    /**
     * Returns an export request once it matches {@code options.until()}. Costs a call at once, then one per
     * {@code options.interval()}, or at the intervals of {@link #awaitCompletion(String)} if that is null. Subscribers that
     * await the same export share the calls, whatever their options: the shortest interval counts for all of them, and a
     * failure that is not transient, or whose retries are used up, fails all of them.
     *
     * @throws IllegalArgumentException if the id is null or empty, or {@code options} is null
     */
    Mono<ExportRequest> awaitCompletion(String exportId, AwaitOptions options);

    /**
     * Returns an export request once its status is {@code SUCCESS}. Costs what {@link #awaitCompletion(String)} costs.
     *
     * <p>Fails with an {@link ExportFailedException}, which has the export request, on any other final status.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    default Mono<ExportRequest> awaitSuccess(String exportId) {
        return awaitSuccess(exportId, AwaitOptions.builder().build());
    }

    /**
     * Returns an export request once it matches {@code options.until()}, if its status is {@code SUCCESS} then; fails with
     * an {@link ExportFailedException} otherwise.
     *
     * @throws IllegalArgumentException if the id is null or empty, or {@code options} is null
     */
    default Mono<ExportRequest> awaitSuccess(String exportId, AwaitOptions options) {
        return awaitCompletion(exportId, options)
                .flatMap(export -> export.status().equals(ExportStatus.SUCCESS)
                        ? Mono.just(export)
                        : Mono.error(new ExportFailedException(export)));
    }

    /**
     * Creates an export, and returns its id. Await it next: exports take minutes.
     *
     * <p><b>Each subscription creates one export</b>, so that subscribing again, as {@code retry} and {@code repeat} do,
     * creates another. Within a subscription the request is sent again only if it certainly did not arrive: no connection
     * was made, or the API refused it for its rate limit (429). After a timeout, a broken connection, a 5xx or an unreadable
     * response it fails with an {@link io.github.batchexports.error.ExportUnconfirmedException}: look with {@code list}
     * before creating it again. Nor is it known after a cancel or a {@link #close()} while the call is under way.
     *
     * <p>The documentation of the list does not describe this call. Exports with a segment are said to be limited to five
     * an hour.
     *
     * @throws IllegalArgumentException if the definition is null, has no {@code export_type}, or is of the type
     *     {@code ATTRIBUTES} and has neither {@code attributes} nor {@code identifiers}; the API validates all else
     */
    Mono<String> create(ExportDefinition definition);

    /** Watches every export, with a poll every 30 seconds. */
    default Flux<ExportChange> watch() {
        return watch(WatchOptions.builder().build());
    }

    /**
     * Emits each existing export as {@code INITIAL}, then each new export, each change of a status or of another member, and
     * each export that is no longer listed.
     *
     * <p>Polls only while demand exceeds pending changes. All watches and {@link #snapshots} of one client and project share
     * the polls, which have the Reactor context of the first of them. A poll reads the list from its first page until it has
     * met every export that was not final and a page with nothing new: one call, while everything that is not final is on
     * the first page. An export pages further down is viewed by a call of its own, where that costs fewer calls than reading
     * those pages; one whose status has not changed for a day is left to the polls that read the whole list. Those run once
     * per {@code fullSweepEvery}, and whenever the list is not newest first. A poll that has begun is read to its end. An
     * export missing from a whole list is {@code REMOVED} once a view does not find it, or a second whole list lacks it too.
     *
     * <p>A slow subscriber gets the latest state of each export once, with the status that it last saw as {@code previous};
     * changes in between are not delivered. Memory is bounded by the number of exports.
     *
     * <p>Every poll is reported to {@code onPoll}. After a transient failure the next poll tries again. Any other failure,
     * such as a refused key, terminates the stream after pending changes. The stream does not complete.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportChange> watch(WatchOptions options);

    /** Emits the whole list, as polls every 30 seconds see it. */
    default Flux<ExportSnapshot> snapshots() {
        return snapshots(WatchOptions.builder().build());
    }

    /**
     * Emits the list of the exports that match the filter: first once the whole list was read, then after each poll that
     * changed it. A slow subscriber gets only the newest one.
     *
     * <p>The polls are those of {@link #watch(WatchOptions)}, with the same failures, and any number of subscribers costs
     * what one costs. A subscriber that joins others gets the latest snapshot at once, without a call, if that is no older
     * than its own interval. {@code emitInitial} has no effect.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportSnapshot> snapshots(WatchOptions options);

    /**
     * Returns a file's content, in buffers of at most 64 KiB that the subscriber may keep; an item of demand is a buffer. Nothing is requested before demand, and the socket
     * is read only as far as there is demand, so that a file of any size takes the memory of some buffers.
     *
     * <p>Costs one call for a link to a storage on another host, valid for 20 minutes; the REST API key does not go there.
     * The gap between two buffers is at most {@code responseTimeout} while demand is outstanding. A refused link is replaced
     * by a fresh one, once. A transfer that breaks resumes where it stopped, as the retry policy allows, counted from the
     * last buffer received. If the storage cannot resume in the middle, it fails with a
     * {@link io.github.batchexports.error.DownloadException} that has the number of bytes received. The documentation of the
     * Exports API does not describe downloads.
     *
     * @throws IllegalArgumentException if the file is null or has no id
     */
    Flux<ByteBuffer> download(ExportFile file);

    /**
     * Returns a file's lines without their terminators: JSON, one object a line, decoded as UTF-8 as they come, invalid
     * bytes as U+FFFD. A line of more than {@code maxPageBytes} bytes fails with a
     * {@link io.github.batchexports.error.MalformedResponseException}, after the lines before it. Otherwise like
     * {@link #download}.
     *
     * @throws IllegalArgumentException if the file is null or has no id
     */
    Flux<String> downloadLines(ExportFile file);

    /** Saves a file under a name that does not exist yet. */
    default Mono<Path> downloadTo(ExportFile file, Path target) {
        return downloadTo(file, target, DownloadOptions.builder().build());
    }

    /**
     * Saves a file, and returns the target once all of it is there. Until then the content is in a hidden file beside the
     * target, ending in {@code .part}, which a failure or a cancel deletes. Transfers resume like those of
     * {@link #download}, and start again if the storage cannot resume in the middle. Writing happens on Reactor's bounded
     * elastic scheduler.
     *
     * <p>Besides with this client's failures it can fail with an {@link java.io.IOException}: a
     * {@link java.nio.file.FileAlreadyExistsException} before any call, if the target exists and is not to be overwritten,
     * or is a directory.
     *
     * @param target a file, in a directory that exists
     * @throws IllegalArgumentException if an argument is null, the file has no id, or the target has no name
     */
    Mono<Path> downloadTo(ExportFile file, Path target, DownloadOptions options);

    /** Saves all files of an export under names that do not exist yet. */
    default Flux<Path> downloadAll(ExportRequest export, Path directory) {
        return downloadAll(export, directory, DownloadOptions.builder().build());
    }

    /**
     * Saves all files of an export, one after the other, and emits each path once all of that file is there. A file is
     * named {@code EXPORT_ID.PART.jsonl}; the directory is created if it is missing. A file is requested only on demand.
     * Each is saved as {@link #downloadTo(ExportFile, Path, DownloadOptions)} saves it and fails as that does; those before
     * it stay. Empty for an export without files, such as one that has not succeeded.
     *
     * @throws IllegalArgumentException if an argument is null, a file has no id, two have the same part, or the id of the
     *     export cannot be part of a file's name: {@code /}, {@code \}, {@code :}, {@code ..} and control characters
     */
    Flux<Path> downloadAll(ExportRequest export, Path directory, DownloadOptions options);

    /**
     * Returns a client for another project of the company, with this one's connections and a pace of its own, since the
     * API's limit counts by project. Clients of one project share its pace.
     *
     * <p>Closing it fails its own subscriptions only. Closing the client it came from closes it, too.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that is not visible ASCII
     */
    BatchExportsClient forProject(String projectKey);

    /**
     * Fails all subscriptions with a {@link io.github.batchexports.error.ClientClosedException}, rejects later ones, and
     * closes the client's connections. A listing whose last page was delivered completes. Event loops are shared with the
     * application and stay open. Closing twice does nothing.
     */
    @Override
    void close();
}
