package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands through a proxy, which answers CONNECT and then for the server behind it. */
class ProxyIT {

    private static final String NOBODY = "http://127.0.0.1:1";

    private final MockWebServer proxy = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        proxy.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getMethod().equals("CONNECT")
                                && request.getTarget().contains("refused")
                        ? new MockResponse.Builder().code(407).build()
                        : new MockResponse.Builder()
                                .body(
                                        request.getMethod().equals("CONNECT")
                                                ? ""
                                                : "{\"exports\":[{\"id\":\"x\",\"status\":\"SUCCESS\"}],\"has_more\":false}")
                                .build();
            }
        });
        proxy.start();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private String proxyAt(String user) {
        return "http://" + user + "127.0.0.1:" + proxy.getPort();
    }

    private static Result list(Map<String, String> more, String baseUrl, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(CommandLineProcess.environment(CommandLineProcess.KEY, "p"));
        environment.putAll(more);
        return CommandLineProcess.run(environment, CommandLineProcess.at(baseUrl, "list", arguments));
    }

    @Test
    void callsGoThroughTheProxyThatTheOptionNames() throws Exception {
        Result result = list(Map.of(), NOBODY, "--proxy", proxyAt(""), "--format", "json");
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).hasSize(1);
        RecordedRequest tunnel = proxy.takeRequest();
        assertThat(tunnel.getRequestLine()).startsWith("CONNECT 127.0.0.1:1 ");
        assertThat(tunnel.getHeaders().names()).doesNotContain("Authorization", "X-Batch-Project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void variableProxyReceivesHostNameAndPassword(String variable) throws Exception {
        Result result = list(Map.of(variable, proxyAt("me:p%40ss@")), "https://refused.example");
        assertThat(result.code()).isEqualTo(1);
        RecordedRequest tunnel = proxy.takeRequest();
        assertThat(tunnel.getRequestLine()).startsWith("CONNECT refused.example:443 ");
        assertThat(tunnel.getHeaders().get("Proxy-Authorization")).isEqualTo(Credentials.basic("me", "p@ss"));
        assertThat(result.err().toString()).doesNotContain("p@ss", "p%40ss");
    }

    @ParameterizedTest
    @CsvSource({"NO_PROXY, 'example.com, 127.0.0.1'", "no_proxy, *", "NO_PROXY, .0.0.1"})
    void hostsOfNoProxyAreReachedWithoutIt(String variable, String value) throws Exception {
        String server = "http://127.0.0.1:" + proxy.getPort();
        Result result = list(Map.of(variable, value), server, "--proxy", NOBODY);
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(proxy.takeRequest().getMethod()).isEqualTo("GET");
    }

    @Test
    void variableAppliesToHttpsOnly() throws Exception {
        Result result = list(Map.of("HTTPS_PROXY", NOBODY), "http://127.0.0.1:" + proxy.getPort());
        assertThat(result.code()).as("%s", result.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://me:secret@localhost:1", "https://localhost:1", "http://localhost", "http://a b:1", ""})
    void invalidProxyIsBadUsageAndNotEchoed(String url) throws Exception {
        Result result = SharedProcess.runAt(NOBODY, CommandLineProcess.KEY, "p", "list", "--proxy", url);
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("--proxy").doesNotContain("secret");
        if (!url.isEmpty()) {
            result = list(Map.of("HTTPS_PROXY", url.replace("localhost:1", "localhost")), "https://example.com");
            CommandLineProcess.assertBadUsage(result);
            assertThat(result.err().get(0)).contains("HTTPS_PROXY").doesNotContain("secret", "--proxy");
        }
    }
}
