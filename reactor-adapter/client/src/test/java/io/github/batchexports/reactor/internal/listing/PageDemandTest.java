package io.github.batchexports.reactor.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.reactor.internal.listing.ListingFlux.FetchedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The gate between pages and demand, over pages in memory, where no network hides a race or a recursion. */
class PageDemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger fetches = new AtomicInteger();

    private Mono<ExportPage> page(int number, int pages, int size) {
        List<ExportRequest> exports = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            exports.add(ExportRequest.builder()
                    .id(String.valueOf((long) number * size + i))
                    .status(ExportStatus.SUCCESS)
                    .build());
        }
        boolean more = number < pages - 1;
        return Mono.fromCallable(() -> {
            fetches.incrementAndGet();
            String from = number == 0 ? null : String.valueOf(number);
            return ExportPage.builder()
                    .exports(exports)
                    .hasMore(more)
                    .nextFrom(more ? String.valueOf(number + 1) : null)
                    .from(from)
                    .build();
        });
    }

    private Mono<FetchedPage> fetched(String from, int pages, int size) {
        return page(from == null ? 0 : Integer.parseInt(from), pages, size)
                .map(page -> new FetchedPage(page, CallContext.of(Operation.LIST, from)));
    }

    private Flux<ExportRequest> listing(int pages, int size, boolean elsewhere) {
        return new ListingFlux<>(
                ListOptions.builder().build(),
                (limit, from) -> {
                    Mono<FetchedPage> page = fetched(from, pages, size);
                    return elsewhere ? page.subscribeOn(Schedulers.parallel()) : page;
                },
                ExportPage::exports,
                Mono.never());
    }

    @Test
    void hundredThousandPagesNeitherOverflowTheStackNorLoseItems() {
        assertThat(listing(100_000, 1, false).count().block(PATIENCE)).isEqualTo(100_000);
    }

    @Test
    void itemsRequestedOneByOneDoNotOverflowTheStack() {
        AtomicLong seen = new AtomicLong();
        listing(100_000, 1, false).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(ExportRequest item) {
                seen.incrementAndGet();
                request(1);
            }
        });
        assertThat(seen).hasValue(100_000);
    }

    @Test
    void atMostOnePageWaitsBeyondTheOneBeingDelivered() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch secondFetch = new CountDownLatch(2);
        List<Integer> fetchesAtItems = new ArrayList<>();
        Flux<ExportRequest> listing = new ListingFlux<>(
                ListOptions.builder().build(),
                (limit, from) -> fetched(from, 5, 2).doOnTerminate(secondFetch::countDown),
                ExportPage::exports,
                Mono.never());
        Thread consumer = new Thread(() -> listing.subscribe(
                item -> {
                    fetchesAtItems.add(fetches.get());
                    if (item.id().equals("0")) {
                        await(release);
                    }
                },
                error -> {},
                end::countDown));
        consumer.start();
        await(secondFetch);
        assertThat(fetches).hasValue(2);
        release.countDown();
        await(end);
        consumer.join();
        assertThat(fetchesAtItems).containsExactly(2, 2, 3, 3, 4, 4, 5, 5, 5, 5);
    }

    @RepeatedTest(20)
    void concurrentRequestsGetEachItemOnceInOrder() throws InterruptedException {
        int pages = 300;
        List<Long> seen = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        BaseSubscriber<ExportRequest> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(ExportRequest item) {
                seen.add(Long.parseLong(item.id()));
            }

            @Override
            protected void hookOnComplete() {
                end.countDown();
            }
        };
        listing(pages, 7, true).subscribe(subscriber);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 700; i++) {
                    subscriber.request(1);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        await(end);
        assertThat(seen).hasSize(pages * 7).isSorted().doesNotHaveDuplicates();
        assertThat(fetches).hasValue(pages);
    }

    @Test
    void nonPositiveDemandFailsTheListing() {
        AtomicInteger errors = new AtomicInteger();
        BaseSubscriber<ExportRequest> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(-1);
            }

            @Override
            protected void hookOnError(Throwable error) {
                assertThat(error).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
                errors.incrementAndGet();
            }
        };
        listing(3, 3, false).subscribe(subscriber);
        assertThat(errors).hasValue(1);
        assertThat(fetches).hasValue(0);
    }

    @Test
    void cancelDuringDeliveryStopsTheListing() {
        StepVerifier.create(listing(10, 10, false).take(3).map(ExportRequest::id))
                .expectNext("0", "1", "2")
                .verifyComplete();
        assertThat(fetches).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
