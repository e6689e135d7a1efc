package io.github.batchexports.reactor.internal.http;

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
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * How long each of many exchanges may take. Since all may take as long, their times are up in the order in which they
 * began, and one timer is enough, which looks again when the next time would be up. A timer for each exchange wakes a
 * thread for each (measured: a twelfth of the processor time of a listing). A late exchange ends on the timer's thread.
 */
public final class ExchangeTimeout {

    private final long nanos;
    private final TimeSource time;
    private final Map<MonoSink<Void>, Long> ends = new LinkedHashMap<>();
    private @Nullable Disposable timer;
    private @Nullable Scheduler timerOf;

    public ExchangeTimeout(Duration limit, TimeSource time) {
        this.nanos = limit.toNanos();
        this.time = time;
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
            // Reactor's own scheduler can be replaced, and a test's virtual clock can go away, with a timer on it.
            if (timer == null || timerOf != time.scheduler()) {
                scheduleIn(nanos);
            }
        }
    }

    /** Leaves the timer, which the next exchange most likely needs. */
    private void exit(MonoSink<Void> exchange) {
        synchronized (ends) {
            ends.remove(exchange);
        }
    }

    /** Stops the timer, since no exchange will come any more. */
    public void close() {
        synchronized (ends) {
            stopTimer();
        }
    }

    /** How many exchanges have begun and have not ended. */
    public int running() {
        synchronized (ends) {
            return ends.size();
        }
    }

    private void scheduleIn(long wait) {
        stopTimer();
        timerOf = time.scheduler();
        timer = timerOf.schedule(this::expireDue, wait, TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
    }

    private void expireDue() {
        // Outside the lock, since it ends exchanges.
        pollExpired().forEach(ExchangeTimeout::end);
    }

    /** One whose subscriber throws does not keep the others from their end. */
    private static void end(MonoSink<Void> exchange) {
        try {
            exchange.success();
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, Context.of(exchange.contextView()));
        }
    }

    private List<MonoSink<Void>> pollExpired() {
        List<MonoSink<Void>> late = new ArrayList<>();
        synchronized (ends) {
            // Another one, if this is that of a scheduler that was replaced and still came.
            stopTimer();
            long now = time.nanos();
            // The clock of a scheduler that was given may have gone back.
            ends.replaceAll((exchange, end) -> Math.min(end, now + nanos));
            Iterator<Map.Entry<MonoSink<Void>, Long>> waiting = ends.entrySet().iterator();
            while (waiting.hasNext() && timer == null) {
                Map.Entry<MonoSink<Void>, Long> first = waiting.next();
                long left = first.getValue() - now;
                if (left <= 0) {
                    late.add(first.getKey());
                    waiting.remove();
                } else {
                    scheduleIn(left);
                }
            }
        }
        return late;
    }
}
