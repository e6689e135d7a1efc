package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.policy.Pace;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.reactor.Timers;
import io.github.batchexports.reactor.internal.call.LocalPacer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Awaiting exports, on a virtual clock: which calls it costs, and when it completes. */
class CompletionPollsTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(clock);
    private final TimeSource time = new TimeSource(timers);
    private final ExportsApi api = new ExportsApi(ExportsApi.DEFAULT_BASE_URL, "2.8", false);

    private final Map<String, ExportStatus> statuses = new HashMap<>();
    private final List<Long> views = new ArrayList<>();
    private final CompletionPolls completions = new CompletionPolls(this::view, time);

    @AfterEach
    void end() {
        clock.dispose();
    }

    private long seconds() {
        return Duration.ofNanos(time.nanos()).toSeconds();
    }

    private Mono<ExportRequest> view(ApiCall call) {
        return Mono.fromCallable(() -> {
            views.add(seconds());
            String id = call.uri().getQuery().substring("id=".length());
            ExportStatus status = statuses.get(id);
            if (status == null) {
                throw new NotFoundException(call.context(), new ErrorResponse(404, "EXPORT_NOT_FOUND", null));
            }
            return ExportRequest.builder().id(id).status(status).build();
        });
    }

    private Mono<ExportRequest> await(String id) {
        return completions.await(id, api.view(id), AwaitOptions.builder().build());
    }

    @Test
    void pollsAtOnceThenAfterDoublingWaitsUpToACap() {
        statuses.put("a", ExportStatus.RUNNING);
        List<ExportStatus> outcome = new ArrayList<>();
        await("a").subscribe(export -> outcome.add(export.status()));
        clock.advanceTimeBy(Duration.ofSeconds(100));
        assertThat(views).containsExactly(0L, 5L, 15L, 35L, 65L, 95L);
        statuses.put("a", ExportStatus.ERROR);
        clock.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(outcome).containsExactly(ExportStatus.ERROR);
        assertNothingIsLeft();
    }

    @Test
    void finalExportCostsOneCall() {
        statuses.put("a", ExportStatus.SUCCESS);
        assertThat(await("a").block()).extracting(ExportRequest::status).isEqualTo(ExportStatus.SUCCESS);
        assertThat(views).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void customIntervalStaysConstant() {
        statuses.put("a", ExportStatus.CREATED);
        AwaitOptions options =
                AwaitOptions.builder().interval(Duration.ofSeconds(2)).build();
        completions.await("a", api.view("a"), options).subscribe();
        clock.advanceTimeBy(Duration.ofSeconds(7));
        assertThat(views).containsExactly(0L, 2L, 4L, 6L);
    }

    @Test
    void waitersForOneExportShareItsCalls() {
        statuses.put("a", ExportStatus.RUNNING);
        List<ExportRequest> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            await("a").subscribe(outcomes::add);
        }
        clock.advanceTimeBy(Duration.ofSeconds(34));
        assertThat(views).containsExactly(0L, 5L, 15L);
        // A new waiter starts with the shortest wait, and makes the others' next call sooner.
        await("a").subscribe(outcomes::add);
        assertThat(views).containsExactly(0L, 5L, 15L, 34L);
        statuses.put("a", ExportStatus.SUCCESS);
        clock.advanceTimeBy(LONGEST);
        assertThat(outcomes).hasSize(11);
        assertNothingIsLeft();
    }

    private Mono<ExportRequest> awaitUntil(Predicate<ExportRequest> until) {
        return completions.await(
                "a", api.view("a"), AwaitOptions.builder().until(until).build());
    }

    @Test
    void waitersForDifferentStatesShareTheCalls() {
        statuses.put("a", ExportStatus.CREATED);
        List<String> outcomes = new ArrayList<>();
        awaitUntil(ExportFilters.status("RUNNING", "SUCCESS"))
                .subscribe(export -> outcomes.add("began " + export.status()));
        awaitUntil(ExportRequest::isFinal).subscribe(export -> outcomes.add("ended " + export.status()));
        clock.advanceTimeBy(Duration.ofSeconds(4));
        statuses.put("a", ExportStatus.RUNNING);
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(outcomes).containsExactly("began RUNNING");
        statuses.put("a", ExportStatus.EXPIRED);
        clock.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(outcomes).containsExactly("began RUNNING", "ended EXPIRED");
        assertThat(views).containsExactly(0L, 5L, 15L);
        assertNothingIsLeft();
    }

    @Test
    void throwingPredicateFailsOnlyItsWaiter() {
        statuses.put("a", ExportStatus.RUNNING);
        List<Throwable> errors = new ArrayList<>();
        List<ExportRequest> outcomes = new ArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        awaitUntil(export -> {
                    if (looks.incrementAndGet() == 2) {
                        throw new IllegalStateException("predicate");
                    }
                    return false;
                })
                .subscribe(export -> {}, errors::add);
        await("a").subscribe(outcomes::add, errors::add);
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
        statuses.put("a", ExportStatus.SUCCESS);
        clock.advanceTimeBy(LONGEST);
        assertThat(outcomes).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void cancelKeepsOtherWaitersAndTheLastStopsThePolls() {
        statuses.put("a", ExportStatus.RUNNING);
        Disposable first = await("a").subscribe();
        List<Throwable> errors = new ArrayList<>();
        await("a").timeout(Duration.ofSeconds(20), timers).subscribe(export -> {}, errors::add);
        first.dispose();
        clock.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(views).containsExactly(0L, 5L, 15L);
        assertThat(errors).singleElement().isInstanceOf(TimeoutException.class);
        assertNothingIsLeft();
    }

    @Test
    void failureReachesAllWaiters() {
        List<Throwable> errors = new ArrayList<>();
        await("unknown").subscribe(export -> {}, errors::add);
        await("unknown").subscribe(export -> {}, errors::add);
        assertThat(errors).hasSize(2).allMatch(error -> error instanceof NotFoundException);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(completions.polled()).isZero();
        assertThat(timers.pending()).isZero();
    }

    /** Each call has its permit; a server that allows one call a second refuses none. */
    @Test
    void hundredWaitersKeepTheRateAndEndWithinTwoCalls() {
        LocalPacer pacer = new LocalPacer(Pace.perSecond(1), time);
        Map<String, Integer> viewsAfterTheEnd = new HashMap<>();
        List<Long> calls = new ArrayList<>();
        CompletionPolls paced = new CompletionPolls(
                call -> pacer.acquire().flatMap(permit -> {
                    permit.sent();
                    calls.add(time.nanos());
                    return view(call).doOnNext(export -> {
                        if (export.isFinal()) {
                            viewsAfterTheEnd.merge(export.id(), 1, Integer::sum);
                        }
                    });
                }),
                time);
        List<ExportRequest> outcomes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = "export_" + i % 10;
            statuses.put(id, ExportStatus.RUNNING);
            paced.await(id, api.view(id), AwaitOptions.builder().build()).subscribe(outcomes::add);
        }
        for (int i = 0; i < 10; i++) {
            clock.advanceTimeBy(Duration.ofSeconds(17));
            statuses.put("export_" + i, i % 3 == 0 ? ExportStatus.ERROR : ExportStatus.SUCCESS);
        }
        clock.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outcomes).hasSize(100).allMatch(ExportRequest::isFinal);
        assertThat(viewsAfterTheEnd.values()).hasSize(10).allMatch(count -> count <= 2);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(calls.get(i) - calls.get(i - 1)).isGreaterThanOrEqualTo(1_000_000_000L);
        }
        assertThat(paced.polled()).isZero();
    }
}
