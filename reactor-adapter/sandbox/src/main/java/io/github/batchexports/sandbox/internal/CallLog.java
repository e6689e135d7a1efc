package io.github.batchexports.sandbox.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a server was called with: how often, and the latest calls. */
public final class CallLog {

    /** A sandbox may run for days. */
    private static final int KEPT = 1_000;

    private final Credentials credentials;
    private final Deque<LoggedCall> latest = new ArrayDeque<>();
    private int calls;

    public CallLog(Credentials credentials) {
        this.credentials = credentials;
    }

    /** A call; the names of its headers are in lower case. */
    public record LoggedCall(String method, Query query, Map<String, String> headers) {}

    public synchronized int calls() {
        return calls;
    }

    public synchronized List<LoggedCall> latest() {
        return List.copyOf(latest);
    }

    public void add(String method, Query query, HttpHeaders headers) {
        Map<String, String> all = new TreeMap<>();
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean secret = HttpHeaderNames.AUTHORIZATION.contentEquals(name);
            all.merge(name, secret ? credentials.shown(header.getValue()) : header.getValue(), (a, b) -> a + ", " + b);
        });
        LoggedCall call = new LoggedCall(method, query, all);
        synchronized (this) {
            calls++;
            latest.add(call);
            if (latest.size() > KEPT) {
                latest.remove();
            }
        }
    }
}
