package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.ErrorAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer to a request for a file: a link to where it is, its content from some byte on, or a refusal. */
public final class FileAnswer {

    private static final Set<Integer> LINKS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> DEAD_LINKS = Set.of(401, 403, 404, 410);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

    private final CallContext call;
    private final int status;
    private final UnaryOperator<@Nullable String> header;

    /**
     * An answer by its status and headers.
     *
     * @param header a header's value by its name, null for one that is absent
     */
    public FileAnswer(CallContext call, int status, UnaryOperator<@Nullable String> header) {
        this.call = call;
        this.status = status;
        this.header = header;
    }

    /** Whether it says where the file is: the API's 307, and what else redirects. */
    public boolean isLink() {
        return LINKS.contains(status);
    }

    /**
     * Where the file is: under {@code https}, or on this machine.
     *
     * @param askedAt what a relative location is relative to
     * @throws DownloadException when there is no location that may be followed
     */
    public URI link(URI askedAt) {
        String location = header.apply("Location");
        if (location == null || location.isBlank()) {
            throw failure("the answer is a redirect without a Location");
        }
        URI link;
        try {
            link = askedAt.resolve(new URI(location.strip()));
        } catch (URISyntaxException e) {
            throw failure("the link is no URL");
        }
        String scheme = String.valueOf(link.getScheme()).toLowerCase(Locale.ROOT);
        String host = link.getHost();
        if (host == null || !(scheme.equals("https") || (scheme.equals("http") && ExportsApi.isLoopback(host)))) {
            throw failure("the link is not https, so that everybody on the way could read the file");
        }
        return link;
    }

    /** Whether content follows. */
    public boolean isContent() {
        return status == 200 || status == 206;
    }

    /**
     * What content follows. A server that does not know ranges sends the file from its start, whatever was asked for.
     *
     * @param asked the first byte that was asked for
     * @throws DownloadException when it is another part of the file than the one asked for
     */
    public FileContent content(long asked) {
        Long length = contentLength();
        String tag = header.apply("ETag");
        String strong = tag == null || tag.startsWith("W/") ? null : tag;
        if (status != 206) {
            return new FileContent(0, length, strong);
        }
        String range = header.apply("Content-Range");
        Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != asked) {
            throw failure("the storage sent another part of the file than the one asked for");
        }
        long end = Long.parseLong(matcher.group(2)) + 1;
        return new FileContent(asked, matcher.group(3).equals("*") ? end : Long.parseLong(matcher.group(3)), strong);
    }

    private @Nullable Long contentLength() {
        String length = header.apply("Content-Length");
        return length == null || !length.strip().matches("[0-9]{1,18}") ? null : (Long) Long.parseLong(length.strip());
    }

    /** Whether a failure may mean that the link has expired: a fresh one is worth asking for. */
    public static boolean isOfDeadLink(DownloadException failure) {
        Integer status = failure.status();
        return status != null && DEAD_LINKS.contains(status);
    }

    /** The failure that a refusal of the storage stands for. Its body is not read, since it may repeat the link. */
    public DownloadException refusal(Instant now) {
        Instant retryAt = new RateLimitHeaders(header, now).retryAfter();
        return new DownloadException(
                call,
                new ErrorAnswer(status, null, null, retryAt),
                "the storage refused",
                PASSING.contains(status),
                0,
                null);
    }

    private DownloadException failure(String reason) {
        return new DownloadException(call, null, reason, false, 0, null);
    }
}
