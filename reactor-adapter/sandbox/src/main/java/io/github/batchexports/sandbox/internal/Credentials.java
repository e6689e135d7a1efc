package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.Sandbox;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Which REST API key is taken, and for which project. */
public final class Credentials {

    private static final String SCHEME = "Bearer ";

    private volatile String key = Sandbox.REST_API_KEY;
    private final Set<String> fakes = new CopyOnWriteArraySet<>(Set.of(key));

    public Credentials() {}

    /** From now on this is the key. */
    public void rotate(String next) {
        fakes.add(next);
        key = next;
    }

    @Nullable
    Response refusal(HttpHeaders headers) {
        if (!(SCHEME + key).equals(headers.get(HttpHeaderNames.AUTHORIZATION))) {
            return Response.refusal(401, "AUTHENTICATION_INVALID", "The REST API key is missing or not valid.");
        }
        String project = headers.get("X-Batch-Project");
        if (project == null) {
            return Response.refusal(400, "MISSING_PARAMETER", "The header X-Batch-Project is required.");
        }
        if (!project.equals(Sandbox.PROJECT_KEY)) {
            return Response.refusal(403, "PROJECT_FORBIDDEN", "This REST API key does not belong to the project.");
        }
        return null;
    }

    /** A value of {@code Authorization} as a test may see it: a key that is none of the sandbox's may be a real one. */
    public String shown(String authorization) {
        return authorization.startsWith(SCHEME) && fakes.contains(authorization.substring(SCHEME.length()))
                ? authorization
                : "***";
    }
}
