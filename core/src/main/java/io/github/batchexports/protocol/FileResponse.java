package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.ErrorResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meaning of a response to a request for a file: a link, content from some byte on, or an error. Immutable. */
public final class FileResponse {

    private static final Set<Integer> LINKS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> DEAD_LINKS = Set.of(401, 403, 404, 410);
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAST_THE_END = Pattern.compile("bytes +\\*/([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENCODING = Pattern.compile("[A-Za-z0-9-]{1,20}");

    private final CallContext call;
    private final int status;
    private final UnaryOperator<@Nullable String> header;

    /**
     * Creates the response to a call.
     *
     * @param header returns a header's value by its name, null if it is absent
     */
    public FileResponse(CallContext call, int status, UnaryOperator<@Nullable String> header) {
        this.call = call;
        this.status = status;
        this.header = header;
    }

    /** Returns whether this is a link to the file: status 307, as the API sends it, or another redirect. */
    public boolean isLink() {
        return LINKS.contains(status);
    }

    /**
     * Returns the URL of the file: {@code https}, or plain {@code http} on this machine if that is allowed.
     *
     * @param requestUri URI of the request, which a relative location is resolved against
     * @param isLocalHttpAllowed whether plain {@code http} on this machine may be followed; see
     *     {@link ExportsApi#allowsLocalHttpLinks()}
     * @throws DownloadException if there is no location, or one that may not be followed; the message does not quote it
     */
    public URI link(URI requestUri, boolean isLocalHttpAllowed) {
        String location = header.apply("Location");
        if (location == null || location.isBlank()) {
            throw failure("the response is a redirect without a Location header");
        }
        URI link;
        try {
            link = requestUri.resolve(new URI(location.strip()));
        } catch (URISyntaxException e) {
            throw failure("the link is not a valid URL");
        }
        String host = link.getHost();
        if (host == null && link.getRawAuthority() != null) {
            throw failure("the link is to a host name that TLS in Java refuses, such as one with '_'");
        }
        if (!ExportsApi.isPortValid(link)) {
            throw failure("the link is to an impossible port: ports are 1 to 65535");
        }
        if (host != null && "https".equalsIgnoreCase(link.getScheme())) {
            return link;
        }
        if (host == null || !"http".equalsIgnoreCase(link.getScheme()) || !ExportsApi.isLoopback(host)) {
            throw failure("the link is not https: others on the network could read the file");
        }
        if (!isLocalHttpAllowed) {
            throw failure("the link leads from a remote server to plain http on this machine");
        }
        return link;
    }

    /** Returns whether the body is content of the file, or the file ends before the requested range. */
    public boolean isContent() {
        return status == 200 || status == 206 || isPastTheEnd();
    }

    /**
     * Returns whether the file ends before the requested range, and the response says where. This happens if a transfer of
     * unknown length breaks off right at the end.
     */
    public boolean isPastTheEnd() {
        return status == 416 && contentRange(PAST_THE_END).matches();
    }

    /** Returns whether this is neither a link nor content, but an error. */
    public boolean isRefusal() {
        return !isLink() && !isContent();
    }

    /**
     * Returns what the body is. A server that does not support ranges sends the file from its start, whatever was
     * requested.
     *
     * @param requested position of the first byte that was requested, from 0
     * @throws DownloadException if the body is another part of the file than the requested one, or compressed
     */
    public FileContent content(long requested) {
        if (status != 416) {
            checkEncoding();
        }
        String tag = header.apply("ETag");
        String strong = tag == null || tag.startsWith("W/") ? null : tag;
        return switch (status) {
            case 206 -> part(requested, strong);
            case 416 -> pastTheEnd(requested, strong);
            default -> whole(strong);
        };
    }

    private FileContent part(long requested, @Nullable String tag) {
        Matcher range = contentRange(CONTENT_RANGE);
        if (range.matches() && Long.parseLong(range.group(1)) == requested) {
            long end = Long.parseLong(range.group(2)) + 1;
            Long total = range.group(3).equals("*") ? null : (Long) Long.parseLong(range.group(3));
            if (end > requested && (total == null || end <= total)) {
                return new FileContent(requested, end, total, tag);
            }
        }
        throw failure("the storage sent another part of the file than the one asked for", requested);
    }

    private FileContent pastTheEnd(long requested, @Nullable String tag) {
        Long total = number(contentRange(PAST_THE_END), 1);
        return new FileContent(requested, total, total, tag);
    }

    private FileContent whole(@Nullable String tag) {
        Long length = contentLength();
        return new FileContent(0, length, length, tag);
    }

    /** No encoding is requested: ranges count encoded bytes, so a transfer could not be resumed. */
    private void checkEncoding() {
        String encoding = header.apply("Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            String name = ENCODING.matcher(encoding.strip()).matches() ? " (" + encoding.strip() + ")" : "";
            throw failure("the content is compressed" + name + ", which was not requested");
        }
    }

    private Matcher contentRange(Pattern pattern) {
        String range = header.apply("Content-Range");
        return pattern.matcher(range == null ? "" : range.strip());
    }

    private static @Nullable Long number(Matcher matcher, int group) {
        return matcher.matches() ? (Long) Long.parseLong(matcher.group(group)) : null;
    }

    private @Nullable Long contentLength() {
        String length = header.apply("Content-Length");
        return length == null || !length.strip().matches("[0-9]{1,18}") ? null : (Long) Long.parseLong(length.strip());
    }

    /** Returns whether a failure may mean that the link has expired, so that a fresh one is worth requesting. */
    public static boolean isOfDeadLink(DownloadException failure) {
        Integer status = failure.status();
        return status != null && DEAD_LINKS.contains(status);
    }

    /** Returns the error that this response stands for. Its body is not read, since it may repeat the link. */
    public DownloadException refusal(Instant now) {
        Instant retryAt = new RateLimitHeaders(header, now).retryAfter();
        return new DownloadException(
                call,
                new ErrorResponse(status, null, null, retryAt),
                "the storage refused",
                TRANSIENT.contains(status),
                0,
                null);
    }

    private DownloadException failure(String reason) {
        return failure(reason, 0);
    }

    private DownloadException failure(String reason, long received) {
        return new DownloadException(call, null, reason, false, received, null);
    }
}
