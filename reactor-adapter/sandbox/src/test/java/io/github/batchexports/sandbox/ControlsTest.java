package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test sees and changes while the sandbox runs. */
class ControlsTest {

    private static final String LIST = "/2.8/exports/list";

    private final Sandbox sandbox = Sandbox.builder().fileBytes(10).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private int list(String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + LIST))
                .headers("Authorization", "Bearer " + key, "X-Batch-Project", Sandbox.PROJECT_KEY)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void callIsRecordedWithWhatCameAlong() throws Exception {
        Calls.api(sandbox, LIST + "?limit=7&from=a%2Bb&limit=8");
        Calls.create(sandbox, "{\"x\":1}");
        assertThat(sandbox.recordedCalls()).hasSize(2);
        RecordedCall list = sandbox.recordedCalls().get(0);
        assertThat(list.method()).isEqualTo("GET");
        assertThat(list.path()).isEqualTo(LIST);
        assertThat(list.parameters()).containsEntry("limit", "7").containsEntry("from", "a+b");
        assertThat(list.parameter("from")).isEqualTo("a+b");
        assertThat(list.parameter("absent")).isNull();
        assertThat(list.header("X-Batch-PROJECT")).isEqualTo(Sandbox.PROJECT_KEY);
        assertThat(list.header("Absent")).isNull();
        assertThat(list.headers()).containsEntry("authorization", "Bearer " + Sandbox.REST_API_KEY);
        assertThat(list.body()).isEmpty();
        assertThat(list).hasToString("GET " + LIST + " {limit=7, from=a+b}");
        assertThat(sandbox.recordedCalls().get(1).body()).isEqualTo("{\"x\":1}");
    }

    @Test
    void transferIsRecordedApart() throws Exception {
        Calls.storage(Calls.link(sandbox, Calls.fileId(sandbox)), "Range", "bytes=1-");
        assertThat(sandbox.recordedCalls()).hasSize(1);
        assertThat(sandbox.recordedTransfers()).singleElement().satisfies(call -> assertThat(call.headers())
                .containsEntry("range", "bytes=1-")
                .doesNotContainKey("authorization"));
    }

    @Test
    void keyThatIsNotTheSandboxsIsNotKept() throws Exception {
        assertThat(list("perhaps-a-real-one")).isEqualTo(401);
        assertThat(sandbox.recordedCalls().get(0).headers())
                .containsEntry("authorization", "***")
                .doesNotContainValue("Bearer perhaps-a-real-one");
    }

    @Test
    void onlyTheLatestCallsAreKept() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            Calls.api(sandbox, "/" + i);
        }
        assertThat(sandbox.calls()).isEqualTo(1_001);
        assertThat(sandbox.recordedCalls()).hasSize(1_000);
        assertThat(sandbox.recordedCalls().get(0).path()).isEqualTo("/1");
    }

    @Test
    void rotatedKeyIsTheOnlyOne() throws Exception {
        sandbox.rotateRestApiKey("second-key");
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(401);
        assertThat(list("second-key")).isEqualTo(200);
        assertThat(sandbox.recordedCalls().get(1).header("Authorization")).isEqualTo("Bearer second-key");
    }

    @Test
    void clockThatIsAdvancedEndsLinks() throws Exception {
        URI link = Calls.link(sandbox, Calls.fileId(sandbox));
        sandbox.advance(Duration.ofMinutes(19));
        assertThat(Calls.storage(link).statusCode()).isEqualTo(200);
        sandbox.advance(Duration.ofMinutes(1));
        assertThat(Calls.storage(link).statusCode()).isEqualTo(403);
    }

    @Test
    void limitCanComeAndGo() throws Exception {
        sandbox.limitRate(0.001);
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(200);
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(429);
        sandbox.limitRate(0);
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(200);
        assertThat(sandbox.refusedForRate()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2.1, 404", "2.2, 200", "2.13, 200", "2.14, 404", "3.0, 404", "2, 404", "x, 404"})
    void onlyKnownVersionsHaveRoutes(String version, int status) throws Exception {
        HttpResponse<String> response = Calls.api(sandbox, "/" + version + "/exports/list");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body().contains("ROUTE_NOT_FOUND")).isEqualTo(status == 404);
    }

    @Test
    void otherVersionsCanBeChosen() throws Exception {
        try (Sandbox later = Sandbox.builder().apiVersions("3.0").start()) {
            assertThat(Calls.api(later, "/3.0/exports/list").statusCode()).isEqualTo(200);
            assertThat(Calls.api(later, LIST).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void resetLeavesTheUrlsAlone() throws Exception {
        String baseUrl = sandbox.baseUrl();
        String storageUrl = sandbox.storageUrl();
        URI link = Calls.link(sandbox, Calls.fileId(sandbox));
        sandbox.addExport();
        sandbox.rotateRestApiKey("other");
        sandbox.limitRate(0.001);
        sandbox.failNext(9, Fault.silence());
        sandbox.failNextTransfers(9, Fault.silence());

        sandbox.reset();

        assertThat(sandbox.baseUrl()).isEqualTo(baseUrl);
        assertThat(sandbox.storageUrl()).isEqualTo(storageUrl);
        assertThat(sandbox.exports()).hasSize(253);
        assertThat(sandbox.calls()).isZero();
        assertThat(sandbox.recordedCalls()).isEmpty();
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(200);
        assertThat(list(Sandbox.REST_API_KEY)).isEqualTo(200);
        assertThat(Calls.storage(link).statusCode()).isEqualTo(403);
    }
}
