package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.CallLog;
import io.github.batchexports.sandbox.internal.Query;
import io.github.batchexports.sandbox.internal.exports.ExportFile;
import io.github.batchexports.sandbox.internal.fault.Disturbance;
import io.github.batchexports.sandbox.internal.fault.FaultScript;
import io.github.batchexports.sandbox.internal.fault.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What has the files. Its links are all it trusts: it refuses a call that comes with a second credential, as storage
 * with signed links does.
 */
public final class Storage {

    private final Links links;
    private final Contents contents;
    private final boolean ranges;
    private final Cuts cuts;
    private final FaultScript faults;
    private final CallLog log;
    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * Answers the storage's calls.
     *
     * @param ranges whether it knows ranges and tags
     */
    public Storage(Links links, Contents contents, boolean ranges, Cuts cuts, FaultScript faults, CallLog log) {
        this.links = links;
        this.contents = contents;
        this.ranges = ranges;
        this.cuts = cuts;
        this.faults = faults;
        this.log = log;
    }

    public int refusals() {
        return refusals.get();
    }

    public Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        log.add(request.method().name(), new Query(request.uri()), request.requestHeaders());
        Disturbance disturbance = faults.take();
        return (disturbance == null ? Disturbance.none() : disturbance).answer(() -> usual(request), response);
    }

    private Reply usual(HttpServerRequest request) {
        HttpHeaders headers = request.requestHeaders();
        if (headers.contains(HttpHeaderNames.AUTHORIZATION) || headers.contains("X-Batch-Project")) {
            refusals.incrementAndGet();
            return refusal(400, "InvalidArgument", "Only one way to authenticate is allowed.");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return refusal(405, "MethodNotAllowed", "Files can only be read.");
        }
        ExportFile file = links.file(new Query(request.uri()));
        if (file == null) {
            return refusal(403, "AccessDenied", "The link has expired or its signature is wrong.");
        }
        return content(file, headers);
    }

    private Reply content(ExportFile file, HttpHeaders asked) {
        FileContent content = contents.of(file);
        Map<CharSequence, String> headers = new LinkedHashMap<>();
        ByteRange range = null;
        if (ranges) {
            String tag = "\"" + file.id() + "-" + file.size() + "\"";
            headers.put(HttpHeaderNames.ACCEPT_RANGES, "bytes");
            headers.put(HttpHeaderNames.ETAG, tag);
            range = range(asked, file.size(), tag);
        }
        if (range == null) {
            return new FileReply(200, headers, content, ByteRange.whole(file.size()), cuts);
        }
        if (range.length() == 0) {
            headers.put(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.size());
            return new Refusal(416, headers, "InvalidRange", "The range begins after the end of the file.");
        }
        String part = "bytes " + range.first() + "-" + (range.end() - 1) + "/" + file.size();
        headers.put(HttpHeaderNames.CONTENT_RANGE, part);
        return new FileReply(206, headers, content, range, cuts);
    }

    /** The range that a call asks for, or null when it gets the whole file. */
    private static @Nullable ByteRange range(HttpHeaders headers, long size, String tag) {
        String range = headers.get(HttpHeaderNames.RANGE);
        String condition = headers.get(HttpHeaderNames.IF_RANGE);
        return range == null || (condition != null && !condition.equals(tag)) ? null : ByteRange.of(range, size);
    }

    private static Reply refusal(int status, String code, String message) {
        return new Refusal(status, Map.of(), code, message);
    }
}
