package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportType;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Creating exports, counted at a server whose response breaks in every way: one subscription never creates two. */
class CreateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final ExportDefinition DEFINITION =
            ExportDefinition.forAttributes("$region", "prénom").build();
    private static final String CREATED = "{\"id\":\"export_new\"}";

    private static Reply reply(String status, String body, After after) {
        return Reply.text("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length(), body, after);
    }

    private static Reply created() {
        return reply("202 Accepted", CREATED, After.KEEP);
    }

    private static BatchExportsClientBuilder options(String baseUrl) {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(baseUrl)
                .requestsPerSecond(0)
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .firstDelay(Duration.ofMillis(1))
                        .build());
    }

    private static BatchExportsException failure(BatchExportsClient client) {
        return catchThrowableOfType(
                BatchExportsException.class, () -> client.create(DEFINITION).block(PATIENCE));
    }

    @Test
    void createPostsTheDefinitionAndReturnsTheId() {
        try (RawServer server = new RawServer(request -> created());
                BatchExportsClient client = options(server.baseUrl()).build()) {
            Mono<String> creation = client.create(DEFINITION);
            assertThat(server.calls()).isZero();
            assertThat(creation.block(PATIENCE)).isEqualTo("export_new");
            RawServer.Request request = server.first();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/2.8/profiles/export");
            assertThat(new String(request.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo(DEFINITION.toJson());
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer " + ExportsServer.KEY)
                    .containsEntry("x-batch-project", ExportsServer.PROJECT)
                    .containsEntry("content-type", "application/json")
                    .containsEntry("accept", "application/json");
            assertThat(server.calls()).isEqualTo(1);

            creation.block(PATIENCE);
            assertThat(server.calls()).as("each subscription creates one").isEqualTo(2);
        }
    }

    static Stream<Arguments> broken() {
        String head = "HTTP/1.1 202 Accepted\r\nContent-Length: 100";
        return Stream.of(
                Arguments.of("silence", new Reply(new byte[0], After.STALL)),
                Arguments.of("reset after the request", new Reply(new byte[0], After.RESET)),
                Arguments.of("closed after the request", new Reply(new byte[0], After.CLOSE)),
                Arguments.of("408", reply("408 Request Timeout", "", After.KEEP)),
                Arguments.of("500", reply("500 Internal Server Error", "", After.KEEP)),
                Arguments.of("503", reply("503 Service Unavailable\r\nRetry-After: 0", "", After.KEEP)),
                Arguments.of("504", reply("504 Gateway Timeout", "<html>", After.KEEP)),
                Arguments.of("cut by a close", Reply.text(head, "{\"id\":\"ex", After.CLOSE)),
                Arguments.of("cut by a reset", Reply.text(head, "{\"id\":\"ex", After.RESET)),
                Arguments.of("stalled in the middle", Reply.text(head, "{\"id\":\"ex", After.STALL)),
                Arguments.of("cut JSON", reply("202 Accepted", "{\"id\":\"ex", After.KEEP)),
                Arguments.of("no id", reply("202 Accepted", "{\"id\":null}", After.KEEP)),
                Arguments.of("no JSON", reply("200 OK", "<html>", After.KEEP)),
                Arguments.of("no content", Reply.text("HTTP/1.1 204 No Content", "", After.KEEP)),
                Arguments.of(
                        "no HTTP", new Reply("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII), After.CLOSE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void unconfirmedResponseIsNotRetried(String name, Reply reply) {
        try (RawServer server = new RawServer(request -> reply);
                BatchExportsClient client =
                        options(server.baseUrl()).responseTimeout(SHORT).build()) {
            BatchExportsException failure = failure(client);
            assertThat(failure)
                    .isExactlyInstanceOf(ExportUnconfirmedException.class)
                    .hasMessageStartingWith("create export failed: the export may have been created (")
                    .hasMessageContaining("look for it with list")
                    .hasCauseInstanceOf(BatchExportsException.class);
            assertThat(failure.isTransient()).isFalse();
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @Test
    void connectionResetBeforeTheRequestIsNotRetried() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread resetting = new Thread(() -> {
                try {
                    while (true) {
                        Socket socket = listener.accept();
                        connections.incrementAndGet();
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                } catch (IOException closed) {
                    // The end of the test.
                }
            });
            resetting.start();
            try (BatchExportsClient client =
                    options("http://127.0.0.1:" + listener.getLocalPort()).build()) {
                assertThat(failure(client)).isExactlyInstanceOf(ExportUnconfirmedException.class);
                assertThat(connections).hasValue(1);
            }
        }
    }

    @Test
    void pooledConnectionResetDuringThePostIsNotRetried() {
        AtomicInteger posts = new AtomicInteger();
        try (RawServer server = new RawServer(request -> {
                    if (request.method().equals("GET")) {
                        return reply("200 OK", "{\"exports\":[]}", After.KEEP);
                    }
                    posts.incrementAndGet();
                    return new Reply(new byte[0], After.RESET);
                });
                BatchExportsClient client = options(server.baseUrl()).build()) {
            client.list().blockLast(PATIENCE);
            assertThat(failure(client)).isExactlyInstanceOf(ExportUnconfirmedException.class);
            assertThat(posts).hasValue(1);
        }
    }

    @Test
    void rateLimitRefusalIsRetried() {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(request ->
                        calls.incrementAndGet() == 1 ? reply("429 Too Many Requests", "", After.KEEP) : created());
                BatchExportsClient client = options(server.baseUrl()).build()) {
            assertThat(client.create(DEFINITION).block(PATIENCE)).isEqualTo("export_new");
            assertThat(server.calls()).isEqualTo(2);
        }
    }

    @Test
    void timeoutAfterARateLimitRefusalIsNotRetried() {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(request -> calls.incrementAndGet() == 1
                        ? reply("429 Too Many Requests", "", After.KEEP)
                        : new Reply(new byte[0], After.STALL));
                BatchExportsClient client =
                        options(server.baseUrl()).responseTimeout(SHORT).build()) {
            BatchExportsException failure = failure(client);
            assertThat(failure).isExactlyInstanceOf(ExportUnconfirmedException.class);
            assertThat(failure.attempts()).isEqualTo(2);
            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(RateLimitedException.class);
            assertThat(server.calls()).isEqualTo(2);
        }
    }

    @Test
    void refusedConnectionIsRetriedAndReported() throws IOException {
        String closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = "http://127.0.0.1:" + free.getLocalPort();
        }
        try (BatchExportsClient client = options(closed).build()) {
            BatchExportsException failure = failure(client);
            assertThat(failure).isExactlyInstanceOf(TransportException.class);
            assertThat(failure.attempts()).isEqualTo(3);
        }
    }

    @Test
    void closeAfterTheRequestLeavesTheExportUnconfirmed() {
        AtomicReference<BatchExportsClient> client = new AtomicReference<>();
        try (RawServer server = new RawServer(request -> {
            client.get().close();
            return new Reply(new byte[0], After.STALL);
        })) {
            client.set(options(server.baseUrl()).build());
            assertThat(failure(client.get()))
                    .isExactlyInstanceOf(ExportUnconfirmedException.class)
                    .hasMessageContaining("the client was closed meanwhile");
            assertThat(server.calls()).isEqualTo(1);
            assertThat(failure(client.get())).isExactlyInstanceOf(ClientClosedException.class);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @Test
    void closeWhileARefusedCreationWaitsIsKnownToHaveMadeNone() {
        AtomicReference<BatchExportsClient> client = new AtomicReference<>();
        try (RawServer server =
                new RawServer(request -> reply("429 Too Many Requests\r\nRetry-After: 60", "", After.KEEP))) {
            client.set(options(server.baseUrl())
                    .pacer(project -> new ClosingPacer(client))
                    .build());
            assertThat(failure(client.get())).isExactlyInstanceOf(ClientClosedException.class);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    /** Closes the client as soon as the server asks for a hold. */
    private record ClosingPacer(AtomicReference<BatchExportsClient> client)
            implements RequestPacer, RequestPacer.Permit {
        @Override
        public Mono<Permit> acquire() {
            return Mono.just(this);
        }

        @Override
        public void holdFor(Duration time) {
            client.get().close();
        }

        @Override
        public void sent() {}

        @Override
        public void release() {}
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("400 Bad Request", InvalidRequestException.class),
                Arguments.of("422 Unprocessable Entity", InvalidRequestException.class),
                Arguments.of("401 Unauthorized", AuthenticationException.class),
                Arguments.of("307 Temporary Redirect\r\nLocation: /elsewhere", ServerException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusalFailsWithTheKindOfItsStatus(String status, Class<?> kind) {
        try (RawServer server = new RawServer(request -> reply(
                        status, "{\"error_code\":\"MISSING_PARAMETER\",\"error_message\":\"from\"}", After.KEEP));
                BatchExportsClient client = options(server.baseUrl()).build()) {
            assertThat(failure(client)).isExactlyInstanceOf(kind);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "other"})
    void invalidDefinitionIsRejectedBeforeAnyCall(String member) {
        try (RawServer server = new RawServer(request -> created());
                BatchExportsClient client = options(server.baseUrl()).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.create(ExportDefinition.of(Map.of(member, 1))))
                    .withMessageContaining("export_type");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.create(ExportDefinition.builder()
                            .exportType(ExportType.ATTRIBUTES)
                            .attributes(List.of())
                            .build()))
                    .withMessageContaining("neither attributes nor identifiers");
            client.create(ExportDefinition.of(Map.of("export_type", "OTHER"))).block(PATIENCE);
            assertThat(server.calls()).isEqualTo(1);
        }
    }
}
