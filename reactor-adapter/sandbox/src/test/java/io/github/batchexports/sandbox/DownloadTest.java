package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from a file's id over a link to the storage, and how links die. */
class DownloadTest {

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox =
            Sandbox.builder().clock(clock).fileBytes(1_000).start();
    private final String file = Calls.fileId(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void responseRedirectsToStorageOnAnotherPort() throws Exception {
        HttpResponse<String> response = Calls.download(sandbox, file);
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.body()).isEmpty();
        URI link = URI.create(response.headers().firstValue("Location").orElseThrow());
        assertThat(link.toString()).startsWith(sandbox.storageUrl() + "/").doesNotContain(file);
        assertThat(link.getQuery()).matches("expires=[0-9]+&signature=[0-9a-f]{64}");
        assertThat(link.getPort()).isNotEqualTo(URI.create(sandbox.baseUrl()).getPort());
        assertThat(Calls.storage(link).body())
                .isEqualTo(sandbox.fileContent(file).readAllBytes());
        assertThat(sandbox.downloadCalls()).isEqualTo(1);
        assertThat(sandbox.calls()).isEqualTo(1);
        assertThat(sandbox.storageCalls()).isEqualTo(1);
        assertThat(sandbox.storageRefusals()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer sandbox-rest-api-key", "X-Batch-Project, project_sandbox", "Authorization, x"})
    void storageRefusesApiHeader(String name, String value) throws Exception {
        URI link = Calls.link(sandbox, file);
        HttpResponse<byte[]> response = Calls.storage(link, name, value);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(sandbox.storageRefusals()).isEqualTo(1);
        assertThat(Calls.storage(link).statusCode()).isEqualTo(200);
        assertThat(sandbox.storageRefusals()).isEqualTo(1);
        assertThat(sandbox.storageCalls()).isEqualTo(2);
    }

    @Test
    void unknownFileIsRefused() throws Exception {
        HttpResponse<String> unknown = Calls.download(sandbox, "file_x");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"error_code\":\"FILE_NOT_FOUND\"");
        assertThat(Calls.api(sandbox, "/2.8/exports/download").body()).contains("MISSING_PARAMETER");
        String export = sandbox.addExport();
        sandbox.setStatus(export, "SUCCESS");
        String later = sandbox.fileIds(export).get(0);
        assertThat(Calls.download(sandbox, later).statusCode()).isEqualTo(307);
        sandbox.setStatus(export, "RUNNING");
        assertThat(Calls.download(sandbox, later).statusCode()).isEqualTo(404);
    }

    @Test
    void linkExpiresAfterTwentyMinutes() throws Exception {
        URI link = Calls.link(sandbox, file);
        clock.set(Duration.ofMinutes(20).minusMillis(1));
        assertThat(Calls.storage(link).statusCode()).isEqualTo(200);
        URI next = Calls.link(sandbox, file);
        clock.set(Duration.ofMinutes(20));
        assertThat(Calls.storage(link).statusCode()).isEqualTo(403);
        assertThat(Calls.storage(next).statusCode()).isEqualTo(200);
    }

    @Test
    void linkCanExpireSooner() throws Exception {
        try (Sandbox brief = Sandbox.builder()
                .clock(clock)
                .fileBytes(1)
                .linkLifetime(Duration.ofSeconds(3))
                .start()) {
            URI link = Calls.link(brief, file);
            assertThat(Calls.storage(link).statusCode()).isEqualTo(200);
            clock.set(Duration.ofSeconds(3));
            assertThat(Calls.storage(link).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void allLinksCanBeMadeToDieAtOnce() throws Exception {
        URI link = Calls.link(sandbox, file);
        sandbox.expireLinks();
        assertThat(Calls.storage(link).statusCode()).isEqualTo(403);
        assertThat(Calls.storage(Calls.link(sandbox, file)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "signature=., signature=x",
        "expires=., expires=9",
        "&signature=.*, ''",
        "expires=[0-9]+&, ''",
        "/M, /N",
        "\\?.*, ''"
    })
    void alteredLinkIsRefused(String part, String other) throws Exception {
        String link = Calls.link(sandbox, file).toString();
        String changed = link.replaceFirst(part, other);
        assertThat(changed).isNotEqualTo(link);
        assertThat(Calls.storage(URI.create(changed)).statusCode()).isEqualTo(403);
        assertThat(sandbox.storageRefusals()).isZero();
    }
}
