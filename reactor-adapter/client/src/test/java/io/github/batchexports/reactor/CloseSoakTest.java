package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ClientClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Listings whose client is closed at a random moment, most often while a page arrives: what was delivered and what a second
 * listing from {@code resumeFrom()} delivers are together all exports, each once. A listing that has delivered its last page
 * completes. The number of closes is the system property {@code soak.closes}; the build does a few, the
 * {@code soak} profile 2,000.
 */
class CloseSoakTest {

    private static final int CLOSES = Integer.getInteger("soak.closes", 200);
    private static final int EXPORTS = 20;
    private static final int PAGE = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(EXPORTS);
    private final BatchExportsClient other = server.options().build();
    private final ExecutorService closer = Executors.newSingleThreadExecutor();
    private final Random random = new Random(42);

    @AfterEach
    void close() {
        closer.shutdownNow();
        other.close();
        server.close();
    }

    @Test
    void closedListingAndItsResumptionDeliverEachExportOnce() {
        List<String> wrong = new ArrayList<>();
        int[] ends = new int[2];
        for (int i = 0; i < CLOSES; i++) {
            Listing listing = closedListing();
            ends[listing.failure == null ? 0 : 1]++;
            String fault = fault(listing);
            if (fault != null) {
                wrong.add("close " + i + ": " + fault);
            }
        }
        System.out.printf(
                "%d closes: %d listings ended before, %d by it; %d not exact%n",
                CLOSES, ends[0], ends[1], wrong.size());
        assertThat(wrong).isEmpty();
        // Otherwise the closes came too late to prove anything.
        assertThat(ends[1]).isGreaterThan(CLOSES / 4);
    }

    private Listing closedListing() {
        int page = 1 + random.nextInt(EXPORTS / PAGE);
        long delay = random.nextInt(500_000);
        AtomicInteger answers = new AtomicInteger();
        CountDownLatch arriving = new CountDownLatch(1);
        BatchExportsClient client = server.options()
                .httpClient(http -> http.doOnResponse((response, connection) -> {
                    if (answers.incrementAndGet() == page) {
                        arriving.countDown();
                    }
                }))
                .build();
        closer.execute(() -> closeSoonAfter(arriving, delay, client));
        Listing listing = new Listing(random.nextBoolean());
        client.list(ListOptions.builder()
                        .pageSize(PAGE)
                        .readAhead(random.nextInt(2))
                        .build())
                .subscribe(listing);
        listing.awaitEnd();
        client.close();
        return listing;
    }

    private static void closeSoonAfter(CountDownLatch arriving, long nanos, BatchExportsClient client) {
        try {
            arriving.await();
        } catch (InterruptedException e) {
            return;
        }
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        client.close();
    }

    /** What is wrong with how a listing ended, or null. */
    private @Nullable String fault(Listing listing) {
        List<String> all = new ArrayList<>(listing.ids);
        if (listing.failure == null) {
            return all.equals(ExportsServer.ids(0, EXPORTS)) ? null : "completed after " + all;
        }
        if (!(listing.failure instanceof ClientClosedException)) {
            return "failed with " + listing.failure;
        }
        if (all.size() == EXPORTS) {
            return "failed after its last export";
        }
        String from = ((BatchExportsException) listing.failure).resumeFrom();
        if (from == null && !all.isEmpty()) {
            return "has no cursor after " + all.size() + " exports";
        }
        List<String> rest = other.list(
                        ListOptions.builder().pageSize(PAGE).from(from).build())
                .map(ExportRequest::id)
                .collectList()
                .block(PATIENCE);
        all.addAll(rest);
        return all.equals(ExportsServer.ids(0, EXPORTS))
                ? null
                : listing.ids.size() + " exports and then, from " + ExportsServer.offset(from) + " on, " + rest.size();
    }

    /** Requests everything at once, or one export after the other. */
    private static final class Listing extends BaseSubscriber<ExportRequest> {

        private final List<String> ids = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final boolean oneByOne;
        private @Nullable Throwable failure;

        Listing(boolean oneByOne) {
            this.oneByOne = oneByOne;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(oneByOne ? 1 : Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(ExportRequest export) {
            ids.add(export.id());
            if (oneByOne) {
                request(1);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure = error;
            ended.countDown();
        }

        @Override
        protected void hookOnComplete() {
            ended.countDown();
        }

        void awaitEnd() {
            try {
                assertThat(ended.await(20, TimeUnit.SECONDS)).as("ended").isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
