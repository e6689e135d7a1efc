package io.github.batchexports.reactor;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.FileAnswer;
import io.github.batchexports.protocol.FileContent;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One file on its way: asks the API for a link, follows it, and goes on after a break where it stopped, by a link that is
 * still good or by a fresh one. Attempts count from the last byte that came.
 */
final class Transfer {

    /**
     * A part of a file.
     *
     * @param offset where in the file it belongs
     */
    record Chunk(long offset, ByteBuffer bytes) {}

    private static final CallContext STORAGE = CallContext.of("download file from its storage", null);

    private final ApiCall call;
    private final Attempts attempts;
    private final FileTransport transport;
    private final RetryPolicy policy;
    private final Timing timing;
    private final boolean mayRestart;

    private @Nullable URI link;
    private @Nullable URI redirect;
    private boolean askedAgain;
    private long position;
    private long positionBefore;
    private FileContent content = new FileContent(0, null, null);
    private int failures;
    private long progressed;

    /**
     * One download of a file.
     *
     * @param mayRestart whether chunks may begin at 0 again, where the storage cannot go on in the middle
     */
    Transfer(
            ApiCall call,
            Attempts attempts,
            FileTransport transport,
            RetryPolicy policy,
            Timing timing,
            boolean mayRestart) {
        this.call = call;
        this.attempts = attempts;
        this.transport = transport;
        this.policy = policy;
        this.timing = timing;
        this.mayRestart = mayRestart;
    }

    /** How far it is: the bytes of the file that were handed on. */
    long position() {
        return position;
    }

    /** The chunks, for one subscriber. */
    Flux<Chunk> chunks() {
        return Flux.defer(this::once)
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> goOnOrStop(signal.failure()))));
    }

    private Flux<Chunk> once() {
        positionBefore = position;
        if (failures == 0) {
            progressed = timing.nanos();
        }
        return (link == null ? fromApi() : fromStorage()).concatWith(Flux.defer(this::checkLength));
    }

    private Flux<Chunk> fromApi() {
        return attempts.stream(
                        call,
                        (attempt, onStart, onHold) ->
                                transport.askApi(attempt, wanted(uri -> link = uri), onStart, onHold))
                .map(this::next)
                .concatWith(Flux.defer(() -> link == null ? Flux.empty() : fromStorage()));
    }

    private Flux<Chunk> fromStorage() {
        redirect = null;
        return ask(Objects.requireNonNull(link))
                .concatWith(Flux.defer(() -> redirect == null ? Flux.empty() : fromSecondHop(redirect)));
    }

    private Flux<Chunk> fromSecondHop(URI uri) {
        redirect = null;
        return ask(uri).concatWith(Flux.defer(() -> redirect == null
                ? Flux.empty()
                : Flux.error(failure("its storage redirects again and again", false, null))));
    }

    private Flux<Chunk> ask(URI uri) {
        return transport
                .askStorage(STORAGE.withAttempt(failures + 1), uri, wanted(next -> redirect = next))
                .map(this::next);
    }

    private FileTransport.Wanted wanted(Consumer<URI> onLink) {
        return new FileTransport.Wanted(position, content.tag(), onLink, this::begin);
    }

    private void begin(FileContent next) {
        if (position > 0 && next.offset() == 0) {
            if (!mayRestart) {
                throw failure("its storage cannot go on in the middle of the file", false, null);
            }
            position = 0;
        } else if (position > 0 && !next.continues(content)) {
            if (!mayRestart) {
                throw failure("the file changed in its storage", false, null);
            }
            position = 0;
            content = new FileContent(0, null, null);
            throw failure("the file changed in its storage", true, null);
        }
        content = next;
    }

    private Chunk next(ByteBuffer bytes) {
        Chunk chunk = new Chunk(position, bytes);
        position += bytes.remaining();
        return chunk;
    }

    private Flux<Chunk> checkLength() {
        Long total = content.total();
        return total == null || position == total
                ? Flux.empty()
                : Flux.error(failure("the transfer ended before the file did", true, null));
    }

    private Mono<?> goOnOrStop(Throwable failure) {
        if (!(failure instanceof BatchExportsException known)) {
            return Mono.error(failure);
        }
        if (position > positionBefore) {
            failures = 0;
            progressed = timing.nanos();
            askedAgain = false;
        } else if (link == null) {
            // The API's own failures were retried already.
            return Mono.error(described(known));
        }
        if (!askedAgain && failure instanceof DownloadException refusal && FileAnswer.isOfDeadLink(refusal)) {
            askedAgain = true;
            link = null;
            return Mono.just(position);
        }
        failures++;
        Duration elapsed = Duration.ofNanos(timing.nanos() - progressed);
        Duration wait = policy.waitAfter(known, failures, elapsed, timing.instant());
        return wait == null ? Mono.error(described(known)) : Mono.delay(wait, timing.scheduler());
    }

    /** The failure, with how far the file had come. */
    private BatchExportsException described(BatchExportsException failure) {
        if (position == 0 || (failure instanceof DownloadException download && download.received() == position)) {
            return failure;
        }
        String reason = failure instanceof TransportException broken ? broken.reason() : "the rest was refused";
        return new DownloadException(
                failure.call(), failure.answer(), reason, failure.isTransient(), position, failure);
    }

    private DownloadException failure(String reason, boolean mayHeal, @Nullable Throwable cause) {
        return new DownloadException(STORAGE.withAttempt(failures + 1), null, reason, mayHeal, position, cause);
    }
}
