package io.github.batchexports.sandbox;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** {@code GET /{version}/exports/list}, and how everything else is refused. */
final class ListRoute {

    private static final Pattern PATH = Pattern.compile("/[0-9]+\\.[0-9]+/exports/list");
    private static final int DEFAULT_LIMIT = 10;

    private final ExportCatalogue catalogue;
    private final RateLimit rate;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger refusedForRate = new AtomicInteger();

    ListRoute(ExportCatalogue catalogue, RateLimit rate) {
        this.catalogue = catalogue;
        this.rate = rate;
    }

    int calls() {
        return calls.get();
    }

    int refusedForRate() {
        return refusedForRate.get();
    }

    Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        long now = System.nanoTime();
        calls.incrementAndGet();
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        Refusal refusal = refusal(request, uri, now);
        if (refusal != null) {
            if (refusal.status() == 429) {
                response.header(HttpHeaderNames.RETRY_AFTER, String.valueOf(rate.retryAfterSeconds()));
            }
            return send(
                    response.status(refusal.status()),
                    Map.of("error_code", refusal.code(), "error_message", refusal.message()));
        }
        return send(response, page(uri));
    }

    private record Refusal(int status, String code, String message) {}

    private @Nullable Refusal refusal(HttpServerRequest request, QueryStringDecoder uri, long now) {
        if (!PATH.matcher(uri.path()).matches() || !request.method().name().equals("GET")) {
            return new Refusal(404, "ROUTE_NOT_FOUND", "There is nothing at this path.");
        }
        if (!("Bearer " + Sandbox.REST_API_KEY).equals(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))) {
            return new Refusal(401, "AUTHENTICATION_INVALID", "The REST API key is missing or not valid.");
        }
        String project = request.requestHeaders().get("X-Batch-Project");
        if (project == null) {
            return new Refusal(400, "MISSING_PARAMETER", "The header X-Batch-Project is required.");
        }
        if (!project.equals(Sandbox.PROJECT_KEY)) {
            return new Refusal(403, "PROJECT_FORBIDDEN", "This REST API key does not belong to the project.");
        }
        if (!rate.takes(now)) {
            refusedForRate.incrementAndGet();
            return new Refusal(429, "TOO_MANY_REQUESTS", "One call at a time, please.");
        }
        String limit = parameter(uri, "limit");
        if (limit != null && !limit.matches("[1-9][0-9]?|100")) {
            return new Refusal(400, "MALFORMED_PARAMETER", "limit must be between 1 and 100.");
        }
        String from = parameter(uri, "from");
        if (from != null && Cursor.offset(from) < 0) {
            return new Refusal(400, "MALFORMED_PARAMETER", "from is not a cursor of this listing.");
        }
        return null;
    }

    private Map<String, Object> page(QueryStringDecoder uri) {
        String limit = parameter(uri, "limit");
        String from = parameter(uri, "from");
        List<Map<String, Object>> all = catalogue.exports();
        int start = from == null ? 0 : Math.min(Cursor.offset(from), all.size());
        int end = Math.min(start + (limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit)), all.size());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("exports", all.subList(start, end));
        page.put("count", end - start);
        page.put("has_more", end < all.size());
        if (end < all.size()) {
            page.put("next_from", Cursor.of(end));
        }
        return page;
    }

    private static @Nullable String parameter(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.get(0);
    }

    private static Publisher<Void> send(HttpServerResponse response, Map<String, Object> body) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendString(Mono.just(Json.write(body)));
    }
}
