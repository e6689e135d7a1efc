package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/**
 * Every kind of fault, on the first, a middle and the last page, once and always: each export arrives once and in order, or
 * the error says what broke, and resuming from it delivers exactly the rest.
 */
class FaultMatrixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For faults that end by it; for all others the client is patient, since its first exchange is slow. */
    private static final Duration SHORT = Duration.ofMillis(400);

    private static final int SIZE = 30;
    private static final int PAGE = 10;
    private static final int ATTEMPTS = 3;

    /** The delivered items, and the error, if any. */
    private record Outcome(List<String> ids, @Nullable BatchExportsException error) {}

    static Stream<Arguments> cases() {
        return Fault.all().stream().flatMap(fault -> Stream.of(0, 1, 2)
                .flatMap(page -> Stream.of(true, false).map(once -> Arguments.of(fault, page, once))));
    }

    @Test
    void matrixHasAtLeastFortyFaults() {
        assertThat(Fault.all()).extracting(Fault::name).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest(name = "{0}, page {1}, once: {2}")
    @MethodSource("cases")
    void eachExportArrivesOnceOrTheErrorHasTheResumeCursor(Fault fault, int page, boolean once) {
        AtomicInteger left = new AtomicInteger(once ? 1 : Integer.MAX_VALUE);
        try (RawServer server = new RawServer(request -> {
                    long offset = offset(request);
                    return offset == page * PAGE && left.getAndDecrement() > 0 ? fault.reply() : listing(offset);
                });
                BatchExportsClient client = client(server, timeout(fault))) {
            Outcome first = drain(client, null);
            boolean recovers = once && fault.retried();
            if (recovers) {
                assertThat(first.error()).isNull();
                assertThat(first.ids()).isEqualTo(ExportsServer.ids(0, SIZE));
                assertThat(server.calls()).isEqualTo(SIZE / PAGE + 1);
                return;
            }
            assertThat(first.ids()).isEqualTo(ExportsServer.ids(0, page * PAGE));
            BatchExportsException error = first.error();
            assertThat(error).isExactlyInstanceOf(fault.kind());
            assertThat(error.isTransient()).isEqualTo(fault.retried());
            int attempts = fault.retried() ? ATTEMPTS : 1;
            assertThat(server.calls()).isEqualTo(page + attempts);
            assertThat(error.attempts()).isEqualTo(attempts);
            assertThat(error.getSuppressed()).hasSize(attempts - 1);
            assertThat(error.getMessage()).hasLineCount(1).doesNotContain(ExportsServer.KEY);
            assertThat(error.resumeFrom()).isEqualTo(page == 0 ? null : ExportsServer.cursor(page * PAGE));

            left.set(0);
            Outcome rest = drain(client, error.resumeFrom());
            assertThat(rest.error()).isNull();
            assertThat(rest.ids()).isEqualTo(ExportsServer.ids(page * PAGE, SIZE));
        }
    }

    @Test
    void pooledConnectionClosedByTheServerIsReplaced() {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(request -> {
                    Reply reply = listing(offset(request));
                    // Keeps alive by its headers, but closes: the client finds out when it uses the connection again.
                    return calls.getAndIncrement() % 2 == 0 ? new Reply(reply.bytes(), After.CLOSE) : reply;
                });
                BatchExportsClient client = client(server, PATIENCE)) {
            Outcome outcome = drain(client, null);
            assertThat(outcome.error()).isNull();
            assertThat(outcome.ids()).isEqualTo(ExportsServer.ids(0, SIZE));
        }
    }

    @Test
    void refusedConnectionIsRetriedAndReported() {
        RawServer server = new RawServer(request -> listing(0));
        server.close();
        try (BatchExportsClient client = client(server, PATIENCE)) {
            Outcome outcome = drain(client, null);
            assertThat(outcome.error()).hasMessageContaining("refused");
            assertThat(outcome.error().attempts()).isEqualTo(ATTEMPTS);
        }
    }

    private static Duration timeout(Fault fault) {
        return switch (fault.reply().after()) {
            case STALL, DRIP -> SHORT;
            default -> PATIENCE;
        };
    }

    private static BatchExportsClient client(RawServer server, Duration timeout) {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(server.baseUrl())
                .requestsPerSecond(0)
                .responseTimeout(timeout)
                .maxPageBytes(200_000)
                .retry(RetryPolicy.builder()
                        .maxAttempts(ATTEMPTS)
                        .firstDelay(Duration.ofMillis(1))
                        .build())
                .build();
    }

    private static Outcome drain(BatchExportsClient client, @Nullable String from) {
        List<String> ids = new ArrayList<>();
        ListOptions query = ListOptions.builder().pageSize(PAGE).from(from).build();
        AtomicReference<BatchExportsException> error = new AtomicReference<>();
        client.list(query)
                .map(ExportRequest::id)
                .doOnNext(ids::add)
                .then()
                .onErrorResume(BatchExportsException.class, failure -> {
                    error.set(failure);
                    return Mono.empty();
                })
                .block(PATIENCE);
        return new Outcome(ids, error.get());
    }

    private static long offset(RawServer.Request request) {
        HttpUrl url = HttpUrl.get("http://localhost" + request.target());
        return ExportsServer.offset(url.queryParameter("from"));
    }

    private static Reply listing(long offset) {
        return Fault.bytes(Fault.ok(ExportsServer.page(offset, PAGE, SIZE)), After.KEEP);
    }
}
