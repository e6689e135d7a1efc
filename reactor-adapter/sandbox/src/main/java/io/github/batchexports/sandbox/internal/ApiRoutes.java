package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.Sandbox;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The API's side of the sandbox: which route a call goes to, and what every route asks of a call first. All routes
 * share one rate limit, as the API counts by project.
 */
public final class ApiRoutes {

    private static final Pattern PATH = Pattern.compile("/[0-9]+\\.[0-9]+/((?:exports|profiles)/[a-z]+)");

    private final Counted list;
    private final Counted view;
    private final Counted download;
    private final Counted create;
    private final Map<String, Counted> routes;
    private final RateLimit rate;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger refusedForRate = new AtomicInteger();

    public ApiRoutes(Route list, Route view, Route download, Route create, RateLimit rate) {
        this.list = new Counted(list);
        this.view = new Counted(view);
        this.download = new Counted(download);
        this.create = new Counted(create);
        this.routes = Map.of(
                "GET exports/list", this.list,
                "GET exports/view", this.view,
                "GET exports/download", this.download,
                "POST profiles/export", this.create);
        this.rate = rate;
    }

    public int calls() {
        return calls.get();
    }

    public int listCalls() {
        return list.calls().get();
    }

    public int viewCalls() {
        return view.calls().get();
    }

    public int downloadCalls() {
        return download.calls().get();
    }

    public int createCalls() {
        return create.calls().get();
    }

    public int refusedForRate() {
        return refusedForRate.get();
    }

    public Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        long now = System.nanoTime();
        calls.incrementAndGet();
        if (!request.method().equals(HttpMethod.POST)) {
            return answer(request, new Query(request.uri()), now).send(response);
        }
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> Mono.from(
                        answer(request, new Query(request.uri(), body), now).send(response)));
    }

    private Answer answer(HttpServerRequest request, Query query, long now) {
        Counted counted = route(request.method() + " ", query.path());
        if (counted == null) {
            return Answer.refusal(404, "ROUTE_NOT_FOUND", "There is nothing at this path.");
        }
        counted.calls().incrementAndGet();
        Answer refusal = refusal(request.requestHeaders(), now);
        return refusal == null ? counted.route().answer(query) : refusal;
    }

    private @Nullable Counted route(String method, String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? routes.get(method + matcher.group(1)) : null;
    }

    private @Nullable Answer refusal(HttpHeaders headers, long now) {
        if (!("Bearer " + Sandbox.REST_API_KEY).equals(headers.get(HttpHeaderNames.AUTHORIZATION))) {
            return Answer.refusal(401, "AUTHENTICATION_INVALID", "The REST API key is missing or not valid.");
        }
        String project = headers.get("X-Batch-Project");
        if (project == null) {
            return Answer.refusal(400, "MISSING_PARAMETER", "The header X-Batch-Project is required.");
        }
        if (!project.equals(Sandbox.PROJECT_KEY)) {
            return Answer.refusal(403, "PROJECT_FORBIDDEN", "This REST API key does not belong to the project.");
        }
        if (!rate.takes(now)) {
            refusedForRate.incrementAndGet();
            return Answer.tooSoon(rate.retryAfterSeconds());
        }
        return null;
    }

    private record Counted(Route route, AtomicInteger calls) {

        Counted(Route route) {
            this(route, new AtomicInteger());
        }
    }
}
