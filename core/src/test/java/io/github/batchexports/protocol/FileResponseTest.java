package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.Operation;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of a response to a request for a file. */
class FileResponseTest {

    private static final CallContext CALL = new CallContext(Operation.DOWNLOAD, null, 2);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final URI REQUESTED_AT = URI.create("https://api.example/2.8/exports/download?id=x");

    private static FileResponse response(int status, String... headers) {
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            byName.put(headers[i], headers[i + 1]);
        }
        return new FileResponse(CALL, status, byName::get);
    }

    private static URI link(String location) {
        return response(307, "Location", location).link(REQUESTED_AT, true);
    }

    @Test
    void everyStatusIsALinkContentOrAnError() {
        Set<Integer> links = Set.of(301, 302, 303, 307, 308);
        Set<Integer> content = Set.of(200, 206);
        for (int status = 100; status < 600; status++) {
            FileResponse response = response(status);
            assertThat(response.isLink()).as("%d", status).isEqualTo(links.contains(status));
            assertThat(response.isContent()).as("%d", status).isEqualTo(content.contains(status));
            assertThat(response.isRefusal())
                    .as("%d", status)
                    .isEqualTo(!links.contains(status) && !content.contains(status));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://storage.example/a%20b?s=1%2B2+3, https://storage.example/a%20b?s=1%2B2+3",
        "' HTTPS://storage.example/x ', HTTPS://storage.example/x",
        "http://127.0.0.1:8080/x, http://127.0.0.1:8080/x",
        "http://127.9.8.7/x, http://127.9.8.7/x",
        "http://LOCALHOST/x, http://LOCALHOST/x",
        "http://[::1]:80/x, http://[::1]:80/x",
        "//storage.example/x, https://storage.example/x",
        "/x?y, https://api.example/x?y",
        "../x, https://api.example/2.8/x"
    })
    void linkIsHttpsOrLoopback(String location, String link) {
        assertThat(link(location)).hasToString(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://storage.example/secret",
                "http://127.0.0.1.example/secret",
                "http://localhost.example/secret",
                "http://127.0.0.1@storage.example/secret",
                "http://[::2]/secret",
                "http://0.0.0.0/secret",
                "ftp://storage.example/secret",
                "javascript:secret",
                "data:,secret",
                "https://secret_host.example/x",
                "file:/secret",
                "https:///secret",
                "https:secret",
                "a secret",
                "https://storage.example/se|cret secret",
                "https://storage.example:0/secret",
                "https://storage.example:65536/secret",
                "http://127.0.0.1:99999/secret",
                "\u0000secret"
            })
    void otherLinksAreRefusedWithoutQuotingThem(String location) {
        assertThatThrownBy(() -> link(location))
                .isInstanceOfSatisfying(DownloadException.class, failure -> {
                    assertThat(failure.isTransient()).isFalse();
                    assertThat(failure.received()).isZero();
                    assertThat(failure.status()).isNull();
                })
                .hasMessageStartingWith("download file failed (attempt 2): the link is ")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/secret", "http://localhost/secret", "HTTP://[::1]/secret"})
    void linkFromARemoteServerToLoopbackHttpIsRefused(String location) {
        FileResponse response = response(307, "Location", location);
        assertThatThrownBy(() -> response.link(REQUESTED_AT, false))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("the link leads from a remote server to plain http on this machine")
                .hasMessageNotContaining("secret");
        assertThat(response(307, "Location", "https://127.0.0.1/x").link(REQUESTED_AT, false))
                .hasToString("https://127.0.0.1/x");
    }

    @Test
    void linkMayHaveEveryPortThatThereIs() {
        assertThat(link("https://storage.example:1/x")).hasPort(1);
        assertThat(link("https://storage.example:65535/x")).hasPort(65_535);
        assertThatThrownBy(() -> link("https://storage.example:65536/x")).hasMessageContaining("impossible port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t"})
    void redirectWithoutLocationIsRefused(String location) {
        assertThatThrownBy(() -> link(location)).hasMessageContaining("a redirect without a Location");
        assertThatThrownBy(() -> response(302).link(REQUESTED_AT, true))
                .hasMessageContaining("a redirect without a Location");
    }

    @Test
    void contentHasItsLengthAndEntityTag() {
        assertThat(response(200, "Content-Length", " 123 ", "ETag", "\"v1\"").content(0))
                .isEqualTo(new FileContent(0, 123L, 123L, "\"v1\""));
        assertThat(response(200).content(0)).isEqualTo(FileContent.UNKNOWN);
        assertThat(response(200, "Content-Length", "-5").content(0).total()).isNull();
        assertThat(response(200, "Content-Length", "9".repeat(19)).content(0).total())
                .isNull();
    }

    @Test
    void status200IsTheWholeFileWhateverRangeWasRequested() {
        assertThat(response(200, "Content-Length", "123").content(50)).isEqualTo(new FileContent(0, 123L, 123L, null));
    }

    @Test
    void weakEntityTagIsIgnored() {
        assertThat(response(200, "ETag", "W/\"v1\"").content(0).tag()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 50-122/123, 123, 123",
        "BYTES  50-122/123, 123, 123",
        "' bytes 50-99/123 ', 100, 123",
        "bytes 50-50/123, 51, 123",
        "bytes 50-122/*, 123,"
    })
    void partialContentHasItsEndAndTheTotalIfKnown(String range, long end, Long total) {
        assertThat(response(206, "Content-Range", range, "Content-Length", "73", "ETag", "\"v1\"")
                        .content(50))
                .isEqualTo(new FileContent(50, end, total, "\"v1\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes 49-122/123",
                "bytes 51-122/123",
                "bytes */123",
                "bytes 50-/123",
                "bytes 50-49/123",
                "bytes 50-49/*",
                "bytes 50-123/123",
                "lines 50-122/123",
                "bytes 50-122/12345678901234567890"
            })
    void wrongRangeIsRefusedWithBytesReceived(String range) {
        assertThatThrownBy(() -> response(206, "Content-Range", range).content(50))
                .isInstanceOfSatisfying(DownloadException.class, failure -> {
                    assertThat(failure.isTransient()).isFalse();
                    assertThat(failure.received()).isEqualTo(50);
                })
                .hasMessageContaining("another part of the file");
    }

    @Test
    void status416WithTotalIsPastTheEnd() {
        FileResponse response = response(416, "Content-Range", "bytes */123", "ETag", "\"v1\"");
        assertThat(response.isPastTheEnd()).isTrue();
        assertThat(response.isContent()).isTrue();
        assertThat(response.isRefusal()).isFalse();
        assertThat(response.content(123)).isEqualTo(new FileContent(123, 123L, 123L, "\"v1\""));
        assertThat(response(416, "Content-Range", "bytes 0-1/2").isPastTheEnd()).isFalse();
        assertThat(response(206, "Content-Range", "bytes */123").isPastTheEnd()).isFalse();
    }

    @Test
    void partContinuesAFileItDoesNotContradict() {
        FileContent known = new FileContent(0, 5L, 10L, "\"a\"");
        assertThat(new FileContent(5, 10L, 10L, "\"a\"").continues(known)).isTrue();
        assertThat(new FileContent(5, 10L, null, null).continues(known)).isTrue();
        assertThat(known.continues(FileContent.UNKNOWN)).isTrue();
        assertThat(new FileContent(5, 11L, 11L, "\"a\"").continues(known)).isFalse();
        assertThat(new FileContent(5, 10L, 10L, "\"b\"").continues(known)).isFalse();
    }

    @Test
    void laterPartInheritsTotalAndEntityTag() {
        FileContent known = new FileContent(0, 5L, 10L, "\"a\"");
        assertThat(new FileContent(5, 7L, null, null).after(known)).isEqualTo(new FileContent(5, 7L, 10L, "\"a\""));
        assertThat(known.after(FileContent.UNKNOWN)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 10, true, false",
        "10, 10, 9, false, false",
        "10, 10, 11, false, false",
        "5, 10, 5, false, true",
        "5, 10, 4, false, false",
        "5, , 5, true, true",
        "5, , 4, false, false",
        ", , 7, true, false",
    })
    void endOfAPartIsCompleteFollowedOrTruncated(
            Long end, Long total, long position, boolean isComplete, boolean isFollowed) {
        FileContent content = new FileContent(0, end, total, null);
        assertThat(content.isComplete(position)).isEqualTo(isComplete);
        assertThat(content.isFollowedAt(position)).isEqualTo(isFollowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "gzip, br", "a secret"})
    void compressedContentIsRefused(String encoding) {
        for (int status : new int[] {200, 206}) {
            FileResponse response = response(status, "Content-Encoding", encoding, "Content-Range", "bytes 0-1/2");
            assertThatThrownBy(() -> response.content(0))
                    .isInstanceOf(DownloadException.class)
                    .hasMessageContaining("the content is compressed")
                    .hasMessageNotContaining("secret");
        }
        assertThat(response(200, "Content-Encoding", " Identity ").content(0)).isEqualTo(FileContent.UNKNOWN);
        assertThat(response(416, "Content-Encoding", encoding, "Content-Range", "bytes */2")
                        .content(2)
                        .total())
                .isEqualTo(2);
    }

    @Test
    void errorStatusDecidesTransienceAndDeadLink() {
        Set<Integer> transientStatuses = Set.of(408, 429, 500, 502, 503, 504);
        Set<Integer> deadLinks = Set.of(401, 403, 404, 410);
        for (int status = 400; status < 600; status++) {
            DownloadException failure = response(status, "Retry-After", "7").refusal(NOW);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.isTransient()).as("%d", status).isEqualTo(transientStatuses.contains(status));
            assertThat(FileResponse.isOfDeadLink(failure)).as("%d", status).isEqualTo(deadLinks.contains(status));
            assertThat(failure.response().retryAt()).isEqualTo(NOW.plusSeconds(7));
            assertThat(failure).hasMessageContaining("the storage refused, HTTP " + status + "; ");
        }
        assertThat(FileResponse.isOfDeadLink(new DownloadException(CALL, null, "broke", true, 0, null)))
                .isFalse();
    }
}
