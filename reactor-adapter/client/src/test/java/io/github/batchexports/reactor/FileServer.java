package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import io.github.batchexports.reactor.RawServer.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An API that responds with a link, and the storage that it points at, which holds one file. A test may replace the response
 * to any call. Closing it verifies that the storage has seen neither the key nor the project.
 */
final class FileServer implements AutoCloseable {

    static final ExportFile FILE = ExportFile.builder()
            .id("file_1")
            .part(1)
            .url("https://elsewhere.example/2.4/never-asked")
            .build();
    static final ExportRequest EXPORT = ExportRequest.builder()
            .id("export_1")
            .status(ExportStatus.SUCCESS)
            .files(List.of(FILE, FILE.toBuilder().part(2).build()))
            .build();
    static final String SIGNATURE = "signature=Zm9v%2Bbar%3D&part=1+2";

    /** Responds to a call in place of the server; null leaves it to the server. */
    @FunctionalInterface
    interface Fault {
        @Nullable
        Reply answer(int call, Request request);
    }

    final byte[] content;
    private final List<Request> apiCalls = new CopyOnWriteArrayList<>();
    private final List<Request> storageCalls = new CopyOnWriteArrayList<>();
    private final RawServer api = new RawServer(this::apiReply);
    private final RawServer storage = new RawServer(this::storageReply);
    private volatile Fault apiFault = (call, request) -> null;
    private volatile Fault storageFault = (call, request) -> null;
    private volatile boolean knowsRanges = true;
    private volatile boolean saysLength = true;
    private volatile @Nullable String tag = "\"v1\"";

    FileServer(byte[] content) {
        this.content = content;
    }

    /** A file of this size, with the same bytes each time. */
    static FileServer of(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return new FileServer(content);
    }

    FileServer api(Fault answer) {
        this.apiFault = answer;
        return this;
    }

    FileServer storage(Fault answer) {
        this.storageFault = answer;
        return this;
    }

    FileServer withoutRanges() {
        this.knowsRanges = false;
        return this;
    }

    FileServer withoutLength() {
        this.saysLength = false;
        return this;
    }

    FileServer tag(@Nullable String value) {
        this.tag = value;
        return this;
    }

    List<Request> apiCalls() {
        return apiCalls;
    }

    List<Request> storageCalls() {
        return storageCalls;
    }

    /** The values of a header in the storage's calls; an empty string where it was absent. */
    List<String> storageHeaders(String name) {
        return storageCalls.stream()
                .map(request -> request.headers().getOrDefault(name, ""))
                .toList();
    }

    RawServer storageServer() {
        return storage;
    }

    String apiUrl() {
        return api.baseUrl();
    }

    String storageUrl() {
        return storage.baseUrl() + "/files/a%20file?" + SIGNATURE;
    }

    /** Options of an unpaced client of the API that makes three attempts without delay. */
    BatchExportsClientBuilder options() {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(api.baseUrl())
                .requestsPerSecond(0)
                .retry(RetryPolicy.builder().maxAttempts(3).jitter(() -> 0).build());
    }

    private Reply apiReply(Request request) {
        apiCalls.add(request);
        Reply other = apiFault.answer(apiCalls.size(), request);
        return other == null ? link(307, storageUrl()) : other;
    }

    private Reply storageReply(Request request) {
        storageCalls.add(request);
        Reply other = storageFault.answer(storageCalls.size(), request);
        return other == null ? part(request, Integer.MAX_VALUE, After.KEEP) : other;
    }

    static Reply link(int status, String location) {
        return status(status, "Location: " + location + "\r\n");
    }

    static Reply status(int status, String headers) {
        return Reply.text("HTTP/1.1 " + status + " So\r\n" + headers + "Content-Length: 3", "say", After.KEEP);
    }

    /** The requested range, of which {@code bytes} are sent before {@code after} happens to the connection. */
    Reply part(Request request, int bytes, After after) {
        return part(content, request, bytes, after);
    }

    /** The same for other content. */
    Reply part(byte[] whole, Request request, int bytes, After after) {
        String range = request.headers().get("range");
        boolean isPart = knowsRanges && range != null;
        int from = isPart ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
        if (isPart && from >= whole.length) {
            return status(416, "Content-Range: bytes */" + whole.length + "\r\n");
        }
        int length = whole.length - from;
        StringBuilder head = new StringBuilder(isPart ? "HTTP/1.1 206 Partial\r\n" : "HTTP/1.1 200 OK\r\n");
        if (isPart) {
            head.append("Content-Range: bytes " + from + "-" + (whole.length - 1) + "/" + whole.length + "\r\n");
        }
        if (tag != null) {
            head.append("ETag: " + tag + "\r\n");
        }
        head.append(saysLength ? "Content-Length: " + length : "Transfer-Encoding: chunked")
                .append("\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii(head.toString()));
        int sent = Math.min(bytes, length);
        if (!saysLength && sent > 0) {
            out.writeBytes(ascii(Integer.toHexString(sent) + "\r\n"));
        }
        out.write(whole, from, sent);
        if (!saysLength) {
            out.writeBytes(ascii((sent > 0 ? "\r\n" : "") + (bytes > length ? "0\r\n\r\n" : "")));
        }
        return new Reply(out.toByteArray(), after);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        api.close();
        storage.close();
        assertThat(storageCalls).allSatisfy(request -> assertThat(request.headers())
                .doesNotContainKeys("authorization", "x-batch-project")
                .doesNotContainValue("Bearer " + ExportsServer.KEY)
                .doesNotContainValue(ExportsServer.PROJECT));
    }
}
