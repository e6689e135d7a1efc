package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;

/** The packaged application against a sandbox, called over HTTP. The same for either line of Spring Boot. */
class ExportsApplicationIT {

    private static final String KEY = "BATCH_REST_API_KEY";
    private static final String PROJECT = "BATCH_PROJECT_KEY";
    private static final JsonParser JSON = JsonParserFactory.getJsonParser();

    private final Sandbox sandbox = Sandbox.start();
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private <T> HttpResponse<T> get(String url, String accept, HttpResponse.BodyHandler<T> body) throws Exception {
        HttpResponse<T> response = calls.get(url, accept, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(accept));
        return response;
    }

    private static String data(String event) {
        assertThat(event).startsWith("data:");
        return event.substring("data:".length());
    }

    private List<Map<String, Object>> sent() {
        return sandbox.exports().stream().map(JSON::parseMap).toList();
    }

    @Test
    void itListsAndWatchesAndEndsWithoutALeak() throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(
                Map.of(KEY, Sandbox.REST_API_KEY, PROJECT, Sandbox.PROJECT_KEY),
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.requests-per-second=0",
                "--spring.lifecycle.timeout-per-shutdown-phase=1s")) {
            String exports = application.baseUrl() + "/exports";
            listsInThreeForms(exports);
            assertThat(calls.get(application.baseUrl() + "/actuator/health").body())
                    .contains("\"status\":\"UP\"");
            try (Stream<String> changes = get(
                            exports + "/changes", "text/event-stream", HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                Iterator<String> events =
                        changes.filter(line -> !line.isEmpty()).iterator();
                Calls.await("changes", CompletableFuture.runAsync(() -> watches(events)));
                application.collectGarbage();
                listsInThreeForms(exports);
                application.terminate();
                assertThat(application.awaitEnd()).isEqualTo(128 + 15);
            }
            assertThat(application.output())
                    .contains("Commencing graceful shutdown")
                    .doesNotContain("LEAK")
                    .doesNotContain(Sandbox.REST_API_KEY);
        }
    }

    private void listsInThreeForms(String exports) throws Exception {
        HttpResponse.BodyHandler<String> whole = HttpResponse.BodyHandlers.ofString();
        assertThat(get(exports, "application/json", whole).body())
                .satisfies(json -> assertThat(JSON.parseList(json)).isEqualTo(sent()));
        assertThat(get(exports, "application/x-ndjson", whole).body().lines().map(JSON::parseMap))
                .isEqualTo(sent());
        assertThat(get(exports, "text/event-stream", whole)
                        .body()
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .map(event -> JSON.parseMap(data(event))))
                .isEqualTo(sent());
    }

    private void watches(Iterator<String> events) {
        for (Map<String, Object> export : sent()) {
            Map<String, Object> change = JSON.parseMap(data(events.next()));
            assertThat(change).containsOnlyKeys("previous", "kind", "export");
            assertThat(change)
                    .containsEntry("previous", null)
                    .containsEntry("kind", "INITIAL")
                    .containsEntry("export", export);
        }
    }

    @Test
    void itRunsWithTheVersionsOfItsLine() throws Exception {
        List<String> libraries = new ArrayList<>();
        try (JarFile jar = new JarFile(ApplicationProcess.jar())) {
            jar.stream().map(ZipEntry::getName).forEach(libraries::add);
        }
        for (String library : System.getProperty("application.libraries").split(" ")) {
            String name = library.substring(0, library.lastIndexOf('-') + 1);
            assertThat(libraries)
                    .filteredOn(file -> file.startsWith("BOOT-INF/lib/" + name))
                    .singleElement()
                    .asString()
                    .startsWith("BOOT-INF/lib/" + library);
        }
    }
}
