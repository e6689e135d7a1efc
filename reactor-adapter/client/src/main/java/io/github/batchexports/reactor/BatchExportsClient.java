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
 * <p>Nothing is requested before a subscriber has demand, and everything is requested anew for each subscriber. Failures are
 * {@link BatchExportsException}s. A client is thread-safe and meant to be kept: it holds connections and the project's pace.
 * {@link #close()} it at the end.
 *
 * <p>Items arrive on an event loop thread of Reactor Netty, or on the thread that requests them. Never block it: put
 * {@code publishOn(Schedulers.boundedElastic())} in front of what blocks.
 *
 * <p><b>In tests</b> {@code batch-exports-sandbox} stands in for the API, failures and all, with this client as it is. Where
 * a test wants no server, implement this interface: what it gives is {@code Flux.just} of a model's builder, or
 * {@code Flux.error} of a kind of error, all of which have public constructors; such as
 * {@code new NotFoundException(CallContext.of(Operation.LIST, null), new ErrorResponse(404, null, null))}.
 *
 * <p><b>It may grow</b> in any minor release: by methods (a fake of your own then has one more to implement, unless the method
 * has a default), options, members of the model, kinds of change and kinds of error. Give a {@code switch} over kinds a
 * {@code default}. No method is taken away or changes its meaning within a major release.
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
     * {@code ceil(n / pageSize)} calls. At most one page waits beyond the one that is being delivered. An error arrives after
     * everything that was received before it; its {@link BatchExportsException#resumeFrom()} is the cursor to go on from.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportRequest> list(ListOptions options);

    /** Lists page by page: each item of demand costs one call. Otherwise like {@link #list(ListOptions)}. */
    Flux<ExportPage> listPages(ListOptions options);

    /**
     * Returns one export request, by one call, or a {@link io.github.batchexports.error.NotFoundException} if there is none
     * of this id. The documentation of the Exports API does not describe this call; the response is read like an item of the
     * list.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    Mono<ExportRequest> view(String exportId);

    /**
     * Returns an export request once its status is final: {@code SUCCESS}, {@code ERROR} or {@code EXPIRED}, which are
     * outcomes and no failures.
     *
     * <p>Costs a call at once, then after 5 s, 10 s, 20 s and every 30 s from there on, each of them paced and retried. All
     * subscribers that await the same export on one client and project share these calls, with the Reactor context of the
     * first of them. There is no time limit of its own: use {@code timeout}, or cancel.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    default Mono<ExportRequest> awaitCompletion(String exportId) {
        return awaitCompletion(exportId, AwaitOptions.builder().build());
    }

    /**
     * Returns an export request once it is as {@code options} want it, polled at their interval.
     *
     * @throws IllegalArgumentException if the id is null or empty, or {@code options} is null
     */
    Mono<ExportRequest> awaitCompletion(String exportId, AwaitOptions options);

    /**
     * Returns an export request once its status is {@code SUCCESS}. Costs what {@link #awaitCompletion(String)} costs.
     *
     * <p>Any other final status is an {@link ExportFailedException}, which has the export request.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    default Mono<ExportRequest> awaitSuccess(String exportId) {
        return awaitSuccess(exportId, AwaitOptions.builder().build());
    }

    /**
     * Returns an export request once it is as {@code options} want it, if its status is {@code SUCCESS} then; an
     * {@link ExportFailedException} if it is another.
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
     * creates another. Within a subscription the request is sent again only where it surely did not arrive: no connection
     * was made, or the API refused it for the rate (429). After a timeout, a connection that broke, a 5xx or an answer that
     * cannot be read it ends in an {@link io.github.batchexports.error.ExportUnconfirmedException}: look with {@code list}
     * before creating it again. The same is unknown after a cancel or a {@link #close()} while the call is under way.
     *
     * <p>The documentation of the list does not describe this call. Exports with a segment are said to be limited to five
     * an hour.
     *
     * @throws IllegalArgumentException if the definition is null, has no {@code export_type}, or is of the type
     *     {@code ATTRIBUTES} and has neither {@code attributes} nor {@code identifiers}; all else is the API's to judge
     */
    Mono<String> create(ExportDefinition definition);

    /** Watches every export, with a poll every 30 seconds. */
    default Flux<ExportChange> watch() {
        return watch(WatchOptions.builder().build());
    }

    /**
     * Emits each export that is there, as {@code INITIAL}, then each one that is new, each change of a status or of another
     * member, and each export that is no longer listed.
     *
     * <p>Polls only while demand exceeds pending changes. All watches and {@link #snapshots} of one client and project share
     * the polls, which have the Reactor context of the first of them. A poll reads the list from its first page until it has
     * met every export that was not final and a page with nothing new: one call, while everything that is not final is on
     * the first page. An export that lies pages below is viewed by a call of its own, where that costs fewer calls than the
     * pages; one whose status has not changed for a day is left to the polls that read the whole list. Those come once per
     * {@code fullSweepEvery}, and where the list is not newest first. A poll that has begun is read to its end. What a whole
     * list misses is {@code REMOVED} once a view does not find it, or a second one misses it too.
     *
     * <p>A slow subscriber gets the latest state of each export once, with the status that it last saw as {@code previous};
     * changes in between are not delivered. Memory is bounded by the number of exports.
     *
     * <p>Every poll is told to {@code onPoll}. After a transient failure the next poll tries again. Any other failure, such
     * as a refused key, terminates the stream after pending changes. The stream does not complete.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportChange> watch(WatchOptions options);

    /** Emits the whole list, as polls every 30 seconds see it. */
    default Flux<ExportSnapshot> snapshots() {
        return snapshots(WatchOptions.builder().build());
    }

    /**
     * Emits the list of those exports that match the filter: first when the whole list was read, then after each poll that
     * changed something of it. A slow subscriber gets the newest one only.
     *
     * <p>The polls are those of {@link #watch(WatchOptions)}, with the same failures, and any number of subscribers costs
     * what one costs. Who subscribes while others do gets the latest snapshot at once, and makes no call, if that is no older
     * than its own interval. {@code emitInitial} has no effect.
     *
     * @throws IllegalArgumentException if {@code options} is null
     */
    Flux<ExportSnapshot> snapshots(WatchOptions options);

    /**
     * Returns a file's content, in buffers that the subscriber may keep. Nothing is requested before demand, and the socket
     * is read only as far as there is demand, so that a file of any size takes the memory of some buffers.
     *
     * <p>Costs one call for a link to a storage on another host, valid for 20 minutes; the REST API key does not go there.
     * The gap between two buffers is at most {@code responseTimeout} while demand is outstanding. A link that is refused is
     * requested anew once. A transfer that breaks continues where it stopped, as the retry policy allows, counted from the
     * last buffer received. If the storage cannot continue in the middle, it ends in a
     * {@link io.github.batchexports.error.DownloadException} with the number of bytes received. The documentation of the
     * Exports API does not describe downloads.
     *
     * @throws IllegalArgumentException if the file is null or has no id
     */
    Flux<ByteBuffer> download(ExportFile file);

    /**
     * Returns a file's lines without their terminators: JSON, one object a line, decoded as UTF-8 as they come. A line has
     * at most {@code maxPageBytes} bytes. Otherwise like {@link #download}.
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
     * target, ending in {@code .part}, which a failure or a cancel deletes. Transfers continue like those of
     * {@link #download}, and start again if the storage cannot continue in the middle. Writing happens on Reactor's bounded
     * elastic scheduler.
     *
     * <p>Besides this client's failures it ends in an {@link java.io.IOException}: a
     * {@link java.nio.file.FileAlreadyExistsException} before any call, if the target exists and is not to be overwritten, or
     * is a directory.
     *
     * @param target a file, in a directory that exists
     * @throws IllegalArgumentException if an argument is null, the file has no id, or the target no name
     */
    Mono<Path> downloadTo(ExportFile file, Path target, DownloadOptions options);

    /** Saves all files of an export under names that do not exist yet. */
    default Flux<Path> downloadAll(ExportRequest export, Path directory) {
        return downloadAll(export, directory, DownloadOptions.builder().build());
    }

    /**
     * Saves all files of an export, one after the other, and emits each path once all of that file is there. A file is
     * named {@code EXPORT_ID.PART.jsonl}; the directory is made if it is missing. A file is asked for when a subscriber
     * requests it. Each is saved as {@link #downloadTo(ExportFile, Path, DownloadOptions)} saves it and fails as that does;
     * those before it stay. Empty for an export without files, such as one that has not succeeded.
     *
     * @throws IllegalArgumentException if an argument is null, a file has no id, two have the same part, or the id of the
     *     export cannot be part of a file's name: {@code /}, {@code \}, {@code :}, {@code ..} and control characters
     */
    Flux<Path> downloadAll(ExportRequest export, Path directory, DownloadOptions options);

    /**
     * Returns a client for another project of the company, with this one's connections and a pace of its own, since the
     * API's limit counts by project. Clients of one project share its pace.
     *
     * <p>Closing it fails what its subscribers wait for. The connections are closed with the client it came from.
     *
     * @throws IllegalArgumentException if the key is null, empty, or has a character that cannot be part of a header
     */
    BatchExportsClient forProject(String projectKey);

    /**
     * Fails what is under way with a {@link io.github.batchexports.error.ClientClosedException}, refuses later calls, and
     * closes the client's connections. A listing whose last page was delivered completes. Event loops are shared with the
     * application and stay open. Closing twice does nothing.
     */
    @Override
    void close();
}
