package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.FileContent;
import io.github.batchexports.protocol.FileResponse;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.call.EarlierFailures;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.retry.Retry;

/**
 * One download of a file: asks the API for a link, follows it, and resumes a broken transfer where it stopped, by the same
 * link or by a fresh one if that has expired. Attempts count from the last byte received.
 */
final class Transfer {

    /**
     * A part of a file.
     *
     * @param offset where in the file it belongs
     */
    record Chunk(long offset, ByteBuffer bytes) {}

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);
    private static final CallContext STORAGE = CallContext.of(Operation.TRANSFER, null);

    /** How many parts a file of unknown size may come in; each of them has at least one byte. */
    private static final int MAX_PARTS = 1_000;

    private final ApiCall call;
    private final CallExecutor attempts;
    private final FileTransport transport;
    private final RetryPolicy policy;
    private final TimeSource time;
    private final boolean mayRestart;

    private @Nullable URI link;
    /** The link in the last response; null if it was content. */
    private @Nullable URI redirect;

    private boolean isLinkRenewed;
    private long position;
    private long farthest;

    /** Whether this attempt got as far as content. */
    private boolean hasContent;

    private FileContent content = FileContent.UNKNOWN;
    private int parts;
    private final EarlierFailures failures = new EarlierFailures();
    private @Nullable Long firstStart;

    /**
     * One download of a file.
     *
     * @param mayRestart whether chunks may begin at 0 again, where the storage cannot resume in the middle
     */
    public Transfer(
            ApiCall call,
            CallExecutor attempts,
            FileTransport transport,
            RetryPolicy policy,
            TimeSource time,
            boolean mayRestart) {
        this.call = call;
        this.attempts = attempts;
        this.transport = transport;
        this.policy = policy;
        this.time = time;
        this.mayRestart = mayRestart;
    }

    /** How many bytes of the file were delivered. */
    public long position() {
        return position;
    }

    /**
     * The chunks, for one subscriber. No request is made without demand, not even after a break: storage closes idle
     * connections, and reconnecting without demand would waste attempts.
     */
    public Flux<Chunk> chunks() {
        return Flux.just(call)
                .hide()
                .concatMap(demanded -> attempt(), 0)
                .repeat(() -> content.isFollowedAt(position))
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> retryOrStop(signal.failure()))));
    }

    private Flux<Chunk> attempt() {
        hasContent = false;
        if (firstStart == null) {
            firstStart = time.nanos();
        }
        return (link == null ? fromApi() : fromStorage()).concatWith(Flux.defer(this::checkLength));
    }

    private Flux<Chunk> fromApi() {
        redirect = null;
        return attempts.stream(call, attempt -> transport.fetchFromApi(attempt, range()))
                .handle(this::accept)
                .concatWith(Flux.defer(() -> {
                    link = redirect;
                    return link == null ? Flux.empty() : fromStorage();
                }));
    }

    private Flux<Chunk> fromStorage() {
        return fetch(Objects.requireNonNull(link))
                .concatWith(Flux.defer(() -> redirect == null ? Flux.empty() : fromSecondHop(redirect)));
    }

    private Flux<Chunk> fromSecondHop(URI uri) {
        return fetch(uri)
                .concatWith(Flux.defer(() -> redirect == null
                        ? Flux.empty()
                        : Flux.error(failure("its storage redirects more than once", false))));
    }

    private Flux<Chunk> fetch(URI uri) {
        redirect = null;
        return transport
                .fetchFromStorage(Attempt.unpaced(new ApiCall(storageCall(), uri)), range())
                .handle(this::accept);
    }

    private FileTransport.Range range() {
        return new FileTransport.Range(position, content.tag());
    }

    private void accept(FilePart part, SynchronousSink<Chunk> chunks) {
        if (part instanceof FilePart.Link response) {
            redirect = response.uri();
        } else if (part instanceof FilePart.Start start) {
            hasContent = true;
            begin(start.content());
        } else if (part instanceof FilePart.Bytes piece) {
            Chunk chunk = new Chunk(position, piece.bytes());
            position += piece.bytes().remaining();
            chunks.next(chunk);
        }
    }

    private void begin(FileContent next) {
        if (position > 0 && next.offset() == 0) {
            if (!mayRestart) {
                throw failure("its storage cannot resume in the middle of the file", false);
            }
            position = 0;
        } else if (position > 0 && !next.continues(content)) {
            if (!mayRestart) {
                throw failure("the file changed in its storage", false);
            }
            position = 0;
            content = FileContent.UNKNOWN;
            throw failure("the file changed in its storage", true);
        }
        content = next.offset() == 0 ? next : next.after(content);
    }

    private Flux<Chunk> checkLength() {
        if (content.isFollowedAt(position)) {
            return content.total() == null && ++parts >= MAX_PARTS
                    ? Flux.error(
                            failure("its storage sends ever more parts and does not say where the file ends", false))
                    : Flux.empty();
        }
        if (!content.isComplete(position)) {
            return Flux.error(failure("the transfer ended before the file did", true));
        }
        // A consumer that may hold a longer file from before a restart has to learn that this one is empty.
        return mayRestart && position == 0 ? Flux.just(new Chunk(0, ByteBuffer.allocate(0))) : Flux.empty();
    }

    private Mono<?> retryOrStop(Throwable failure) {
        if (!(failure instanceof BatchExportsException known)) {
            return Mono.error(failure);
        }
        if (position > farthest) {
            farthest = position;
            failures.clear();
            firstStart = null;
            isLinkRenewed = false;
        }
        if (!hasContent && link == null) {
            // The executor has retried failed API calls already.
            return Mono.error(described(known));
        }
        if (!isLinkRenewed && failure instanceof DownloadException refusal && FileResponse.isOfDeadLink(refusal)) {
            isLinkRenewed = true;
            link = null;
            LOG.info("{}; requesting a fresh link", failure.getMessage());
            return Mono.just(position);
        }
        Duration elapsed = firstStart == null ? Duration.ZERO : Duration.ofNanos(time.nanos() - firstStart);
        Duration wait = waitAfter(known, elapsed);
        if (wait == null) {
            return Mono.error(described(known));
        }
        failures.add(known);
        LOG.info("{}; attempt {} follows in {} ms", failure.getMessage(), failures.count() + 1, wait.toMillis());
        return time.delay(wait).thenReturn(wait);
    }

    /** The source of jitter is the application's. */
    private @Nullable Duration waitAfter(BatchExportsException failure, Duration elapsed) {
        try {
            return policy.waitAfter(failure, failures.count() + 1, elapsed, time.instant());
        } catch (Error e) {
            throw ForeignCode.asException(e);
        }
    }

    /** The last failure, with the bytes received and the earlier failures. */
    private BatchExportsException described(BatchExportsException failure) {
        BatchExportsException last = failure;
        if (position > 0 && !(failure instanceof DownloadException download && download.received() == position)) {
            last = new DownloadException(
                    failure.call(), failure.response(), reason(failure), failure.isTransient(), position, failure);
        }
        failures.suppressIn(last);
        return last;
    }

    private static String reason(BatchExportsException failure) {
        if (failure instanceof DownloadException download) {
            return download.reason();
        }
        return failure instanceof TransportException broken ? broken.reason() : "the rest was refused";
    }

    private DownloadException failure(String reason, boolean isTransient) {
        return new DownloadException(storageCall(), null, reason, isTransient, position, null);
    }

    private CallContext storageCall() {
        return STORAGE.withAttempt(failures.count() + 1);
    }
}
