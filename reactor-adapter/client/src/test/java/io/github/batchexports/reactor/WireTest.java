package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What is sent over the wire, and how responses are read. */
class WireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(30);
    private final AtomicReference<RecordedRequest> last = new AtomicReference<>();
    private final BatchExportsClient client =
            server.options().retry(RetryPolicy.none()).build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private RecordedRequest requestOf(ListOptions query) {
        server.fault((call, request) -> {
            last.set(request);
            return ExportsServer.json(ExportsServer.page("", null));
        });
        client.list(query).blockLast(PATIENCE);
        return last.get();
    }

    private BatchExportsException failureOf(MockResponse answer) {
        server.fault((call, request) -> answer);
        AtomicReference<BatchExportsException> failure = new AtomicReference<>();
        StepVerifier.create(client.list())
                .expectErrorSatisfies(error -> failure.set((BatchExportsException) error))
                .verify(PATIENCE);
        return failure.get();
    }

    @Test
    void firstCallHasNoCursorAndTheLargestLimit() {
        RecordedRequest request = requestOf(ListOptions.builder().build());
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget()).isEqualTo("/2.8/exports/list?limit=100");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + ExportsServer.KEY);
        assertThat(request.getHeaders().get("X-Batch-Project")).isEqualTo(ExportsServer.PROJECT);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Accept-Encoding")).contains("gzip");
        assertThat(request.getHeaders().get("User-Agent")).matches("batch-exports-java/[0-9]+\\.[0-9]+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MjAyNC0wMS0wMVQwMDowMDowMFo=", "a+b/c==", "50%&x=y z", "é日本🙂", "%2B", "a#b?c"})
    void cursorReachesTheServerUnchanged(String cursor) {
        RecordedRequest request = requestOf(ListOptions.builder().from(cursor).build());
        assertThat(request.getUrl().queryParameter("from")).isEqualTo(cursor);
        assertThat(request.getTarget()).doesNotContain("+");
    }

    @Test
    void baseUrlPathAndApiVersionAreKept() {
        server.fault((call, request) -> {
            last.set(request);
            return null;
        });
        try (BatchExportsClient other = server.options()
                .baseUrl(server.baseUrl() + "/prefix/")
                .apiVersion("2.13")
                .build()) {
            other.list().take(1).blockLast(PATIENCE);
        }
        assertThat(last.get().getTarget()).isEqualTo("/prefix/2.13/exports/list?limit=100");
    }

    @Test
    void compressedPageIsRead() throws Exception {
        Buffer gzip = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(gzip))) {
            sink.writeUtf8(server.page(0, 100));
        }
        server.fault((call, request) -> new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(gzip)
                .build());
        assertThat(client.list().map(ExportRequest::id).collectList().block(PATIENCE))
                .isEqualTo(ExportsServer.ids(0, 30));
    }

    @Test
    void pageHasItsCursorsAndCount() {
        ExportPage page = client.listPages(ListOptions.builder()
                        .pageSize(10)
                        .from(ExportsServer.cursor(10))
                        .build())
                .blockFirst(PATIENCE);
        assertThat(page).isNotNull();
        assertThat(page.from()).isEqualTo(ExportsServer.cursor(10));
        assertThat(page.nextFrom()).isEqualTo(ExportsServer.cursor(20));
        assertThat(page.count()).isEqualTo(3);
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void emptyPageWithANewCursorIsFollowed() {
        server.fault((call, request) ->
                call == 1 ? ExportsServer.json(ExportsServer.page("", ExportsServer.cursor(20))) : null);
        assertThat(client.list().map(ExportRequest::id).collectList().block(PATIENCE))
                .isEqualTo(ExportsServer.ids(20, 30));
        assertThat(server.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "400", "422", "409", "429", "500", "501", "503", "204"})
    void refusalFailsWithTheKindOfItsStatus(int status) {
        BatchExportsException failure = failureOf(
                status == 204
                        ? new MockResponse.Builder().code(204).build()
                        : ExportsServer.refusal(status, "SOME_CODE"));
        Class<?> kind =
                switch (status) {
                    case 401 -> AuthenticationException.class;
                    case 403 -> PermissionException.class;
                    case 404 -> NotFoundException.class;
                    case 400, 409, 422 -> InvalidRequestException.class;
                    case 429 -> RateLimitedException.class;
                    default -> ServerException.class;
                };
        assertThat(failure).isExactlyInstanceOf(kind);
        assertThat(failure.status()).isEqualTo(status);
        if (status != 204) {
            assertThat(failure.errorCode()).isEqualTo("SOME_CODE");
            assertThat(failure.errorMessage()).isEqualTo("as the test says");
        }
        assertThat(failure.getMessage())
                .startsWith("list exports failed: HTTP " + status)
                .hasLineCount(1);
    }

    @Test
    void failureHasTheCursorOfItsPage() {
        server.fault((call, request) -> call == 3 ? ExportsServer.refusal(403, "NO") : null);
        StepVerifier.create(client.list(ListOptions.builder().pageSize(10).build()))
                .expectNextCount(20)
                .expectErrorSatisfies(error ->
                        assertThat(((PermissionException) error).resumeFrom()).isEqualTo(ExportsServer.cursor(20)))
                .verify(PATIENCE);
    }

    @Test
    void slowSubscriberGetsAllFetchedItemsBeforeTheError() {
        try (ExportsServer larger = new ExportsServer(95)
                        .fault((call, request) -> call == 6 ? ExportsServer.refusal(403, "NO") : null);
                BatchExportsClient slow = larger.options().build()) {
            ListOptions query = ListOptions.builder().pageSize(10).build();
            AtomicReference<BatchExportsException> failure = new AtomicReference<>();
            StepVerifier.Step<String> steps =
                    StepVerifier.create(slow.list(query).map(ExportRequest::id), 0);
            for (String id : ExportsServer.ids(0, 50)) {
                steps = steps.thenRequest(1).expectNext(id);
            }
            steps.thenRequest(1)
                    .expectErrorSatisfies(error -> failure.set((BatchExportsException) error))
                    .verify(PATIENCE);
            ListOptions rest = ListOptions.builder()
                    .pageSize(10)
                    .from(failure.get().resumeFrom())
                    .build();
            assertThat(slow.list(rest).map(ExportRequest::id).collectList().block(PATIENCE))
                    .isEqualTo(ExportsServer.ids(50, 95));
        }
    }

    @Test
    void earlyErrorWaitsForUndeliveredItems() {
        server.fault((call, request) -> call == 3 ? ExportsServer.refusal(403, "NO") : null);
        StepVerifier.create(
                        client.list(ListOptions.builder().pageSize(10).build())
                                .map(ExportRequest::id)
                                .publishOn(reactor.core.scheduler.Schedulers.parallel()),
                        0)
                .thenRequest(1)
                .expectNext(ExportsServer.id(0))
                .thenAwait()
                .thenRequest(19)
                .expectNextSequence(ExportsServer.ids(1, 20))
                .expectError(PermissionException.class)
                .verify(PATIENCE);
    }

    @Test
    void redirectIsNotFollowedButItsLocationIsNamed() {
        try (ExportsServer elsewhere = new ExportsServer(3)) {
            BatchExportsException failure = failureOf(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", elsewhere.baseUrl() + "/there?signature=secret")
                    .build());
            assertThat(failure).isInstanceOf(ServerException.class);
            assertThat(failure.getMessage())
                    .contains(elsewhere.baseUrl() + "/there")
                    .doesNotContain("secret");
            assertThat(elsewhere.calls()).isZero();
        }
    }

    @Test
    void tooLargePageFailsNamingTheLimit() {
        server.fault((call, request) -> ExportsServer.json(ExportsServer.page("", null) + " ".repeat(5_000)));
        try (BatchExportsClient small = server.options().maxPageBytes(2_000).build()) {
            StepVerifier.create(small.list())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(MalformedResponseException.class)
                            .hasMessageContaining("maxPageBytes, 2000 bytes"))
                    .verify(PATIENCE);
        }
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void pageWithoutItsCursorDeliversNoItems() {
        server.fault((call, request) -> call == 2
                ? ExportsServer.json("{\"exports\":[{\"id\":\"x\",\"status\":\"ERROR\"}],\"has_more\":true}")
                : null);
        StepVerifier.create(client.list(ListOptions.builder().pageSize(10).build()))
                .expectNextCount(10)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(PagingException.class);
                    assertThat(((PagingException) error).resumeFrom()).isEqualTo(ExportsServer.cursor(10));
                })
                .verify(PATIENCE);
    }

    @Test
    void repeatedCursorFailsTheListing() {
        server.fault((call, request) ->
                call == 3 ? ExportsServer.json(ExportsServer.page("", ExportsServer.cursor(10))) : null);
        StepVerifier.create(client.list(ListOptions.builder().pageSize(10).build()))
                .expectNextCount(20)
                .expectError(PagingException.class)
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void invalidOptionsAreRejectedByName() {
        assertThatThrownBy(() -> BatchExportsClient.builder().projectKey("p").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("restApiKey");
        assertThatThrownBy(() -> BatchExportsClient.builder().restApiKey("k").build())
                .hasMessageStartingWith("projectKey");
        assertThatThrownBy(() -> BatchExportsClient.builder().restApiKey("a\nb"))
                .hasMessageStartingWith("restApiKey")
                .hasMessageNotContaining("b\n");
        assertThatThrownBy(() -> server.options().baseUrl("http://example.com").build())
                .hasMessageStartingWith("baseUrl");
        assertThatThrownBy(() -> server.options().apiVersion("../x").build()).hasMessageStartingWith("apiVersion");
        assertThatThrownBy(() -> server.options().responseTimeout(Duration.ZERO))
                .hasMessageStartingWith("responseTimeout");
        assertThatThrownBy(() -> server.options().maxPageBytes(0)).hasMessageStartingWith("maxPageBytes");
        assertThatThrownBy(() -> server.options().requestsPerSecond(Double.NaN))
                .hasMessageStartingWith("requestsPerSecond");
    }
}
