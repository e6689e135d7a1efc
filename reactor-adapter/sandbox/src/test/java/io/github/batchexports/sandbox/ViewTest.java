package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** One export by its id, over plain HTTP. */
class ViewTest {

    @Test
    void responseEqualsListedObject() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            String list = Calls.api(sandbox, "/2.8/exports/list?limit=100").body();
            for (String export : sandbox.exports().subList(0, 100)) {
                HttpResponse<String> response = Calls.view(sandbox, Calls.id(export));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
                assertThat(list).contains(response.body());
                assertThat(response.body()).isEqualTo(export);
            }
            assertThat(sandbox.viewCalls()).isEqualTo(100);
            assertThat(sandbox.listCalls()).isEqualTo(1);
            assertThat(sandbox.calls()).isEqualTo(101);
        }
    }

    @Test
    void viewShowsCurrentStatus() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            String id = sandbox.addExport();
            assertThat(Calls.status(Calls.view(sandbox, id).body())).isEqualTo("CREATED");
            sandbox.setStatus(id, "SUCCESS");
            assertThat(Calls.status(Calls.view(sandbox, id).body())).isEqualTo("SUCCESS");
            assertThat(Calls.view(sandbox, id).body()).contains(sandbox.fileIds(id));
        }
    }

    @Test
    void unknownIdOrRouteIsRefused() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            HttpResponse<String> unknown = Calls.view(sandbox, "export_x");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("\"error_code\":\"EXPORT_NOT_FOUND\"", "\"error_message\":\"");
            HttpResponse<String> absent = Calls.api(sandbox, "/2.8/exports/view");
            assertThat(absent.statusCode()).isEqualTo(400);
            assertThat(absent.body()).contains("\"error_code\":\"MISSING_PARAMETER\"");
            assertThat(Calls.api(sandbox, "/2.8/exports/other").body()).contains("ROUTE_NOT_FOUND");
            assertThat(sandbox.viewCalls()).isEqualTo(2);
            assertThat(sandbox.calls()).isEqualTo(3);
        }
    }

    @Test
    void headersAreChecked() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            HttpRequest bare = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/2.8/exports/view?id=x"))
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(bare, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void allRoutesShareOneLimit() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().requestsPerSecond(0.001).start()) {
            String file = Calls.fileId(sandbox);
            assertThat(Calls.view(sandbox, Calls.id(sandbox.exports().get(0))).statusCode())
                    .isEqualTo(200);
            assertThat(Calls.api(sandbox, "/2.8/exports/list").statusCode()).isEqualTo(429);
            assertThat(Calls.download(sandbox, file).statusCode()).isEqualTo(429);
            assertThat(sandbox.refusedForRate()).isEqualTo(2);
        }
    }
}
