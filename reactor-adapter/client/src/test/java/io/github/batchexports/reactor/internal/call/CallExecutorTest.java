package io.github.batchexports.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.policy.Pace;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.RestApiKey;
import io.github.batchexports.reactor.internal.http.ExchangeTimeout;
import io.github.batchexports.reactor.internal.http.RestApiKeys;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class CallExecutorTest {

    private static final ApiCall CALL =
            new ApiCall(CallContext.of(Operation.LIST, null), URI.create("http://localhost/"));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final RetryPolicy TEN_THOUSAND = RetryPolicy.builder()
            .maxAttempts(10_000)
            .firstDelay(Duration.ZERO)
            .maxElapsed(Duration.ofDays(1))
            .build();

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final TimeSource time = new TimeSource(clock);
    private final LocalPacer pacer = new LocalPacer(Pace.perSecond(0), time);

    @AfterEach
    void end() {
        clock.dispose();
    }

    private Flux<String> attempts(Function<Attempt, Publisher<String>> exchange) {
        return executor(HttpClient.create()).stream(CALL, exchange);
    }

    private CallExecutor executor(HttpClient http) {
        Transport transport = new Transport(
                http, RestApiKeys.of(RestApiKey.of("key")), TIMEOUT, 1024, time, new ExchangeTimeout(TIMEOUT, time));
        return new CallExecutor(transport, pacer, TEN_THOUSAND, time, Attempt.Observer.NONE);
    }

    private static ServerException busy(Attempt attempt) {
        return new ServerException(attempt.context(), new ErrorResponse(503, null, null));
    }

    @Test
    void tenThousandAttemptsTakeNoStackAndKeepFewFailures() {
        StepVerifier.create(attempts(attempt -> Mono.error(busy(attempt))))
                .then(() -> clock.advanceTimeBy(Duration.ofSeconds(1)))
                .expectErrorSatisfies(error -> {
                    assertThat(((ServerException) error).attempts()).isEqualTo(10_000);
                    assertThat(error.getSuppressed())
                            .extracting(earlier -> ((ServerException) earlier).attempts())
                            .containsExactly(1, 9_996, 9_997, 9_998, 9_999);
                })
                .verify(Duration.ofSeconds(60));
    }

    @Test
    void cancelReachesTheExchangeOfALateAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        Disposable call = attempts(attempt -> attempts.incrementAndGet() < 5_000
                        ? Mono.error(busy(attempt))
                        : Mono.<String>never().doOnCancel(cancelled::incrementAndGet))
                .subscribe();
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(attempts).hasValue(5_000);
        call.dispose();
        assertThat(cancelled).hasValue(1);
    }

    /** On one connection, the second request arrives after the first one was answered. */
    @Test
    void permitGrantedAfterACreationWasGivenUpSendsNothing() throws Exception {
        ConnectionProvider oneConnection = ConnectionProvider.create("one", 1);
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return new MockResponse.Builder().body("{}").build();
                }
            });
            server.start();
            URI uri = server.url("/").uri();
            CallExecutor executor = executor(HttpClient.create(oneConnection));
            pacer.holdFor(Duration.ofSeconds(9));
            Arrival arrival = new Arrival();
            ApiCall creation = new ApiCall(CallContext.of(Operation.CREATE, null), uri, "{}");
            Disposable created =
                    executor.callOnce(creation, (body, call) -> "", arrival).subscribe();
            assertThat(arrival.giveUp()).isFalse();
            clock.advanceTimeBy(Duration.ofSeconds(9));
            executor.call(new ApiCall(CALL.context(), uri), (body, call) -> "").block(TIMEOUT);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
            created.dispose();
        } finally {
            oneConnection.dispose();
        }
    }
}
