package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsApiTest {

    private static final String QUERY = "?limit=20";

    private static String list(String baseUrl) {
        return new ExportsApi(baseUrl, "2.8", false).list(20, null).uri().toString();
    }

    @Test
    void theListIsWhereTheApisPageSays() {
        assertThat(list("https://api.batch.com")).isEqualTo("https://api.batch.com/2.8/exports/list" + QUERY);
        assertThat(new ExportsApi("https://x", "2.13", false).list(1, null).uri())
                .hasToString("https://x/2.13/exports/list?limit=1");
    }

    @ParameterizedTest
    @CsvSource({
        "MjAyNC0wMS0wMVQwMDowMDowMFo=, MjAyNC0wMS0wMVQwMDowMDowMFo%3D",
        "a+b/c, a%2Bb%2Fc",
        "50%&x=y z, 50%25%26x%3Dy%20z",
        "é🙂, %C3%A9%F0%9F%99%82",
        "-._~azAZ09, -._~azAZ09",
        "@[`{:, %40%5B%60%7B%3A"
    })
    void aCursorIsEncodedOnce(String cursor, String encoded) {
        ApiCall call = new ExportsApi("https://x", "2.8", false).list(100, cursor);
        assertThat(call.uri()).hasToString("https://x/2.8/exports/list?limit=100&from=" + encoded);
        assertThat(call.context().from()).isEqualTo(cursor);
        assertThat(call.withAttempt(3).context().attempt()).isEqualTo(3);
        assertThat(call.withAttempt(3).uri()).isEqualTo(call.uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x/", "https://x//", "HTTPS://x", "https://x:8443", "https://x/proxy/batch/"})
    void aPortAndAPathOfTheServerAreKept(String baseUrl) {
        assertThat(list(baseUrl)).isEqualTo(baseUrl.replaceFirst("/+$", "") + "/2.8/exports/list" + QUERY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1",
                "http://127.9.9.9",
                "http://localhost:80",
                "http://LOCALHOST",
                "http://[::1]:90"
            })
    void plainHttpIsForThisMachine(String baseUrl) {
        assertThat(list(baseUrl)).startsWith(baseUrl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.batch.com",
                "http://127.0.0.1.evil.com",
                "http://localhost.evil.com",
                "http://[::2]",
                "http://10.0.0.1"
            })
    void plainHttpToAnotherMachineNeedsToBeAllowed(String baseUrl) {
        assertThatThrownBy(() -> list(baseUrl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http");
        assertThat(new ExportsApi(baseUrl, "2.8", true).list(1, null).uri().toString())
                .startsWith(baseUrl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.batch.com",
                "ftp://x",
                "https://",
                "https:///x",
                "https://u:p@x",
                "https://x?y",
                "https://x#y",
                "https://x y",
                "file:///etc/passwd",
                "https://x/\u0001"
            })
    void whatIsNoServerIsRefusedInOneLine(String baseUrl) {
        assertThatThrownBy(() -> list(baseUrl))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("baseUrl")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2", "2.8/..", "2.", ".8", "2 8", "12345"})
    void whatIsNoVersionIsRefused(String version) {
        assertThatThrownBy(() -> new ExportsApi("https://x", version, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("apiVersion");
    }

    @Test
    void keysAreCheckedAndNeverQuoted() {
        for (String bad : new String[] {"", "se cret", "secret\n", "secrét", "secret\u007f", "\tsecret"}) {
            assertThatThrownBy(() -> RestApiKey.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .startsWith("restApiKey")
                    .doesNotContain("secr");
            assertThatThrownBy(() -> new ProjectKey(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .startsWith("projectKey")
                    .doesNotContain("secr");
        }
        assertThat(new ProjectKey("project_1!~")).hasToString("project_1!~");
    }

    @Test
    void theKeyIsMaskedWhereItCouldBePrinted() {
        RestApiKey key = RestApiKey.of("s3cr3t");
        assertThat(key).hasToString("***");
        assertThat(key.authorization()).isEqualTo("Bearer s3cr3t");
        assertThat(key.redact("a s3cr3t, s3cr3t")).isEqualTo("a ***, ***");
        assertThat(key.redact(null)).isNull();
    }

    @Test
    void theKeyIsFoundWhereverAFailureCarriesIt() {
        RestApiKey key = RestApiKey.of("s3cr3t");
        assertThat(key.appearsIn(new IllegalStateException("clean", new RuntimeException("clean"))))
                .isFalse();
        assertThat(key.appearsIn(new IllegalStateException("has s3cr3t in it"))).isTrue();
        assertThat(key.appearsIn(new IllegalStateException("clean", new RuntimeException("s3cr3t"))))
                .isTrue();
        IllegalStateException suppressing = new IllegalStateException("clean");
        suppressing.addSuppressed(new RuntimeException("clean", new RuntimeException("s3cr3t")));
        assertThat(key.appearsIn(suppressing)).isTrue();
    }
}
