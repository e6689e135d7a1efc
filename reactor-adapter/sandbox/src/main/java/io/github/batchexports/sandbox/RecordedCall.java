package io.github.batchexports.sandbox;

import io.github.batchexports.sandbox.internal.CallLog.LoggedCall;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call that a {@link Sandbox} got. Immutable. */
public final class RecordedCall {

    private final LoggedCall call;

    RecordedCall(LoggedCall call) {
        this.call = call;
    }

    /** Returns the method, such as {@code GET}. */
    public String method() {
        return call.method();
    }

    /** Returns the path with the version, such as {@code /2.8/exports/list}. */
    public String path() {
        return call.query().path();
    }

    /** Returns the decoded parameters of the query, of each the first value; an unmodifiable map. */
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(call.query().parameters());
    }

    /** Returns the first decoded value of a parameter of the query; null if it is absent. */
    public @Nullable String parameter(String name) {
        return call.query().parameter(name);
    }

    /**
     * Returns the headers by their names in lower case; an unmodifiable map. A key that is none of the sandbox's may be a
     * real one: it is not kept, {@code authorization} is {@code ***} then.
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(call.headers());
    }

    /** Returns a header by its name in any case, under the rule of {@link #headers()}; null if it is absent. */
    public @Nullable String header(String name) {
        return call.headers().get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the body of a {@code POST}, as it came; empty for other calls. */
    public String body() {
        return call.query().body();
    }

    /** Returns the method, the path and the parameters. */
    @Override
    public String toString() {
        return method() + " " + path() + " " + parameters();
    }
}
