package io.github.batchexports.reactor.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * How long each of many exchanges may take. Since all may take as long, their times are up in the order in which they
 * began, and one timer is enough, which looks again when the next time would be up. A timer for each exchange wakes a
 * thread for each (measured: a twelfth of the processor time of a listing). A late exchange ends on the timer's thread.
 */
public final class ExchangeTimeout {

    private final long nanos;
    private final TimeSource time;
    private final RestartableTimer timer;

    // Guarded by itself.
    private final Map<MonoSink<Void>, Long> ends = new LinkedHashMap<>();
    private boolean isClosed;

    public ExchangeTimeout(Duration limit, TimeSource time) {
        this.nanos = limit.toNanos();
        this.time = time;
        this.timer = new RestartableTimer(time, this::firstEnd, due -> expireDue());
    }

    /** Completes when the time of an exchange that begins on subscription is up. To be cancelled when it ends before. */
    public Mono<Void> timeUp() {
        return Mono.create(exchange -> {
            enter(exchange);
            // Last, since it may have been cancelled already.
            exchange.onCancel(() -> exit(exchange));
        });
    }

    private void enter(MonoSink<Void> exchange) {
        synchronized (ends) {
            ends.put(exchange, time.nanos() + nanos);
        }
        timer.update();
    }

    /** Leaves the timer, which the next exchange most likely needs. */
    private void exit(MonoSink<Void> exchange) {
        synchronized (ends) {
            ends.remove(exchange);
        }
    }

    private @Nullable Long firstEnd() {
        synchronized (ends) {
            Iterator<Long> first = ends.values().iterator();
            return first.hasNext() && !isClosed ? first.next() : null;
        }
    }

    /** Stops the timer, since no exchange will come any more. */
    public void close() {
        synchronized (ends) {
            isClosed = true;
        }
        timer.update();
    }

    /** How many exchanges have begun and have not ended. */
    public int running() {
        synchronized (ends) {
            return ends.size();
        }
    }

    private void expireDue() {
        List<MonoSink<Void>> late = pollExpired();
        timer.update();
        // Outside the lock, since it ends exchanges.
        ForeignCode.signalEach(late, MonoSink::success, MonoSink::contextView);
    }

    private List<MonoSink<Void>> pollExpired() {
        List<MonoSink<Void>> late = new ArrayList<>();
        synchronized (ends) {
            long now = time.nanos();
            // The clock of a scheduler that was given may have gone back.
            ends.replaceAll((exchange, end) -> Math.min(end, now + nanos));
            Iterator<Map.Entry<MonoSink<Void>, Long>> waiting = ends.entrySet().iterator();
            while (waiting.hasNext()) {
                Map.Entry<MonoSink<Void>, Long> first = waiting.next();
                if (first.getValue() - now > 0) {
                    break;
                }
                late.add(first.getKey());
                waiting.remove();
            }
        }
        return late;
    }
}
