package io.github.batchexports.sandbox.internal;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path and the parameters of a call. */
public final class Query {

    private final QueryStringDecoder uri;

    public Query(String uri) {
        this.uri = new QueryStringDecoder(uri);
    }

    public String path() {
        return uri.path();
    }

    /** The first value that a parameter has, or null when it is absent. */
    @Nullable
    public String parameter(String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.get(0);
    }
}
