package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Responses meant to exhaust the client, in a JVM of its own with a heap of 96 MiB: each fails with a clear error. */
class HostileServerTest {

    private static final int CHUNK = 1024 * 1024;

    private static BatchExportsException failure(RawServer server) {
        AtomicReference<BatchExportsException> failure = new AtomicReference<>();
        try (BatchExportsClient client = BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(server.baseUrl())
                .requestsPerSecond(0)
                .build()) {
            client.list()
                    .then()
                    .onErrorResume(BatchExportsException.class, error -> {
                        failure.set(error);
                        return Mono.empty();
                    })
                    .block(Duration.ofMinutes(2));
        }
        return failure.get();
    }

    private static BatchExportsException failure(Reply reply) {
        try (RawServer server = new RawServer(request -> reply)) {
            return failure(server);
        }
    }

    /** A page whose first export's id is this long, one chunk per megabyte. Not copied, since the heap is small. */
    private static byte[] longString(int megabytes) {
        byte[] start = ascii("{\"exports\":[{\"id\":\"");
        byte[] head = ascii(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(start.length) + "\r\n");
        byte[] size = ascii("\r\n" + Integer.toHexString(CHUNK) + "\r\n");
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        ByteBuffer bytes = ByteBuffer.allocate(head.length + start.length + megabytes * (size.length + CHUNK));
        bytes.put(head).put(start);
        for (int i = 0; i < megabytes; i++) {
            bytes.put(size).put(chunk);
        }
        return bytes.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void gzipBombIsRejectedEarly() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            byte[] spaces = new byte[CHUNK];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 1024; i++) {
                gzip.write(spaces);
            }
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body.toByteArray());
        assertThat(failure(new Reply(answer.toByteArray(), After.CLOSE)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("maxPageBytes, 16777216 bytes");
    }

    @Test
    void stringLargerThanAPageIsRejectedByPageSize() {
        assertThat(failure(new Reply(longString(30), After.STALL)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("maxPageBytes");
    }

    @Test
    void longStringWithinAPageIsRejectedByItsLength() {
        byte[] page = longString(8);
        byte[] whole = Arrays.copyOf(page, page.length + 7);
        System.arraycopy("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, whole, page.length, 7);
        assertThat(failure(new Reply(whole, After.KEEP)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("$.exports[0].id")
                .hasMessageContaining("over a limit");
    }

    @Test
    void manyTinyChunksFitIntoASmallHeap() {
        byte[] chunks = "1\r\n \r\n".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(chunks.length + 100);
        answer.writeBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(chunks);
        answer.writeBytes("e\r\n{\"exports\":[]}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(new Reply(answer.toByteArray(), After.KEEP))).isNull();
    }

    @Test
    void deepNestingIsRejected() {
        String page = "{\"exports\":[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]}";
        assertThat(failure(Fault.bytes(Fault.ok(page), After.KEEP)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("500 levels");
    }

    @Test
    void longCursorCycleIsDetected() {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(request ->
                Fault.bytes(Fault.ok(ExportsServer.page("", "c" + calls.getAndIncrement() % 3_000)), After.KEEP))) {
            assertThat(failure(server)).isInstanceOf(PagingException.class);
            assertThat(calls.get()).isBetween(3_001, 12_001);
        }
    }
}
