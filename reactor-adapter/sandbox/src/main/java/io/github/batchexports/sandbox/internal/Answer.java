package io.github.batchexports.sandbox.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** What the API answers to a call: a status, headers and a JSON object, if any. */
public record Answer(
        int status,
        Map<? extends CharSequence, String> headers,
        @Nullable Map<String, Object> body) {

    public static Answer of(Map<String, Object> body) {
        return new Answer(200, Map.of(), body);
    }

    static Answer accepted(Map<String, Object> body) {
        return new Answer(202, Map.of(), body);
    }

    public static Answer redirect(String location) {
        return new Answer(307, Map.of(HttpHeaderNames.LOCATION, location), null);
    }

    public static Answer refusal(int status, String code, String message) {
        return new Answer(status, Map.of(), Map.of("error_code", code, "error_message", message));
    }

    public static Answer tooSoon(long retryAfterSeconds) {
        Answer refusal = refusal(429, "TOO_MANY_REQUESTS", "One call at a time, please.");
        String seconds = String.valueOf(retryAfterSeconds);
        return new Answer(429, Map.of(HttpHeaderNames.RETRY_AFTER, seconds), refusal.body());
    }

    public Publisher<Void> send(HttpServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        if (body == null) {
            return response.send();
        }
        return response.header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .sendString(Mono.just(Json.write(body)));
    }
}
