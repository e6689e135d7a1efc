package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.fault.Disturbance;
import io.github.batchexports.sandbox.internal.fault.FaultScript;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.Set;
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

    private static final Pattern PATH = Pattern.compile("/([0-9]+\\.[0-9]+)/((?:exports|profiles)/[a-z]+)");

    private final Map<String, Counted> routes;
    private final Set<String> versions;
    private final Credentials credentials;
    private final FaultScript faults;
    private final CallLog log;
    private final AtomicInteger refusedForRate = new AtomicInteger();
    private volatile RateLimit rate;

    /**
     * Answers the API's calls.
     *
     * @param versions those that a path may have
     */
    public ApiRoutes(
            Route list,
            Route view,
            Route download,
            Route create,
            Set<String> versions,
            Credentials credentials,
            FaultScript faults,
            CallLog log) {
        this.routes = Map.of(
                "GET exports/list", new Counted(list),
                "GET exports/view", new Counted(view),
                "GET exports/download", new Counted(download),
                "POST profiles/export", new Counted(create));
        this.versions = versions;
        this.credentials = credentials;
        this.faults = faults;
        this.log = log;
        this.rate = new RateLimit(0);
    }

    /** How many calls went to a route, by its method and its path without the version. */
    public int calls(String route) {
        Counted counted = routes.get(route);
        return counted == null ? 0 : counted.calls().get();
    }

    public int refusedForRate() {
        return refusedForRate.get();
    }

    /** From now on calls are refused that come sooner. */
    public void limitRate(double requestsPerSecond) {
        rate = new RateLimit(requestsPerSecond);
    }

    public Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        long now = System.nanoTime();
        if (!request.method().equals(HttpMethod.POST)) {
            return answer(request, new Query(request.uri()), now, response);
        }
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> Mono.from(answer(request, new Query(request.uri(), body), now, response)));
    }

    private Publisher<Void> answer(HttpServerRequest request, Query query, long now, HttpServerResponse response) {
        HttpHeaders headers = request.requestHeaders();
        log.add(request.method().name(), query, headers);
        Counted counted = route(request.method() + " ", query.path());
        if (counted == null) {
            return Response.refusal(404, "ROUTE_NOT_FOUND", "There is nothing at this path.")
                    .send(response);
        }
        counted.calls().incrementAndGet();
        Disturbance disturbance = faults.take();
        return (disturbance == null ? Disturbance.none() : disturbance)
                .answer(() -> usual(counted.route(), headers, query, now), response);
    }

    private Response usual(Route route, HttpHeaders headers, Query query, long now) {
        Response refusal = credentials.refusal(headers);
        if (refusal == null) {
            refusal = refusalForRate(now);
        }
        return refusal == null ? route.answer(query) : refusal;
    }

    private @Nullable Response refusalForRate(long now) {
        RateLimit limit = rate;
        if (limit.takes(now)) {
            return null;
        }
        refusedForRate.incrementAndGet();
        return Response.tooSoon(limit.retryAfterSeconds());
    }

    private @Nullable Counted route(String method, String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() && versions.contains(matcher.group(1)) ? routes.get(method + matcher.group(2)) : null;
    }

    private record Counted(Route route, AtomicInteger calls) {

        Counted(Route route) {
            this(route, new AtomicInteger());
        }
    }
}
