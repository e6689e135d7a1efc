package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** {@code GET /exports/{id}/files/{fileId}}: a file, passed through. */
class DownloadIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void largeFileStreamsInLittleMemory() throws Exception {
        // Larger than the heap of this process.
        try (Sandbox sandbox =
                        Sandbox.builder().exports(0).fileBytes(400_000_000).start();
                Monitor monitor = Monitor.start(sandbox)) {
            String export = ended(sandbox);
            String file = sandbox.fileIds(export).get(0);
            assertThat(Runtime.getRuntime().maxMemory()).isLessThan(400_000_000);

            HttpResponse<InputStream> response = get(monitor, export, file, BodyHandlers.ofInputStream());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"" + export + "-" + file + ".jsonl\"");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream content = new DigestInputStream(response.body(), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sandbox.fileSha256(file));
        }
    }

    @Test
    void leavingBrowserEndsStorageTransfer() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(0).fileBytes(1L << 40).start();
                Monitor monitor = Monitor.start(sandbox)) {
            String export = ended(sandbox);
            String file = sandbox.fileIds(export).get(0);

            try (InputStream content =
                    get(monitor, export, file, BodyHandlers.ofInputStream()).body()) {
                assertThat(content.readNBytes(1_000)).hasSize(1_000);
            }

            assertThat(sandbox.storageCalls()).isEqualTo(1);
        }
    }

    @Test
    void unknownFileIsNotFound() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(0).start();
                Monitor monitor = Monitor.start(sandbox)) {
            String export = ended(sandbox);

            HttpResponse<String> otherFile = get(monitor, export, "file_none", BodyHandlers.ofString());
            HttpResponse<String> otherExport = get(monitor, "export_none", "file_none", BodyHandlers.ofString());

            assertThat(otherFile.statusCode()).isEqualTo(404);
            assertThat(otherFile.body()).contains("No such file.");
            assertThat(otherExport.statusCode()).isEqualTo(404);
            assertThat(otherExport.body()).contains("view export failed: HTTP 404 EXPORT_NOT_FOUND");
            assertThat(sandbox.downloadCalls()).isZero();
        }
    }

    @Test
    void blankIdIsBadRequest() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(0).start();
                Monitor monitor = Monitor.start(sandbox)) {
            HttpResponse<String> response = get(monitor, "%20", "file_none", BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(sandbox.viewCalls()).isZero();
        }
    }

    @Test
    void storageRefusalIsProblemNotFile() throws Exception {
        try (Sandbox sandbox =
                        Sandbox.builder().exports(0).linkLifetime(Duration.ZERO).start();
                Monitor monitor = Monitor.start(sandbox)) {
            String export = ended(sandbox);

            HttpResponse<String> response =
                    get(monitor, export, sandbox.fileIds(export).get(0), BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
            assertThat(response.body())
                    .contains("\"detail\":\"download file from its storage failed: the storage refused, HTTP 403")
                    .doesNotContain("signature=");
        }
    }

    @Test
    void unrecoverableTransferIsCutOff() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                        .exports(0)
                        .fileBytes(1_000_000)
                        .cutTransfers(1)
                        .withoutRanges()
                        .start();
                Monitor monitor = Monitor.start(sandbox)) {
            String export = ended(sandbox);

            assertThatThrownBy(
                            () -> get(monitor, export, sandbox.fileIds(export).get(0), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static String ended(Sandbox sandbox) {
        String export = sandbox.addExport();
        sandbox.setStatus(export, "SUCCESS");
        return export;
    }

    private static <T> HttpResponse<T> get(
            Monitor monitor, String export, String file, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        URI uri = URI.create(monitor.url() + "/exports/" + export + "/files/" + file);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), body);
    }
}
