package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.reactor.internal.call.FailOnSignal;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Fails a stream that emits nothing for too long while demand is outstanding. A subscriber without demand may take its time:
 * then it is not the server that is slow.
 */
final class ReadTimeout {

    private final Duration timeout;
    private final TimeSource time;
    private final AtomicLong outstanding = new AtomicLong();
    private volatile long since;

    private ReadTimeout(Duration timeout, TimeSource time) {
        this.timeout = timeout;
        this.time = time;
        this.since = time.nanos();
    }

    /** Returns the stream, which fails with a {@link TimeoutException} when it stalls. */
    public static <T> Flux<T> watch(Flux<T> source, Duration timeout, TimeSource time) {
        return Flux.defer(() -> {
            ReadTimeout state = new ReadTimeout(timeout, time);
            Flux<T> observed = source.doOnRequest(state::requested).doOnNext(item -> state.received());
            return FailOnSignal.of(observed, state.signal(), TimeoutException::new);
        });
    }

    private void requested(long n) {
        // Before the demand counts, else the timer could compare new demand with an old time.
        if (outstanding.get() == 0) {
            since = time.nanos();
        }
        outstanding.accumulateAndGet(n, Operators::addCap);
    }

    private void received() {
        since = time.nanos();
        outstanding.getAndUpdate(count -> count == Long.MAX_VALUE ? count : count - 1);
    }

    /** One timer for the whole stream, which checks again when the time would be up. */
    private Mono<Void> signal() {
        return Mono.defer(() -> time.delay(left())).repeat(() -> !isStalled()).then();
    }

    private boolean isStalled() {
        return outstanding.get() > 0 && time.nanos() - since >= timeout.toNanos();
    }

    private Duration left() {
        long left = timeout.toNanos() - (time.nanos() - since);
        return outstanding.get() == 0 || left <= 0 ? timeout : Duration.ofNanos(left);
    }
}
