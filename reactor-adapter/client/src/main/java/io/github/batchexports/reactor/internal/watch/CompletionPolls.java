package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/** The subscribers that await exports of a project. Those of the same export share its polls, whatever their conditions. */
public final class CompletionPolls {

    private static final Duration DEFAULT_FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_LONGEST_WAIT = Duration.ofSeconds(30);

    private final Function<ApiCall, Mono<ExportRequest>> source;
    private final TimeSource time;
    private final Map<String, ViewPoll> polls = new ConcurrentHashMap<>();

    public CompletionPolls(Function<ApiCall, Mono<ExportRequest>> source, TimeSource time) {
        this.source = source;
        this.time = time;
    }

    /** Waits for the export to match {@code options.until()}. By default each wait is twice the one before, up to 30 s. */
    public Mono<ExportRequest> await(String exportId, ApiCall view, AwaitOptions options) {
        return Mono.create(sink -> {
            ViewPoll poll;
            Waiter waiter;
            do {
                poll = polls.computeIfAbsent(exportId, id -> new ViewPoll(id, view));
                waiter = new Waiter(sink, options, poll.hasStarted());
            } while (!poll.join(waiter));
            ViewPoll joined = poll;
            Waiter joiner = waiter;
            sink.onDispose(() -> joined.leave(joiner));
            joined.update();
        });
    }

    /** How many exports are polled. */
    public int polled() {
        return polls.size();
    }

    private static final class Waiter implements SharedPoll.Member {

        private final MonoSink<ExportRequest> sink;
        private final Predicate<ExportRequest> until;
        private final Duration longestWait;
        private volatile Duration wait;
        private boolean afterFirst;

        Waiter(MonoSink<ExportRequest> sink, AwaitOptions options, boolean afterFirst) {
            Duration interval = options.interval();
            this.sink = sink;
            this.until = options.until();
            this.afterFirst = afterFirst;
            this.wait = interval == null ? DEFAULT_FIRST_WAIT : interval;
            this.longestWait = interval == null ? DEFAULT_LONGEST_WAIT : interval;
        }

        /** What a predicate throws fails only its waiter. */
        void accept(ExportRequest export) {
            boolean isOver;
            try {
                isOver = until.test(export);
            } catch (Throwable e) {
                ForeignCode.throwIfFatal(e);
                fail(e);
                return;
            }
            if (isOver) {
                end(() -> sink.success(export));
            } else {
                pollAgain();
            }
        }

        void fail(Throwable failure) {
            end(() -> sink.error(failure));
        }

        /** A subscriber that throws does not keep the others from their signals. */
        private void end(Runnable signal) {
            try {
                signal.run();
            } catch (Throwable e) {
                ForeignCode.drop(e, sink.contextView());
            }
        }

        @Override
        public @Nullable Duration nextPollAfter() {
            return wait;
        }

        @Override
        public ContextView context() {
            return sink.contextView();
        }

        private void pollAgain() {
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
            super(time);
            this.exportId = exportId;
            this.view = view;
        }

        @Override
        Mono<Void> poll() {
            return source.apply(view)
                    .doOnNext(export -> members().forEach(waiter -> waiter.accept(export)))
                    .then()
                    .onErrorResume(failure -> {
                        members().forEach(waiter -> waiter.fail(failure));
                        return Mono.empty();
                    });
        }

        @Override
        void ended() {
            polls.remove(exportId, this);
        }
    }
}
