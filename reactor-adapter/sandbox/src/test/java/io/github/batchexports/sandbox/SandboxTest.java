package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.HttpResources;

/** The sandbox over plain HTTP, without the client that it is there to test. */
class SandboxTest {

    private static final Pattern ID = Pattern.compile("\"id\":\"(export_[0-9a-z]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next_from\":\"([^\"]+)\"");

    private final Sandbox sandbox = Sandbox.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> list(String query) throws IOException, InterruptedException {
        return get(
                "/2.8/exports/list" + query,
                "Authorization",
                "Bearer " + Sandbox.REST_API_KEY,
                "X-Batch-Project",
                Sandbox.PROJECT_KEY);
    }

    private static List<String> ids(String body) {
        return ID.matcher(body).results().map(result -> result.group(1)).toList();
    }

    /** As a Spring application does that closes in the same JVM. */
    @Test
    void sandboxGoesOnWhenReactorNettysEventLoopsEnd() throws Exception {
        HttpResources.disposeLoopsAndConnectionsLater(Duration.ZERO, Duration.ofSeconds(5))
                .block(Duration.ofSeconds(10));

        assertThat(list("").statusCode()).isEqualTo(200);
    }

    @Test
    void pagesHoldEveryExportOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        String from = "";
        int pages = 0;
        do {
            HttpResponse<String> page = list("?limit=20" + from);
            assertThat(page.statusCode()).isEqualTo(200);
            ids.addAll(ids(page.body()));
            Matcher next = NEXT.matcher(page.body());
            from = next.find() ? "&from=" + URLEncoder.encode(next.group(1), StandardCharsets.UTF_8) : "";
            assertThat(from.isEmpty() || next.group(1).matches("(?=.*\\+)(?=.*/).*="))
                    .isTrue();
            pages++;
        } while (!from.isEmpty());
        assertThat(pages).isEqualTo(13);
        assertThat(ids).hasSize(253).doesNotHaveDuplicates();
        assertThat(ids).isEqualTo(ids(String.join("", sandbox.exports())));
        assertThat(sandbox.calls()).isEqualTo(13);
    }

    @Test
    void withoutALimitAPageHasTen() throws Exception {
        assertThat(ids(list("").body())).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 400, MALFORMED_PARAMETER",
        "?limit=101, 400, MALFORMED_PARAMETER",
        "?limit=x, 400, MALFORMED_PARAMETER",
        "?from=nonsense, 400, MALFORMED_PARAMETER",
        "?from=, 400, MALFORMED_PARAMETER"
    })
    void malformedParametersAreRefused(String query, int status, String code) throws Exception {
        HttpResponse<String> response = list(query);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error_code\":\"" + code + "\"", "\"error_message\":\"");
    }

    @Test
    void cursorWithUnencodedPlusIsRefused() throws Exception {
        Matcher next = NEXT.matcher(list("?limit=1").body());
        assertThat(next.find()).isTrue();
        assertThat(list("?from=" + next.group(1).replace("=", "%3D")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void bothHeadersAreChecked() throws Exception {
        String list = "/2.8/exports/list";
        assertThat(get(list).statusCode()).isEqualTo(401);
        assertThat(get(list, "Authorization", "Bearer wrong").body()).contains("AUTHENTICATION_INVALID");
        String key = "Bearer " + Sandbox.REST_API_KEY;
        assertThat(get(list, "Authorization", key).body()).contains("MISSING_PARAMETER");
        assertThat(get(list, "Authorization", key, "X-Batch-Project", "other").statusCode())
                .isEqualTo(403);
        assertThat(get("/elsewhere").body()).contains("ROUTE_NOT_FOUND");
    }

    @Test
    void sameSeedAndClockGiveSameExports() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        try (Sandbox first = Sandbox.builder().seed(7).clock(clock).start();
                Sandbox second = Sandbox.builder().seed(7).clock(clock).start();
                Sandbox other = Sandbox.builder().seed(8).clock(clock).start()) {
            assertThat(first.exports()).isEqualTo(second.exports());
            assertThat(first.exports()).isNotEqualTo(other.exports());
        }
    }

    @Test
    void exportsAreVaried() {
        String all = String.join("\n", sandbox.exports());
        assertThat(all).contains("CREATED", "PENDING", "RUNNING", "SUCCESS", "ERROR");
        assertThat(all)
                .contains("\"files\":[]", "\"part\":1", "\"part\":4", "segment", "EVENTS", "REACHABILITY", "label");
    }

    @Test
    void limitRefusesEarlyCall() throws Exception {
        try (Sandbox limited = Sandbox.builder().requestsPerSecond(0.001).start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(limited.baseUrl() + "/2.8/exports/list"))
                    .headers("Authorization", "Bearer " + Sandbox.REST_API_KEY, "X-Batch-Project", Sandbox.PROJECT_KEY)
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1000");
            assertThat(limited.refusedForRate()).isEqualTo(1);
        }
    }
}
