package io.github.batchexports.reactor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A real server that lists a number of exports and counts its calls; a test may replace the response to any of them. */
final class ExportsServer implements AutoCloseable {

    static final String KEY = "key-that-must-not-leak-0123456789";
    static final String PROJECT = "project_0664hxvwffvbpn278gxdyhsadddqgna6";

    /** Responds to a call in place of the listing; null leaves it to the listing. */
    @FunctionalInterface
    interface Fault {
        @Nullable
        MockResponse answer(int call, RecordedRequest request) throws InterruptedException;
    }

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger calls = new AtomicInteger();
    private final long size;
    private volatile Fault fault = (call, request) -> null;

    ExportsServer(long size) {
        this.size = size;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                MockResponse other = fault.answer(calls.incrementAndGet(), request);
                return other == null ? listing(request) : other;
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExportsServer fault(Fault answer) {
        this.fault = answer;
        return this;
    }

    int calls() {
        return calls.get();
    }

    MockWebServer web() {
        return server;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Options of an unpaced client of this server. */
    BatchExportsClientBuilder options() {
        return optionsWithoutKey().restApiKey(KEY);
    }

    BatchExportsClientBuilder optionsWithoutKey() {
        return BatchExportsClient.builder()
                .projectKey(PROJECT)
                .baseUrl(baseUrl())
                .requestsPerSecond(0);
    }

    static String id(long index) {
        return "export_" + index;
    }

    static List<String> ids(int from, int until) {
        return IntStream.range(from, until).mapToObj(ExportsServer::id).toList();
    }

    /** Cursors contain {@code +}, {@code /} and {@code =}. */
    static String cursor(long offset) {
        return "+/" + Base64.getEncoder().encodeToString(("o" + offset).getBytes(StandardCharsets.UTF_8)) + "=";
    }

    static long offset(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        String encoded = cursor.substring(2, cursor.length() - 1);
        return Long.parseLong(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).substring(1));
    }

    private MockResponse listing(RecordedRequest request) {
        String limit = request.getUrl().queryParameter("limit");
        long offset = offset(request.getUrl().queryParameter("from"));
        return json(page(offset, limit == null ? 10 : Integer.parseInt(limit)));
    }

    String page(long offset, int limit) {
        return page(offset, limit, size);
    }

    static String page(long offset, int limit, long size) {
        long end = Math.min(size, offset + limit);
        String exports = IntStream.range(0, (int) (end - offset))
                .mapToObj(i -> "{\"id\":\"" + id(offset + i) + "\",\"status\":\"SUCCESS\",\"files\":[]}")
                .collect(Collectors.joining(","));
        return page(exports, end < size ? cursor(end) : null);
    }

    static String page(String exports, @Nullable String next) {
        return "{\"exports\":[" + exports + "],\"count\":3,\"has_more\":" + (next != null)
                + (next == null ? "" : ",\"next_from\":\"" + next + "\"") + "}";
    }

    static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    static MockResponse refusal(int status, String code) {
        return new MockResponse.Builder()
                .code(status)
                .body("{\"error_code\":\"" + code + "\",\"error_message\":\"as the test says\"}")
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
