package io.github.batchexports.monitor;

import io.github.batchexports.ExportChange;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/**
 * One watch of the API for all browsers. It writes into a log of latest states, which each browser reads at its own speed
 * from a position of its own: a slow one holds up nobody, and one that comes back goes on where it was.
 */
@Component
class ChangeFeed {

    /** Tells a page that its connection stands, and whether the last poll failed. */
    record Heartbeat(
            long nextAfterMillis,
            boolean sandbox,
            @Nullable Instant failedAt,
            @Nullable String failure) {}

    /** How it watches; application.properties has the values, and says what they do. */
    @ConfigurationProperties("monitor")
    record Options(Duration interval, Duration heartbeat, Duration linger, int remembered) {}

    private final ChangeLog log;
    private final Flux<Long> additions;
    private final Heartbeat healthy;
    private volatile Heartbeat health;

    ChangeFeed(BatchExportsClient client, Options options, ObjectProvider<Sandbox> sandbox) {
        log = new ChangeLog(options.remembered());
        healthy = new Heartbeat(options.heartbeat().toMillis(), sandbox.getIfAvailable() != null, null, null);
        health = healthy;
        WatchOptions watch = WatchOptions.builder()
                .interval(options.interval())
                .onPoll(this::polled)
                .build();
        additions = client.watch(watch)
                .filter(change -> change.kind() != ExportChange.Kind.REMOVED)
                .map(change -> log.add(change.export()))
                .doOnError(this::failed)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMinutes(1)))
                .publish()
                .refCount(1, options.linger());
    }

    private void polled(PollResult poll) {
        if (poll.failure() == null) {
            health = healthy;
        } else {
            failed(poll.failure());
        }
    }

    private void failed(Throwable cause) {
        health = new Heartbeat(healthy.nextAfterMillis(), healthy.sandbox(), Instant.now(), cause.getMessage());
    }

    /** What a browser missed, then what changes; {@code reload} where it must read the list first. */
    Flux<ServerSentEvent<Object>> after(@Nullable String lastEventId) {
        return Flux.defer(() -> {
            AtomicLong position = new AtomicLong(log.position(lastEventId));
            // Listens before it reads, so that nothing falls in between.
            Flux<ServerSentEvent<Object>> events = Flux.merge(additions, Flux.just(0L))
                    .onBackpressureLatest()
                    .concatMap(addition -> unread(position), 0);
            // Not comments, which a page never sees; without an id, since they are no place to go on from.
            Flux<ServerSentEvent<Object>> heartbeats = Flux.interval(
                            Duration.ZERO, Duration.ofMillis(healthy.nextAfterMillis()))
                    .onBackpressureDrop()
                    .map(tick -> event("heartbeat", health).build());
            return Flux.merge(1, events, heartbeats);
        });
    }

    /** What the log has after a position, each state looked up when it is asked for. */
    private Flux<ServerSentEvent<Object>> unread(AtomicLong position) {
        return Flux.generate(sink -> {
            ChangeLog.Entry entry = log.next(position.get());
            if (entry == null) {
                sink.complete();
                return;
            }
            position.set(entry.position());
            var event = entry.export() == null
                    ? event("reload", "")
                    : event("export", entry.export().toJson());
            sink.next(event.id(log.id(entry.position())).build());
        });
    }

    private static ServerSentEvent.Builder<Object> event(String name, Object data) {
        return ServerSentEvent.builder(data).event(name).retry(Duration.ofSeconds(2));
    }
}
