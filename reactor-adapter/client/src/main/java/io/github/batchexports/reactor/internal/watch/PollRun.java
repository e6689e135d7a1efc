package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** One poll of a list, with its costs and results. Except for the count of calls, guarded by the poll's lock. */
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
     * Begins a poll.
     *
     * @param start by the time source
     * @param maxAge how old a page may be that another process fetched
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
