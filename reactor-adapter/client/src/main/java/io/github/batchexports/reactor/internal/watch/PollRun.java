package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** One poll of a list, and what it costs and brings. But for the calls, guarded by the poll's lock. */
final class PollRun {

    final long number;
    final long start;
    final Duration maxAge;
    private final Instant startedAt;
    private final AtomicInteger calls = new AtomicInteger();

    int pages;
    int changes;
    boolean wholeList;

    /**
     * A poll that begins.
     *
     * @param start by the time source
     * @param maxAge how old may be what another process fetched
     */
    PollRun(long number, long start, Instant startedAt, Duration maxAge) {
        this.number = number;
        this.start = start;
        this.startedAt = startedAt;
        this.maxAge = maxAge;
    }

    void called() {
        calls.incrementAndGet();
    }

    PollResult result(long now, @Nullable Throwable failure) {
        return PollResult.builder()
                .startedAt(startedAt)
                .duration(Duration.ofNanos(Math.max(0, now - start)))
                .calls(calls.get())
                .pages(pages)
                .changes(changes)
                .failure(failure == null ? null : Exceptions.propagate(failure))
                .build();
    }
}
