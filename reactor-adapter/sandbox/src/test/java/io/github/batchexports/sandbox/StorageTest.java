package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.sandbox.internal.storage.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the storage sends, whole and in parts, and how it fails on purpose. */
class StorageTest {

    private static final int SIZE = 300_001;

    private Sandbox sandbox = Sandbox.builder().fileBytes(SIZE).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private URI link() throws Exception {
        return Calls.link(sandbox, Calls.fileId(sandbox));
    }

    private byte[] content() throws IOException {
        return sandbox.fileContent(Calls.fileId(sandbox)).readAllBytes();
    }

    private void restart(SandboxBuilder options) {
        sandbox.close();
        sandbox = options.start();
    }

    @Test
    void fileIsSentWhole() throws Exception {
        HttpResponse<byte[]> response = Calls.storage(link(), "Accept-Encoding", "gzip");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(SIZE).isEqualTo(content());
        assertThat(response.headers().firstValue("Content-Length")).contains("" + SIZE);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(response.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(response.headers().firstValue("ETag").orElseThrow()).matches("\"[^\"]+\"");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(Sha256.of(new ByteArrayInputStream(response.body())))
                .isEqualTo(sandbox.fileSha256(Calls.fileId(sandbox)));
    }

    @Test
    void withoutASizeOfTheirOwnFilesHaveTheSizeThatTheListSays() throws Exception {
        restart(Sandbox.builder());
        String file = Calls.fileId(sandbox);
        String export = sandbox.exports().stream()
                .filter(candidate -> candidate.contains(file))
                .findFirst()
                .orElseThrow();
        HttpResponse<InputStream> response = Calls.storage(link(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        assertThat(export)
                .contains("\"size\":"
                        + response.headers().firstValueAsLong("Content-Length").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "0-, 0, 300000",
        "0-0, 0, 0",
        "1-130, 1, 130",
        "127-128, 127, 128",
        "70000-200000, 70000, 200000",
        "299900-, 299900, 300000",
        "299999-900000, 299999, 300000",
        "300000-, 300000, 300000"
    })
    void rangeIsSentByteForByte(String range, int first, int last) throws Exception {
        HttpResponse<byte[]> response = Calls.storage(link(), "Range", "bytes=" + range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(response.headers().firstValue("Content-Length")).contains("" + (last - first + 1));
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(content(), first, last + 1));
    }

    @Test
    void rangeBeyondEndIsRefused() throws Exception {
        HttpResponse<byte[]> response = Calls.storage(link(), "Range", "bytes=" + SIZE + "-");
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes */" + SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-4", "bytes=x", "bytes=0-1,3-4", "lines=0-1"})
    void invalidRangeReturnsWholeFile(String range) throws Exception {
        HttpResponse<byte[]> response = Calls.storage(link(), "Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(SIZE);
    }

    @Test
    void rangeOfAnotherVersionReturnsWholeFile() throws Exception {
        URI link = link();
        String tag = Calls.storage(link).headers().firstValue("ETag").orElseThrow();
        assertThat(Calls.storage(link, "Range", "bytes=9-", "If-Range", tag).statusCode())
                .isEqualTo(206);
        HttpResponse<byte[]> other = Calls.storage(link, "Range", "bytes=9-", "If-Range", "\"other\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(content());
    }

    @Test
    void storageWithoutRangesSendsWholeFile() throws Exception {
        restart(Sandbox.builder().fileBytes(SIZE).withoutRanges());
        HttpResponse<byte[]> response = Calls.storage(link(), "Range", "bytes=9-10");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content());
        assertThat(response.headers().map()).doesNotContainKeys("accept-ranges", "etag", "content-range");
    }

    @Test
    void seedDecidesWhereFirstTransfersAreCut() throws Exception {
        restart(Sandbox.builder().fileBytes(SIZE).cutTransfers(2));
        int first = lengthOfCut(0);
        int second = lengthOfCut(first);
        assertThat(Calls.storage(link()).body()).isEqualTo(content());
        restart(Sandbox.builder().fileBytes(SIZE).cutTransfers(1));
        assertThat(lengthOfCut(0)).isEqualTo(first);
        restart(Sandbox.builder().fileBytes(SIZE).cutTransfers(1).seed(2));
        assertThat(lengthOfCut(0)).isNotEqualTo(first);
        assertThat(second).isNotEqualTo(first);
    }

    /** How many right bytes arrive from an offset on before the connection ends too soon. */
    private int lengthOfCut(int offset) throws Exception {
        byte[] content = content();
        HttpResponse<InputStream> response =
                Calls.storage(link(), HttpResponse.BodyHandlers.ofInputStream(), "Range", "bytes=" + offset + "-");
        assertThat(response.headers().firstValue("Content-Length")).contains("" + (SIZE - offset));
        int[] length = {0};
        try (InputStream body = response.body()) {
            assertThatThrownBy(() -> {
                        for (int next = body.read(); next >= 0; next = body.read()) {
                            assertThat((byte) next).isEqualTo(content[offset + length[0]++]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(length[0]).isBetween(1, SIZE - offset - 1);
        return length[0];
    }

    @Test
    void fileWithoutMiddleIsNotCut() throws Exception {
        restart(Sandbox.builder().fileBytes(1).cutTransfers(1));
        assertThat(Calls.storage(link()).body()).hasSize(1);
        restart(Sandbox.builder().fileBytes(2).cutTransfers(1));
        try (InputStream body =
                Calls.storage(link(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(body.read()).isEqualTo(content()[0]);
            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void rangeAtEndOfThreeGigabytesIsServed() throws Exception {
        long size = 3L * 1024 * 1024 * 1024 + 77;
        restart(Sandbox.builder().fileBytes(size));
        long from = size - 100_000;
        HttpResponse<byte[]> response = Calls.storage(link(), "Range", "bytes=" + from + "-");
        assertThat(response.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (size - 1) + "/" + size);
        try (InputStream content = sandbox.fileContent(Calls.fileId(sandbox))) {
            content.skipNBytes(from);
            assertThat(response.body()).isEqualTo(content.readAllBytes());
        }
        assertThat(new String(response.body(), StandardCharsets.US_ASCII))
                .contains("\"number\":1000025165823")
                .doesNotContain("\"number\":1000025165824");
    }

    @Test
    void closingTheSandboxEndsATransfer() throws Exception {
        restart(Sandbox.builder().fileBytes(1L << 40));
        try (InputStream body =
                Calls.storage(link(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
            body.skipNBytes(1_000_000);
            sandbox.close();
            assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }
}
