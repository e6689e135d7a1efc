package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/** Who waits for which export of a project to end. All who wait for the same one share its polls. */
public final class CompletionPolls {

    private final Function<ApiCall, Mono<ExportRequest>> source;
    private final TimeSource timing;
    private final Map<String, ViewPoll> polls = new ConcurrentHashMap<>();

    public CompletionPolls(Function<ApiCall, Mono<ExportRequest>> source, TimeSource timing) {
        this.source = source;
        this.timing = timing;
    }

    /**
     * The export once its status is final.
     *
     * @param firstWait from the first poll to the second; each one after is twice as long
     * @param longestWait where that ends
     */
    public Mono<ExportRequest> await(String exportId, ApiCall view, Duration firstWait, Duration longestWait) {
        return Mono.create(sink -> {
            ViewPoll poll;
            Waiter waiter;
            do {
                poll = polls.computeIfAbsent(exportId, id -> new ViewPoll(id, view));
                waiter = new Waiter(sink, firstWait, longestWait, poll.hasStarted());
            } while (!poll.join(waiter));
            ViewPoll joined = poll;
            Waiter joiner = waiter;
            sink.onDispose(() -> joined.leave(joiner));
            joined.update();
        });
    }

    /** How many exports are polled for. */
    public int polled() {
        return polls.size();
    }

    private static final class Waiter implements SharedPoll.Member {

        private final MonoSink<ExportRequest> sink;
        private final Duration longestWait;
        private volatile Duration wait;
        private boolean afterFirst;

        Waiter(MonoSink<ExportRequest> sink, Duration firstWait, Duration longestWait, boolean afterFirst) {
            this.sink = sink;
            this.afterFirst = afterFirst;
            this.wait = firstWait;
            this.longestWait = longestWait;
        }

        @Override
        public @Nullable Duration nextPollAfter() {
            return wait;
        }

        @Override
        public ContextView context() {
            return sink.contextView();
        }

        void pollAgain() {
            if (!afterFirst) {
                afterFirst = true;
                return;
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
        }
    }

    private final class ViewPoll extends SharedPoll<Waiter> {

        private final String exportId;
        private final ApiCall view;

        ViewPoll(String exportId, ApiCall view) {
            super(timing);
            this.exportId = exportId;
            this.view = view;
        }

        @Override
        Mono<Void> poll() {
            return source.apply(view).doOnNext(this::answered).then().onErrorResume(failure -> {
                members().forEach(waiter -> waiter.sink.error(failure));
                return Mono.empty();
            });
        }

        private void answered(ExportRequest export) {
            members().forEach(waiter -> {
                if (export.isFinal()) {
                    waiter.sink.success(export);
                } else {
                    waiter.pollAgain();
                }
            });
        }

        @Override
        void ended() {
            polls.remove(exportId, this);
        }
    }
}
