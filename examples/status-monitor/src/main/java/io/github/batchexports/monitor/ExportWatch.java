package io.github.batchexports.monitor;

import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.reactor.BatchExportsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** One watch of the API for as long as the application runs. Who asks gets what it knows, and causes no call. */
@Component
class ExportWatch implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ExportWatch.class);

    /** How it watches; application.properties has the values, and says what they do. */
    @ConfigurationProperties("monitor")
    record Options(Duration interval, Duration heartbeat) {

        Options {
            Assert.isTrue(heartbeat.toMillis() > 0, "monitor.heartbeat must be 1 ms or more");
        }
    }

    /**
     * What is known.
     *
     * @param exports null until the whole list was read once
     * @param listedAt when the last poll began that succeeded; null before there is one
     * @param lastPoll null before the first one has ended
     */
    record State(
            @Nullable ExportSnapshot exports,
            @Nullable Instant listedAt,
            @Nullable PollResult lastPoll) {

        State listed(ExportSnapshot now) {
            return new State(now, listedAt, lastPoll);
        }

        State polled(PollResult poll) {
            return new State(exports, poll.isSuccess() ? poll.startedAt() : listedAt, poll);
        }

        @Nullable
        RuntimeException failure() {
            return lastPoll == null ? null : lastPoll.failure();
        }
    }

    private final Sinks.Empty<Void> end = Sinks.empty();
    private final Options options;
    private final Flux<State> states;

    ExportWatch(BatchExportsClient client, Options options) {
        this.options = options;
        Sinks.Many<PollResult> polls = Sinks.many().unicast().onBackpressureBuffer();
        WatchOptions watch = WatchOptions.builder()
                .interval(options.interval())
                .onPoll(polls::tryEmitNext)
                .build();
        // What is not transient, such as a refused key, ends a watch; the key may be taken again later.
        Flux<UnaryOperator<State>> listed = client.snapshots(watch)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, options.interval()))
                .map(snapshot -> state -> state.listed(snapshot));
        Flux<UnaryOperator<State>> polled = polls.asFlux().map(poll -> state -> state.polled(poll));
        states = Flux.merge(polled, listed)
                .takeUntilOther(end.asMono())
                .scan(new State(null, null, null), (state, news) -> news.apply(state))
                .replay(1)
                .autoConnect();
        // Begins the watch, too.
        statuses().distinctUntilChanged(PollStatus::kind).subscribe(ExportWatch::log);
    }

    /** Once for each change, and not for each poll. */
    private static void log(PollStatus status) {
        switch (status.kind()) {
            case STARTING -> LOG.info("reading the list");
            case LIVE -> LOG.info("pages are live");
            case DELAYED ->
                LOG.warn("pages are not live, DELAYED: a poll is late, the list is of {}", status.listedAt());
            default -> LOG.warn("pages are not live, {}: {}", status.kind(), status.failure());
        }
    }

    /** What is known now, and then after each poll. */
    Flux<State> states() {
        return states;
    }

    /** How the polls go: now, after each poll, and with each heartbeat. */
    Flux<PollStatus> statuses() {
        Flux<Long> beats = Flux.interval(Duration.ZERO, options.heartbeat()).onBackpressureDrop();
        return Flux.combineLatest(states, beats, (state, beat) -> state)
                .map(state -> PollStatus.of(state, options.interval(), Instant.now()))
                .takeUntilOther(end.asMono())
                .onBackpressureLatest();
    }

    /** The latest snapshot. While there is none, the first one, or the failure of the poll that should bring it. */
    Mono<ExportSnapshot> latest() {
        return states.<ExportSnapshot>handle((state, sink) -> {
                    if (state.exports() != null) {
                        sink.next(state.exports());
                    } else if (state.failure() != null) {
                        sink.error(state.failure());
                    }
                })
                .next();
    }

    @Override
    public void destroy() {
        end.tryEmitEmpty();
    }
}
