package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.reactor.Timers;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.watch.WatchTestSupport.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Shared polls whose timers are lost or rejected, and the Reactor context of their calls. */
class SharedPollTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration DAY = Duration.ofDays(1);
    private static final ExportsApi API = new ExportsApi(ExportsApi.DEFAULT_BASE_URL, "2.8", false);

    private final AtomicInteger views = new AtomicInteger();

    @AfterEach
    void reset() {
        VirtualTimeScheduler.reset();
    }

    /** Final at the third view. */
    private Mono<ExportRequest> view(ApiCall call) {
        return Mono.fromSupplier(() -> ExportRequest.builder()
                .id("a")
                .status(views.incrementAndGet() < 3 ? ExportStatus.RUNNING : ExportStatus.SUCCESS)
                .build());
    }

    private static Mono<ExportRequest> await(CompletionPolls polls, Duration interval) {
        return polls.await(
                "a", API.view("a"), AwaitOptions.builder().interval(interval).build());
    }

    @Test
    void nextSubscriberRestartsATimerLostWithAVirtualClock() {
        VirtualTimeScheduler.getOrSet();
        CompletionPolls polls = new CompletionPolls(this::view, new TimeSource(null));
        List<ExportRequest> outcomes = new ArrayList<>();
        await(polls, SHORT).subscribe(outcomes::add);
        VirtualTimeScheduler.reset();
        assertThat(await(polls, SHORT).block(PATIENCE)).isNotNull();
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void nextSubscriberRestartsATimerLostByShutdownNow() {
        CompletionPolls polls = new CompletionPolls(this::view, new TimeSource(null));
        await(polls, Duration.ofMillis(200)).subscribe();
        Schedulers.shutdownNow();
        assertThat(await(polls, Duration.ofMillis(200)).block(PATIENCE)).isNotNull();
        assertThat(views).hasValue(3);
    }

    @Test
    void nextSubscriberRestartsAPollWaitingOnALostTimer() {
        VirtualTimeScheduler.getOrSet();
        CompletionPolls polls =
                new CompletionPolls(call -> Mono.delay(SHORT).then(Mono.defer(() -> view(call))), new TimeSource(null));
        List<ExportRequest> outcomes = new ArrayList<>();
        await(polls, SHORT).subscribe(outcomes::add);
        VirtualTimeScheduler.reset();
        assertThat(await(polls, SHORT).block(PATIENCE)).isNotNull();
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void newDemandRestartsATimerLostWithAVirtualClock() {
        VirtualTimeScheduler first = VirtualTimeScheduler.getOrSet();
        FakeExportList list = FakeExportList.ofFinal(1);
        ListPoll poll = new ListPoll(list, new TimeSource(null));
        Viewer viewer = new Viewer(2);
        WatchOptions options = WatchOptions.builder().interval(DAY).build();
        WatchFlux.changes(options, () -> poll).subscribe(viewer);
        assertThat(list.calls()).isEqualTo(1);
        VirtualTimeScheduler.reset();
        VirtualTimeScheduler second = VirtualTimeScheduler.getOrSet();
        assertThat(second).isNotSameAs(first);
        assertThat(second.getScheduledTaskCount()).isZero();
        viewer.request(1);
        assertThat(second.getScheduledTaskCount()).isEqualTo(1);
        viewer.request(1);
        assertThat(second.getScheduledTaskCount()).isEqualTo(1);
        second.advanceTimeBy(DAY);
        assertThat(list.calls()).isEqualTo(2);
    }

    /** Rejects as many delayed tasks as a test sets. */
    private static final class Rejecting extends Timers {
        int rejections;

        Rejecting(Scheduler delegate) {
            super(delegate);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (rejections-- > 0) {
                throw new RejectedExecutionException("of the test");
            }
            return super.schedule(task, delay, unit);
        }
    }

    @Test
    void pollsGoOnWhenTheSchedulerRejectsTheirTimer() {
        Rejecting scheduler = new Rejecting(Schedulers.parallel());
        scheduler.rejections = 1;
        CompletionPolls polls = new CompletionPolls(this::view, new TimeSource(scheduler));
        assertThat(await(polls, SHORT).block(PATIENCE)).isNotNull();
        assertThat(views).hasValue(3);
    }

    @Test
    void callsHaveTheReactorContextOfTheFirstMember() {
        List<@Nullable String> contexts = new ArrayList<>();
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        FakeExportList list = FakeExportList.ofFinal(1);
        list.fault(call -> Mono.deferContextual(context -> {
            contexts.add(context.getOrDefault("who", null));
            return Mono.error(WatchTestSupport.transientFailure());
        }));
        ListPoll poll = new ListPoll(list, new TimeSource(clock));
        Flux<ExportChange> watch = WatchFlux.changes(WatchOptions.builder().build(), () -> poll);
        Disposable first =
                watch.contextWrite(context -> context.put("who", "first")).subscribe();
        watch.contextWrite(context -> context.put("who", "second")).subscribe();
        clock.advanceTimeBy(WatchTestSupport.INTERVAL);
        first.dispose();
        clock.advanceTimeBy(WatchTestSupport.INTERVAL);
        clock.dispose();
        assertThat(contexts).containsExactly("first", "first", "second");
    }

    @Test
    void viewsHaveTheReactorContextOfTheFirstWaiter() {
        List<@Nullable String> contexts = new ArrayList<>();
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        CompletionPolls polls = new CompletionPolls(
                call -> Mono.deferContextual(context -> {
                    contexts.add(context.getOrDefault("who", null));
                    return view(call);
                }),
                new TimeSource(clock));
        await(polls, SHORT).contextWrite(context -> context.put("who", "first")).subscribe();
        clock.advanceTimeBy(SHORT);
        clock.dispose();
        assertThat(contexts).containsExactly("first", "first");
    }
}
