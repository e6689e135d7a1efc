package io.github.batchexports.sandbox.internal;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The path, the parameters and the body of a call. */
public final class Query {

    private final QueryStringDecoder uri;
    private final String body;

    public Query(String uri) {
        this(uri, "");
    }

    Query(String uri, String body) {
        this.uri = new QueryStringDecoder(uri);
        this.body = body;
    }

    public String path() {
        return uri.path();
    }

    /** Empty if there is none. */
    public String body() {
        return body;
    }

    /** The first value of each parameter. */
    public Map<String, String> parameters() {
        Map<String, String> first = new LinkedHashMap<>();
        uri.parameters().forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }

    /** The first value that a parameter has, or null when it is absent. */
    @Nullable
    public String parameter(String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.get(0);
    }
}
