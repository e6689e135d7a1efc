package io.github.batchexports.reactor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * How long each of many exchanges may take. Since all may take as long, their times are up in the order in which they
 * began, and one timer is enough, which looks again when the next time would be up. A timer for each exchange wakes a
 * thread for each (measured: a twelfth of the processor time of a listing).
 */
final class TimeLimit {

    private final long nanos;
    private final Timing timing;
    private final Map<MonoSink<Void>, Long> ends = new LinkedHashMap<>();
    private @Nullable Disposable timer;

    TimeLimit(Duration limit, Timing timing) {
        this.nanos = limit.toNanos();
        this.timing = timing;
    }

    /** Completes when the time of an exchange that begins on subscription is up. To be cancelled when it ends before. */
    Mono<Void> timeUp() {
        return Mono.create(exchange -> {
            exchange.onCancel(() -> ended(exchange));
            began(exchange);
        });
    }

    private void began(MonoSink<Void> exchange) {
        synchronized (ends) {
            ends.put(exchange, timing.nanos() + nanos);
            if (timer == null) {
                lookAgainIn(nanos);
            }
        }
    }

    /** Leaves the timer, which the next exchange most likely needs. */
    private void ended(MonoSink<Void> exchange) {
        synchronized (ends) {
            ends.remove(exchange);
        }
    }

    private void lookAgainIn(long wait) {
        timer = timing.scheduler().schedule(this::look, wait, TimeUnit.NANOSECONDS);
    }

    private void look() {
        // Outside the lock, since it ends an exchange.
        takeLate().forEach(MonoSink::success);
    }

    private List<MonoSink<Void>> takeLate() {
        List<MonoSink<Void>> late = new ArrayList<>();
        synchronized (ends) {
            timer = null;
            Iterator<Map.Entry<MonoSink<Void>, Long>> waiting = ends.entrySet().iterator();
            while (waiting.hasNext() && timer == null) {
                Map.Entry<MonoSink<Void>, Long> first = waiting.next();
                long left = first.getValue() - timing.nanos();
                if (left <= 0) {
                    late.add(first.getKey());
                    waiting.remove();
                } else {
                    lookAgainIn(left);
                }
            }
        }
        return late;
    }
}
