package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /exports}, the list as the last poll saw it, and {@code GET /exports/live-list}, as the API has it. */
class ListingIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"/exports", "/exports/live-list"})
    void listingMatchesApiLineByLine(String path) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox)) {
            HttpResponse<Stream<String>> response = get(monitor, path, BodyHandlers.ofLines());

            assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
            assertThat(response.body().map(JSON::readTree).toList())
                    .isEqualTo(sandbox.exports().stream().map(JSON::readTree).toList());
        }
    }

    @Test
    void polledListCostsNoCall() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, "monitor.interval=1h")) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(monitor, "/exports", BodyHandlers.ofLines()).body())
                        .hasSize(253);
            }
            assertThat(sandbox.calls()).isEqualTo(3);

            assertThat(get(monitor, "/exports/live-list", BodyHandlers.ofLines())
                            .body())
                    .hasSize(253);
            assertThat(sandbox.calls()).isEqualTo(3 + 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exports", "/exports/live-list"})
    void listingFiltersByStatusAndScope(String path) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox)) {
            List<JsonNode> some = get(
                            monitor, path + "?status=ERROR,RUNNING&scope=PROFILE_EVENTS", BodyHandlers.ofLines())
                    .body()
                    .map(JSON::readTree)
                    .toList();

            assertThat(some)
                    .isNotEmpty()
                    .isEqualTo(sandbox.exports().stream()
                            .filter(export -> export.contains("\"status\":\"ERROR\"")
                                    || export.contains("\"status\":\"RUNNING\""))
                            .filter(export -> export.contains("\"scope\":\"PROFILE_EVENTS\""))
                            .map(JSON::readTree)
                            .toList());
        }
    }

    @Test
    void filterTakesAnyCase() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox)) {
            String upper = "/exports?status=ERROR&scope=PROFILE_EVENTS";
            String lower = "/exports?status=error&scope=profile_events";

            assertThat(get(monitor, lower, BodyHandlers.ofLines()).body())
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            get(monitor, upper, BodyHandlers.ofLines()).body().toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host, evil.example",
        "Host, evil.example:8080",
        "Host, 127.0.0.1.evil.example",
        "Host, localhost.evil.example:8080",
        "Sec-Fetch-Site, cross-site"
    })
    void otherWebSiteIsRefusedWithoutCall(String header, String value) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, "monitor.interval=1h")) {
            get(monitor, "/exports", BodyHandlers.discarding());
            int before = sandbox.calls();

            for (String path : List.of(
                    "/exports",
                    "/exports/changes",
                    "/exports/live-list",
                    "/%65xports/live-list",
                    "/exports/export_1/files/file_1")) {
                assertThat(status(monitor, path, header, value)).as(path).isEqualTo(403);
            }
            assertThat(sandbox.calls()).isEqualTo(before);
        }
    }

    @Test
    void thisMachineAndLinksToThePageAreAnswered() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox)) {
            for (String host : List.of("localhost", "LocalHost:8080", "127.0.0.1:1", "[::1]", "[::1]:8080")) {
                assertThat(status(monitor, "/exports", "Host", host)).as(host).isEqualTo(200);
            }
            assertThat(status(monitor, "/?status=ERROR", "Sec-Fetch-Site", "cross-site"))
                    .isEqualTo(200);
            assertThat(status(monitor, "/exports", "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
        }
    }

    @Test
    void monitorForOtherMachinesHasAnyName() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, "server.address=0.0.0.0")) {
            assertThat(status(monitor, "/exports", "Host", "monitor.example")).isEqualTo(200);
            assertThat(status(monitor, "/exports", "Sec-Fetch-Site", "cross-site"))
                    .isEqualTo(403);
        }
    }

    @Test
    void headersAloneCostNoCall() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, "monitor.interval=1h")) {
            get(monitor, "/exports", BodyHandlers.discarding());
            String export = sandbox.addExport();
            sandbox.setStatus(export, "SUCCESS");
            String file =
                    "/exports/" + export + "/files/" + sandbox.fileIds(export).get(0);
            int before = sandbox.calls();

            for (String path : List.of("/exports/live-list", file)) {
                HttpResponse<Void> response = HTTP.send(
                        HttpRequest.newBuilder(URI.create(monitor.url() + path))
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding());
                assertThat(response.statusCode()).as(path).isEqualTo(405);
                assertThat(response.headers().firstValue("Allow")).contains("GET");
            }
            assertThat(sandbox.calls()).isEqualTo(before);
            assertThat(sandbox.storageCalls()).isZero();
        }
    }

    @Test
    void stalledBrowserStopsPaging() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(3_000).start();
                Monitor monitor = Monitor.startWithSmallBuffers(sandbox, "monitor.interval=1h")) {
            // The monitor's own poll is over.
            get(monitor, "/exports", BodyHandlers.discarding());
            int before = sandbox.listCalls();
            SlowReader browser = new SlowReader(monitor, "/exports/live-list");
            assertThat(browser.read(100, line -> line.startsWith("{"))).isEqualTo(100);

            // Much else is answered meanwhile, all of it by the same client and the same sandbox.
            for (int i = 0; i < 300; i++) {
                assertThat(get(monitor, "/exports/none/files/none", BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(sandbox.viewCalls()).isEqualTo(300);
            assertThat(sandbox.listCalls() - before).as("1 page was read").isBetween(1, 3);

            assertThat(browser.read(2_900, line -> line.startsWith("{"))).isEqualTo(2_900);
            assertThat(sandbox.listCalls() - before).isEqualTo(30);
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exports", "/exports/live-list"})
    void refusalIsOneLineProblemWithoutKey(String path) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, "batch.exports.rest-api-key=a-secret-that-is-wrong")) {
            HttpResponse<String> response = get(monitor, path, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.body())
                    .contains("\"detail\":\"list exports failed: HTTP 401")
                    .doesNotContain("secret", "\\n", "Exception");
        }
    }

    @Test
    void unreachableApiIsTransientProblem() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Relay api = new Relay(URI.create(sandbox.baseUrl()).getPort());
                Monitor monitor = Monitor.start(
                        sandbox, "batch.exports.base-url=" + api.url(), "batch.exports.retry.max-attempts=1")) {
            api.cut();

            HttpResponse<String> response = get(monitor, "/exports/live-list", BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body())
                    .contains("\"detail\":\"list exports failed: ")
                    .doesNotContain("\\n");
        }
    }

    /** Java's own client sets its own {@code Host}. */
    private static @Nullable Integer status(Monitor monitor, String path, String header, String value) {
        return WebClient.create()
                .get()
                .uri(URI.create(monitor.url() + path))
                .header(header, value)
                .exchangeToMono(response -> Mono.just(response.statusCode().value()))
                .block(Duration.ofSeconds(30));
    }

    private static <T> HttpResponse<T> get(Monitor monitor, String path, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(monitor.url() + path)).build(), body);
    }
}
