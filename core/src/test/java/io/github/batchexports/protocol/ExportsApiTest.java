package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.error.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsApiTest {

    private static final ExportsApi API =
            new ExportsApi(ExportsApi.DEFAULT_BASE_URL, ExportsApi.DEFAULT_VERSION, false);

    private static String firstPage(String baseUrl, boolean allowInsecureHttp) {
        return new ExportsApi(baseUrl, "2.8", allowInsecureHttp)
                .list(100, null)
                .uri()
                .toString();
    }

    @Test
    void firstPageHasNoCursor() {
        ApiCall call = API.list(100, null);

        assertThat(call.uri().toString()).isEqualTo("https://api.batch.com/2.8/exports/list?limit=100");
        assertThat(call.context().operation()).isEqualTo(Operation.LIST);
        assertThat(call.context().from()).isNull();
        assertThat(call.context().attempt()).isEqualTo(1);
    }

    @Test
    void laterPageHasItsCursor() {
        ApiCall call = API.list(7, "MTcwOTEzNzcyMg==");

        assertThat(call.uri().toString())
                .isEqualTo("https://api.batch.com/2.8/exports/list?limit=7&from=MTcwOTEzNzcyMg%3D%3D");
        assertThat(call.context().from()).isEqualTo("MTcwOTEzNzcyMg==");
    }

    @Test
    void createPostsTheDefinition() {
        ExportDefinition definition =
                ExportDefinition.of(Map.of("export_type", "ATTRIBUTES", "attributes", "$odd", "more", 1.5));
        ApiCall call = API.create(definition);
        assertThat(call.uri().getPath()).isEqualTo("/2.8/profiles/export");
        assertThat(call.body()).isEqualTo(definition.toJson());
        assertThat(call.withAttempt(2).body()).isEqualTo(call.body());
        assertThat(API.list(1, null).body()).isNull();
        assertThat(API.view("a").context().id()).isEqualTo("a");
        assertThat(API.await("a").uri()).isEqualTo(API.view("a").uri());
    }

    @Test
    void invalidDefinitionIsRefusedByMemberName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.create(ExportDefinition.of(Map.of("export_type", 5))))
                .withMessageContaining("export_type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.create(
                        ExportDefinition.forAttributes().identifiers(List.of()).build()))
                .withMessageContaining("attributes")
                .withMessageContaining("identifiers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.create(null))
                .withMessageContaining("definition is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.create(ExportDefinition.forEvents("a")
                        .otherMembers(Map.of("x", new Object()))
                        .build()))
                .withMessageContaining("JSON");
    }

    @Test
    void laterAttemptKeepsTheUri() {
        ApiCall first = API.list(7, "a+b");
        ApiCall third = first.withAttempt(3);

        assertThat(third.uri()).isEqualTo(first.uri());
        assertThat(third.context()).isEqualTo(first.context().withAttempt(3));
        assertThat(third.context().attempt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "+,%2B",
                "/,%2F",
                "=,%3D",
                "%,%25",
                "%2B,%252B",
                "&,%26",
                "a b,a%20b",
                "?,%3F",
                "#,%23",
                "é,%C3%A9",
                "日,%E6%97%A5",
                "😀,%F0%9F%98%80",
                "azAZ09-._~,azAZ09-._~",
                "`{@[/:,%60%7B%40%5B%2F%3A",
                "\u0001\u007f,%01%7F"
            })
    void cursorIsPercentEncodedOnce(String cursor, String encoded) {
        assertThat(API.list(1, cursor).uri().toString()).endsWith("/exports/list?limit=1&from=" + encoded);
    }

    @Test
    void unpairedSurrogateIsNotLost() {
        assertThat(API.list(1, "a\uD83D").uri().toString()).endsWith("from=a%3F");
    }

    @Test
    void encodedCursorDecodesToTheOriginal() {
        StringBuilder all = new StringBuilder("😀日");
        for (char character = 0; character < 0x250; character++) {
            all.append(character);
        }
        String uri = API.list(1, all.toString()).uri().toString();
        String query = uri.substring(uri.indexOf("from=") + 5);

        assertThat(query).doesNotContain("+").matches("[A-Za-z0-9%._~-]+");
        assertThat(URLDecoder.decode(query, StandardCharsets.UTF_8)).isEqualTo(all.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.batch.com, https://api.batch.com/2.8/",
        "https://api.batch.com/, https://api.batch.com/2.8/",
        "https://api.batch.com///, https://api.batch.com/2.8/",
        "HTTPS://api.batch.com, HTTPS://api.batch.com/2.8/",
        "https://gateway.example:8443/batch, https://gateway.example:8443/batch/2.8/",
        "https://gateway.example/batch/eu/, https://gateway.example/batch/eu/2.8/",
        "https://10.0.0.1, https://10.0.0.1/2.8/",
    })
    void baseUrlKeepsItsPathAndNeedsNoSlash(String baseUrl, String start) {
        assertThat(firstPage(baseUrl, false)).isEqualTo(start + "exports/list?limit=100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://LocalHost:8080/",
                "HTTP://localhost",
                "http://127.0.0.1:1234",
                "http://127.255.0.3",
                "http://[::1]:8080",
                "http://[0:0:0:0:0:0:0:1]"
            })
    void plainHttpIsAllowedToLoopback(String baseUrl) {
        assertThatCode(() -> firstPage(baseUrl, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.batch.com",
                "HTTP://api.batch.com",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "http://128.0.0.1",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://notlocalhost",
                "http://[::2]",
                "http://[fe80::1]"
            })
    void plainHttpToOtherHostsNeedsAllowInsecureHttp(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstPage(baseUrl, false))
                .withMessageContaining("plain http")
                .withMessageContaining("allowInsecureHttp()");
        assertThat(firstPage(baseUrl, true)).startsWith(baseUrl + "/2.8/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.batch.com",
                "api.batch.com:443",
                "//api.batch.com",
                "/exports",
                "ftp://api.batch.com",
                "file:///etc/hosts",
                "https:///exports",
                "https:api.batch.com"
            })
    void baseUrlWithoutHttpsOrHostIsRefused(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstPage(baseUrl, true))
                .withMessageContaining("baseUrl must be https and name a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api_batch", "http://my_host:8080", "https://-a.example", "https://h:-1", "https://h:x"})
    void hostNameThatTlsRefusesIsRefused(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportsApi.checkBaseUrl(baseUrl))
                .withMessageStartingWith("baseUrl has a host name or a port that cannot be used: ")
                .withMessageContaining("no '_', which TLS in Java refuses");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 99_999})
    void portOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportsApi.checkBaseUrl("https://api.example:" + port + "/x"))
                .withMessage("baseUrl has the port " + port + ": ports are 1 to 65535");
        assertThatCode(() -> ExportsApi.checkBaseUrl("https://api.example:65535"))
                .doesNotThrowAnyException();
    }

    @Test
    void localHttpLinksNeedALoopbackOrInsecureApi() {
        assertThat(API.allowsLocalHttpLinks()).isFalse();
        assertThat(new ExportsApi("https://api.batch.com", "2.8", true).allowsLocalHttpLinks())
                .isTrue();
        assertThat(new ExportsApi("http://127.0.0.1:8080", "2.8", false).allowsLocalHttpLinks())
                .isTrue();
        assertThat(new ExportsApi("https://localhost", "2.8", false).allowsLocalHttpLinks())
                .isTrue();
    }

    @Test
    void nullIsRefusedByArgumentName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportsApi.checkBaseUrl(null))
                .withMessageStartingWith("baseUrl is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportsApi.checkVersion(null))
                .withMessageStartingWith("apiVersion is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.view(null))
                .withMessageStartingWith("exportId is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> API.download(null))
                .withMessageStartingWith("fileId is null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api batch.com",
                "https://",
                "http://localhost\\@example.com",
                "https://[::1",
                "https://x/\u0001"
            })
    void malformedBaseUrlIsRefused(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstPage(baseUrl, true))
                .withMessageStartingWith("baseUrl is not a URL")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@api.batch.com",
                "https://user:password@api.batch.com",
                "https://@api.batch.com",
                "https://api.batch.com?a=b",
                "https://api.batch.com/?",
                "https://api.batch.com#a",
                "https://api.batch.com/#",
                "http://localhost:80@example.com"
            })
    void baseUrlWithUserQueryOrFragmentIsRefused(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstPage(baseUrl, true))
                .withMessageContaining("no user, query or fragment")
                .withMessageNotContaining("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.13", "3", "1.1.0", "2024.10.12"})
    void apiVersionIsPartOfThePath(String version) {
        assertThat(new ExportsApi("https://api.batch.com", version, false)
                        .list(1, null)
                        .uri()
                        .toString())
                .isEqualTo("https://api.batch.com/" + version + "/exports/list?limit=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2.8", "2.", ".8", "2.8/", "../2", "2.8?", "1.2.3.4", "12345", " 2.8", "2,8", "２"})
    void malformedApiVersionIsRefused(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportsApi("https://api.batch.com", version, false))
                .withMessageContaining("apiVersion");
    }
}
