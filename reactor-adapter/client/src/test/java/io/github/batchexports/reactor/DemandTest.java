package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What demand costs, counted at the server: 253 exports by pages of 10. */
class DemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(253);
    private final BatchExportsClient client = server.options().build();
    private final AtomicInteger fences = new AtomicInteger();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ListOptions byTen() {
        return ListOptions.builder().pageSize(10).build();
    }

    /** The calls so far. Three more complete over the same connections first, so that none is still on its way. */
    private int calls() {
        fences.incrementAndGet();
        client.listPages(byTen()).take(3).blockLast(PATIENCE);
        return server.calls() - 3 * fences.get();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "11, 2", "20, 2", "21, 3", "250, 25", "252, 26"})
    void requestedItemsCostOnlyTheirPages(int items, int pages) {
        StepVerifier.create(client.list(byTen()).map(ExportRequest::id), items)
                .expectNextSequence(ExportsServer.ids(0, items))
                .then(() -> assertThat(calls()).isEqualTo(pages))
                .thenCancel()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "25, 3", "30, 3"})
    void takenItemsCostOnlyTheirPages(int items, int pages) {
        assertThat(client.list(byTen())
                        .take(items)
                        .map(ExportRequest::id)
                        .collectList()
                        .block(PATIENCE))
                .isEqualTo(ExportsServer.ids(0, items));
        assertThat(calls()).isEqualTo(pages);
    }

    @Test
    void noDemandCostsNoCall() {
        StepVerifier.create(client.list(byTen()), 0)
                .expectSubscription()
                .then(() -> assertThat(calls()).isZero())
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void itemsRequestedOneByOneCostTheSamePages() {
        StepVerifier.Step<String> steps =
                StepVerifier.create(client.list(byTen()).map(ExportRequest::id), 0);
        for (int i = 0; i < 30; i++) {
            steps = steps.thenRequest(1).expectNext(ExportsServer.id(i));
        }
        steps.then(() -> assertThat(calls()).isEqualTo(3)).thenCancel().verify(PATIENCE);
    }

    @Test
    void wholeListingCostsEachPageOnce() {
        StepVerifier.create(client.list(byTen()).map(ExportRequest::id))
                .expectNextSequence(ExportsServer.ids(0, 253))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(26);
    }

    @Test
    void unboundedDemandMayBeRepeated() {
        StepVerifier.create(client.list(byTen()), Long.MAX_VALUE)
                .thenRequest(Long.MAX_VALUE)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(253)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(26);
    }

    @Test
    void listingCompletesAfterTheLastItemWithoutFurtherDemand() {
        StepVerifier.create(client.list(byTen()), 253)
                .expectNextCount(253)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void consumerHeldOnItsFirstItemCostsOnePage() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        var subscription = client.list(byTen())
                .concatMap(item -> Mono.never().doOnSubscribe(s -> held.countDown()), 1)
                .subscribe();
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(calls()).isEqualTo(1);
        subscription.dispose();
    }

    @Test
    void demandedPageIsFetchedWhileTheOneBeforeIsDelivered() throws InterruptedException {
        CountDownLatch secondCall = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.fault((call, request) -> {
            if (call == 2) {
                secondCall.countDown();
                release.await();
            }
            return null;
        });
        StepVerifier.create(client.list(byTen()), 11)
                .expectNextCount(10)
                .then(() -> await(secondCall))
                .then(release::countDown)
                .expectNextCount(1)
                .then(() -> assertThat(calls()).isEqualTo(2))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void readAheadFetchesExactlyOnePageBeyondDemand() throws InterruptedException {
        CountDownLatch secondCall = new CountDownLatch(2);
        CountDownLatch thirdCall = new CountDownLatch(3 + 3);
        server.fault((call, request) -> {
            secondCall.countDown();
            thirdCall.countDown();
            return null;
        });
        ListOptions query = ListOptions.builder().pageSize(10).readAhead(1).build();
        StepVerifier.create(client.list(query), 10)
                .expectNextCount(10)
                .then(() -> await(secondCall))
                .then(() -> assertThat(calls()).isEqualTo(2))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> await(thirdCall))
                .then(() -> assertThat(calls()).isEqualTo(3))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void readAheadWaitsForTheFirstDemand() {
        ListOptions query = ListOptions.builder().pageSize(10).readAhead(1).build();
        StepVerifier.create(client.list(query), 0)
                .expectSubscription()
                .then(() -> assertThat(calls()).isZero())
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void pagesCostOneCallEach() {
        StepVerifier.create(client.listPages(byTen()).map(page -> page.exports().size()), 2)
                .expectNext(10, 10)
                .then(() -> assertThat(calls()).isEqualTo(2))
                .thenRequest(1)
                .expectNext(10)
                .then(() -> assertThat(calls()).isEqualTo(3))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void eachSubscriberGetsItsOwnListing() {
        Flux<String> ids = client.list(byTen()).map(ExportRequest::id);
        List<List<String>> both =
                Flux.merge(ids.collectList(), ids.collectList()).collectList().block(PATIENCE);
        assertThat(both).containsExactly(ExportsServer.ids(0, 253), ExportsServer.ids(0, 253));
        assertThat(ids.collectList().block(PATIENCE)).isEqualTo(ExportsServer.ids(0, 253));
        assertThat(server.calls()).isEqualTo(3 * 26);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
