package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.reactor.Timers;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Watchers that come, request and leave on several threads at once, over polls that complete on others. */
class WatchRaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Timers timers = new Timers(Schedulers.parallel());
    private final TimeSource time = new TimeSource(timers);
    private final AtomicReference<ListPoll> current = new AtomicReference<>(newPoll());

    private ListPoll newPoll() {
        FakeExportList list = FakeExportList.ofFinal(300);
        List<ExportRequest> exports = list.all();
        Flux<ExportPage> pages = Flux.range(0, 3)
                .concatMap(
                        page -> Mono.fromCallable(() -> ExportPage.builder()
                                        .exports(exports.subList(page * 100, page * 100 + 100))
                                        .hasMore(page < 2)
                                        .nextFrom("c" + page)
                                        .build())
                                .subscribeOn(Schedulers.parallel()),
                        0);
        PollSource source = new PollSource() {
            @Override
            public Flux<ExportPage> pages(Duration maxAge, Runnable onCall) {
                return pages;
            }

            @Override
            public Mono<ExportRequest> view(String id, Duration maxAge, Runnable onCall) {
                return Mono.error(new AssertionError("nothing is viewed"));
            }
        };
        return new ListPoll(source, time);
    }

    private ListPoll poll() {
        return current.updateAndGet(poll -> poll.isOver() ? newPoll() : poll);
    }

    private Flux<ExportChange> watch() {
        return WatchFlux.changes(WatchOptions.builder().build(), this::poll);
    }

    /** Takes changes until all exports were seen, or as many as this watcher wants before it leaves. */
    private Mono<Long> watcher(int number) {
        Random random = new Random(number);
        int wanted = random.nextBoolean() ? 300 : 1 + random.nextInt(299);
        Flux<ExportChange> changes = watch().take(wanted).subscribeOn(Schedulers.parallel());
        return (random.nextBoolean() ? changes.limitRate(1 + random.nextInt(20)) : changes)
                .publishOn(Schedulers.parallel(), 1 + random.nextInt(50))
                .map(change -> change.export().id())
                .distinct()
                .count()
                .doOnNext(count -> assertThat(count).isEqualTo(wanted));
    }

    @Test
    void everyWatcherSeesEachExportOnceAndNothingIsLeft() {
        assertThat(Flux.range(0, 2_000).flatMap(this::watcher, 16).count().block(PATIENCE))
                .isEqualTo(2_000);
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> timers.pending() == 0 && poll().members().isEmpty())
                .blockLast(PATIENCE);
        assertThat(poll().members()).isEmpty();
        assertThat(timers.pending()).isZero();
    }

    /** All wait for a final export, so that its polls end while others join them. */
    @Test
    void waitersCompleteWhileOthersLeave() {
        ExportRequest ended =
                ExportRequest.builder().id("a").status(ExportStatus.SUCCESS).build();
        CompletionPolls completions =
                new CompletionPolls(call -> Mono.just(ended).subscribeOn(Schedulers.parallel()), time);
        ExportsApi api = new ExportsApi("https://api.batch.com", "2.8", false);
        AwaitOptions options =
                AwaitOptions.builder().interval(Duration.ofMillis(1)).build();
        assertThat(Flux.range(0, 20_000)
                        .flatMap(
                                i -> completions
                                        .await("a", api.view("a"), options)
                                        .subscribeOn(Schedulers.parallel())
                                        .take(Duration.ofSeconds(i % 3 == 0 ? 0 : 60)),
                                64)
                        .count()
                        .block(PATIENCE))
                .isGreaterThan(10_000);
        // A cancel may still be under way when its subscriber has ended.
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> completions.polled() == 0)
                .blockLast(PATIENCE);
        assertThat(completions.polled()).isZero();
    }
}
