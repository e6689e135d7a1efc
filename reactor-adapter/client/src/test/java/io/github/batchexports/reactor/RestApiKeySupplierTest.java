package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.ExportChange;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.RestApiKeyException;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Keys that the application supplies: one for each attempt, and what happens if it throws. */
class RestApiKeySupplierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(5);
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        server.close();
    }

    private BatchExportsClientBuilder options(Supplier<String> keys) {
        return server.optionsWithoutKey()
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .firstDelay(Duration.ofMillis(1))
                        .build())
                .restApiKeySupplier(keys);
    }

    private String rotating() {
        return "key-" + asked.incrementAndGet();
    }

    private void record() {
        server.fault((call, request) -> {
            sent.add(request.getHeaders().get("Authorization"));
            return call == 1 ? ExportsServer.refusal(503, "AGAIN") : null;
        });
    }

    @Test
    void eachAttemptAsksForItsOwnKey() {
        record();
        try (BatchExportsClient client = options(this::rotating).build()) {
            assertThat(asked).hasValue(0);
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(5);
            client.list().blockLast(PATIENCE);
            assertThat(sent).containsExactly("Bearer key-1", "Bearer key-2", "Bearer key-3");
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void supplierIsCalledAfterThePermit() {
        List<String> order = new ArrayList<>();
        RequestPacer pacer = new RequestPacer() {
            @Override
            public Mono<Permit> acquire() {
                return Mono.<Permit>fromSupplier(FreePermit::new).doOnNext(permit -> order.add("permit"));
            }

            @Override
            public void holdFor(Duration time) {}
        };
        Supplier<String> keys = () -> {
            order.add("key");
            return ExportsServer.KEY;
        };
        try (BatchExportsClient client = options(keys).pacer(project -> pacer).build()) {
            client.list().blockLast(PATIENCE);
            assertThat(order).containsExactly("permit", "key");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "null", "empty", "two\nlines", "schlüssel"})
    void invalidKeyFailsOnlyItsCallBeforeSending(String what) {
        Supplier<String> keys = () -> {
            if (asked.incrementAndGet() > 1) {
                return ExportsServer.KEY;
            }
            return switch (what) {
                case "throws" -> throw new IllegalStateException("the vault is closed");
                case "null" -> null;
                case "empty" -> "";
                default -> what;
            };
        };
        try (BatchExportsClient client = options(keys).build()) {
            RestApiKeyException failure = catchThrowableOfType(
                    RestApiKeyException.class, () -> client.list().blockLast(PATIENCE));
            assertThat(failure).hasMessageStartingWith("list exports failed: restApiKeySupplier gave no key: ");
            assertThat(failure.getMessage()).doesNotContain(what.equals("throws") ? "vault" : "lines");
            assertThat(failure.isTransient()).isFalse();
            if (what.equals("throws")) {
                assertThat(failure).hasCauseExactlyInstanceOf(IllegalStateException.class);
            }
            assertThat(server.calls()).isZero();
            assertThat(asked).hasValue(1);
            assertThat(client.list().count().block(PATIENCE)).isEqualTo(5);
        }
    }

    @Test
    void watchReportsTheFailureAndAsksAgain() {
        Supplier<String> keys = () -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("the vault is closed");
            }
            return ExportsServer.KEY;
        };
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (BatchExportsClient client = options(keys).build()) {
            WatchOptions options = WatchOptions.builder()
                    .interval(Duration.ofSeconds(1))
                    .onPoll(poll -> {
                        if (!poll.isSuccess()) {
                            failures.add(poll.failure());
                        }
                    })
                    .build();
            StepVerifier.create(client.watch(options).map(ExportChange::export).take(5))
                    .expectNextCount(5)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(failures).singleElement().isInstanceOf(RestApiKeyException.class);
        }
    }

    @Test
    void messagesMaskTheCurrentAndThePreviousKey() {
        server.fault((call, request) -> ExportsServer.refusal(call == 1 ? 503 : 401, "key-1 key-2"));
        try (BatchExportsClient client = options(this::rotating).build()) {
            AuthenticationException failure = catchThrowableOfType(
                    AuthenticationException.class, () -> client.list().blockLast(PATIENCE));
            assertThat(failure).hasMessageContaining("HTTP 401 *** ***");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void supplierExceptionThatShowsAKeyIsDropped() {
        Supplier<String> keys = () -> {
            if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("no successor of " + ExportsServer.KEY);
            }
            return ExportsServer.KEY;
        };
        try (BatchExportsClient client = options(keys).build()) {
            client.list().blockLast(PATIENCE);
            RestApiKeyException failure = catchThrowableOfType(
                    RestApiKeyException.class, () -> client.list().blockLast(PATIENCE));
            assertThat(failure.getCause()).isNull();
            assertThat(failure.getMessage()).doesNotContain(ExportsServer.KEY);
        }
    }

    @Test
    void exactlyOneSourceOfTheKeyIsRequired() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        options(this::rotating).restApiKey(ExportsServer.KEY).build())
                .withMessageContaining("restApiKey and restApiKeySupplier are both set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.optionsWithoutKey().build())
                .withMessageContaining("restApiKey is missing");
    }
}
