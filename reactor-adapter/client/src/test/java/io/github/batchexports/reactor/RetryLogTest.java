package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

/** What is logged of retries and holds. */
class RetryLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Logger log = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(BatchExportsClient.class);
    private final Level before = log.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final ExportsServer server = new ExportsServer(5);

    @BeforeEach
    void listen() {
        logged.start();
        log.setLevel(Level.INFO);
        log.addAppender(logged);
    }

    @AfterEach
    void restore() {
        log.detachAppender(logged);
        log.setLevel(before);
        server.close();
    }

    private List<String> lines(ExportsServer.Fault fault) {
        server.fault(fault);
        RetryPolicy quick = RetryPolicy.builder()
                .firstDelay(Duration.ofMillis(1))
                .jitter(() -> 1)
                .build();
        try (BatchExportsClient client = server.options().retry(quick).build()) {
            client.list(ListOptions.builder()
                            .from(ExportsServer.cursor(2))
                            .pageSize(3)
                            .build())
                    .blockLast(PATIENCE);
        }
        assertThat(logged.list).allMatch(event -> event.getLevel() == Level.INFO);
        assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage).allSatisfy(line -> assertThat(line)
                .hasLineCount(1)
                .doesNotContain(ExportsServer.KEY, ExportsServer.cursor(2)));
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void retryIsLoggedWithFailureAttemptAndDelay() {
        assertThat(lines((call, request) -> call <= 2 ? ExportsServer.refusal(503, ExportsServer.KEY) : null))
                .containsExactly(
                        "list exports failed: HTTP 503 *** \"as the test says\"; try again later; "
                                + "attempt 2 follows in 1 ms",
                        "list exports failed (attempt 2): HTTP 503 *** \"as the test says\"; try again later; "
                                + "attempt 3 follows in 2 ms");
    }

    @Test
    void holdAfterARefusalIsLogged() {
        assertThat(lines((call, request) -> call == 1 ? ExportsServer.refusal(429, "TOO_MANY_REQUESTS") : null))
                .singleElement()
                .asString()
                .startsWith("list exports failed: HTTP 429 TOO_MANY_REQUESTS")
                .matches(".*; all calls of the project are held for [0-9]+ ms; attempt 2 follows in [0-9]+ ms");
    }

    @Test
    void holdAfterARefusalThatIsNotRetriedIsLogged() {
        server.fault((call, request) -> ExportsServer.refusal(429, "TOO_MANY_REQUESTS")
                .newBuilder()
                .addHeader("Retry-After", "7")
                .build());
        try (BatchExportsClient client =
                server.options().retry(RetryPolicy.none()).build()) {
            StepVerifier.create(client.list())
                    .expectError(RateLimitedException.class)
                    .verify(PATIENCE);
        }
        assertThat(logged.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .matches("list exports failed: HTTP 429 .*; all calls of the project are held for [67][0-9]{3} ms");
    }

    @Test
    void holdAfterASuccessIsLogged() {
        assertThat(lines((call, request) -> new MockResponse.Builder()
                        .addHeader("X-RateLimit-Remaining", "0")
                        .addHeader(
                                "X-RateLimit-Reset",
                                Instant.now().plusSeconds(60).getEpochSecond())
                        .body(ExportsServer.page("", null))
                        .build()))
                .singleElement()
                .asString()
                .matches("list exports: the project's rate is used up; all its calls are held for [0-9]{5} ms");
    }

    @Test
    void successIsNotLogged() {
        assertThat(lines((call, request) -> null)).isEmpty();
    }
}
