package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.policy.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.function.Tuple2;

/** Watches that share pages with other processes, through a cache in memory or one that misbehaves. */
class PollCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final ExportsServer server = new ExportsServer(253);
    private final List<BatchExportsClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(BatchExportsClient::close);
        server.close();
    }

    private BatchExportsClient client(PollCache cache) {
        return client(server.options(), cache);
    }

    private BatchExportsClient client(BatchExportsClientBuilder options, PollCache cache) {
        BatchExportsClient client = options.pollCache(project -> cache).build();
        clients.add(client);
        return client;
    }

    private static Flux<ExportChange> all(BatchExportsClient client) {
        return client.watch().take(253);
    }

    private static void assertSeesAll(BatchExportsClient client) {
        assertThat(all(client).map(change -> change.export().id()).collectList().block(PATIENCE))
                .isEqualTo(ExportsServer.ids(0, 253));
    }

    /** Keeps pages forever, and records what it is asked for. */
    private static final class MemoryCache implements PollCache {
        final Map<String, byte[]> pages = new ConcurrentHashMap<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<Duration> ages = new CopyOnWriteArrayList<>();

        @Override
        public Mono<byte[]> getOrFetch(String page, Duration maxAge, Mono<byte[]> fetch) {
            asked.add(page);
            ages.add(maxAge);
            byte[] kept = pages.get(page);
            return kept != null ? Mono.just(kept) : fetch.doOnNext(body -> pages.put(page, body));
        }
    }

    @Test
    void watchesOfSeveralClientsSharePages() {
        MemoryCache cache = new MemoryCache();
        for (int i = 0; i < 3; i++) {
            assertSeesAll(client(cache));
        }
        assertThat(server.calls()).isEqualTo(3);
        assertThat(cache.asked).hasSize(9);
        assertThat(cache.asked.get(0)).isEqualTo("limit=100");
        assertThat(cache.asked.get(1)).startsWith("limit=100&from=%2B%2F");
        assertThat(String.join(" ", cache.asked)).doesNotContain(ExportsServer.KEY, ExportsServer.PROJECT);
        assertThat(cache.pages.get("limit=100")).isEqualTo(server.page(0, 100).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cachedPageIsNotCountedAsACall() {
        MemoryCache cache = new MemoryCache();
        List<PollResult> polls = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2; i++) {
            Sinks.Empty<Void> polled = Sinks.empty();
            client(cache)
                    .watch(WatchOptions.builder()
                            .onPoll(poll -> {
                                polls.add(poll);
                                polled.tryEmitEmpty();
                            })
                            .build())
                    .takeUntilOther(polled.asMono())
                    .blockLast(PATIENCE);
        }
        assertThat(polls).extracting(PollResult::pages).containsExactly(3, 3);
        assertThat(polls).extracting(PollResult::calls).containsExactly(3, 0);
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void maxAgeIsSlightlyBelowTheShortestInterval() {
        MemoryCache cache = new MemoryCache();
        BatchExportsClient client = client(cache);
        assertSeesAll(client);
        client.watch(WatchOptions.builder().interval(Duration.ofSeconds(2)).build())
                .take(253)
                .blockLast(PATIENCE);
        assertThat(cache.ages.subList(0, 3)).containsOnly(Duration.ofSeconds(29));
        assertThat(cache.ages.subList(3, 6)).containsOnly(Duration.ofMillis(1_800));
    }

    @Test
    void listingsAndViewsNeverUseTheCache() {
        MemoryCache cache = new MemoryCache();
        BatchExportsClient client = client(cache);
        assertThat(client.list().count().block(PATIENCE)).isEqualTo(253);
        server.fault((call, request) -> ExportsServer.json("{\"id\":\"a\",\"status\":\"SUCCESS\",\"files\":[]}"));
        client.view("a").block(PATIENCE);
        client.awaitCompletion("a").block(PATIENCE);
        assertThat(cache.asked).isEmpty();
    }

    private void assertFetchesOnceForItself(PollCache cache) {
        assertSeesAll(client(cache));
        assertThat(server.calls()).isEqualTo(3);
    }

    private void assertFetchesOnceForItselfAfter(Duration timeout, PollCache cache) {
        assertSeesAll(client(server.options().responseTimeout(timeout), cache));
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void throwingCacheIsBypassed() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> {
            throw new IllegalStateException("of the cache");
        });
    }

    @Test
    void failingCacheIsBypassed() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> Mono.error(new IllegalStateException("of the cache")));
    }

    @Test
    void cacheFailingAfterTheFetchCausesNoSecondCall() {
        assertFetchesOnceForItself(
                (page, maxAge, fetch) -> fetch.then(Mono.error(new IllegalStateException("cannot store it"))));
    }

    @Test
    void emptyCacheIsBypassed() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> Mono.empty());
    }

    @Test
    void silentCacheIsBypassedAfterTheResponseTimeout() {
        assertFetchesOnceForItselfAfter(SHORT, (page, maxAge, fetch) -> Mono.never());
    }

    @Test
    void cacheSilentAfterTheFetchCausesNoSecondCall() {
        assertFetchesOnceForItselfAfter(SHORT, (page, maxAge, fetch) -> fetch.then(Mono.never()));
    }

    @Test
    void cacheWithAMalformedPageIsBypassed() {
        assertFetchesOnceForItself(
                (page, maxAge, fetch) -> Mono.just("{\"exports\":".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void cacheWithARepeatedCursorIsBypassed() {
        byte[] back = ExportsServer.page("", "x").getBytes(StandardCharsets.UTF_8);
        assertFetchesOnceForItself((page, maxAge, fetch) -> Mono.just(back));
    }

    @Test
    void fetchSubscribedToTwiceCallsOnce() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> fetch.then(fetch));
    }

    @Test
    void fetchSubscribedToTwiceAtOnceCallsOnce() {
        assertFetchesOnceForItself(
                (page, maxAge, fetch) -> Mono.zip(fetch, fetch).map(Tuple2::getT2));
    }

    @Test
    void fetchThatTheCacheDoesNotWaitForCausesNoSecondCall() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> {
            fetch.subscribe();
            return Mono.empty();
        });
    }

    @Test
    void fetchThatTheCacheGivesUpIsNotCalledAgain() {
        Sinks.Many<Integer> calls = Sinks.many().multicast().directBestEffort();
        server.fault((call, request) -> {
            calls.tryEmitNext(call);
            return null;
        });
        assertFetchesOnceForItself(
                (page, maxAge, fetch) -> fetch.takeUntilOther(calls.asFlux().next()));
    }

    @Test
    void cancelOfTheWatchCancelsTheCallWhateverTheCacheDid() {
        Sinks.Empty<Void> called = Sinks.empty();
        Sinks.Empty<Void> disconnected = Sinks.empty();
        server.fault((call, request) -> {
            called.tryEmitEmpty();
            return new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build();
        });
        BatchExportsClientBuilder options =
                server.options().httpClient(http -> http.doOnDisconnected(connection -> disconnected.tryEmitEmpty()));
        BatchExportsClient client = client(options, (page, maxAge, fetch) -> {
            fetch.subscribe();
            return Mono.zip(fetch, fetch).map(Tuple2::getT1);
        });
        client.watch().takeUntilOther(called.asMono()).blockLast(PATIENCE);
        disconnected.asMono().block(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void secondValueOfTheCacheIsIgnored() {
        assertFetchesOnceForItself((page, maxAge, fetch) -> fetch.flatMap(body -> new Mono<byte[]>() {
            @Override
            public void subscribe(CoreSubscriber<? super byte[]> subscriber) {
                subscriber.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        subscriber.onNext(body);
                        subscriber.onNext(body);
                        subscriber.onComplete();
                        subscriber.onComplete();
                    }

                    @Override
                    public void cancel() {}
                });
            }
        }));
    }

    @Test
    void malformedPageIsNotPassedToTheCache() {
        MemoryCache cache = new MemoryCache();
        server.fault((call, request) -> call == 1 ? ExportsServer.json("{\"exports\":[{]}") : null);
        BatchExportsClient client = client(server.options().retry(RetryPolicy.none()), cache);
        StepVerifier.create(all(client)).expectError().verify(PATIENCE);
        assertThat(cache.pages).isEmpty();
    }

    @Test
    void fetchFailureIsThePollsFailureEvenIfTheCacheMapsIt() {
        server.fault((call, request) -> ExportsServer.refusal(401, "AUTHENTICATION_INVALID"));
        StepVerifier.create(client((page, maxAge, fetch) ->
                                fetch.onErrorMap(failure -> new IllegalStateException("of the cache")))
                        .watch())
                .expectError(AuthenticationException.class)
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelReachesTheCache() {
        AtomicBoolean cancelled = new AtomicBoolean();
        PollCache cache = (page, maxAge, fetch) -> Mono.<byte[]>never().doOnCancel(() -> cancelled.set(true));
        client(cache).watch().subscribe().dispose();
        assertThat(cancelled).isTrue();
        assertThat(server.calls()).isZero();
    }

    @Test
    void cacheHasTheSubscribersReactorContext() {
        List<@Nullable String> contexts = new CopyOnWriteArrayList<>();
        PollCache cache = (page, maxAge, fetch) -> Mono.deferContextual(context -> {
            contexts.add(context.getOrDefault("who", null));
            return fetch;
        });
        all(client(cache)).contextWrite(context -> context.put("who", "me")).blockLast(PATIENCE);
        assertThat(contexts).containsExactly("me", "me", "me");
    }
}
