package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exports list} as a process, against a sandbox in this one and against servers that fail. */
class ListIT {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static Result listAt(String baseUrl, String key, String project, String... arguments) throws Exception {
        return CommandLineProcess.runAt(baseUrl, key, project, "list", arguments);
    }

    private Result list(String... arguments) throws Exception {
        return CommandLineProcess.runAt(sandbox, "list", arguments);
    }

    private List<JsonNode> exports(Predicate<JsonNode> filter) throws Exception {
        return Trees.of(sandbox.exports()).stream().filter(filter).toList();
    }

    @Test
    void jsonIsEachExportAsTheApiSentIt() throws Exception {
        Result result = list("--format", "json");
        assertThat(result.code()).isZero();
        assertThat(Trees.of(result.out())).isEqualTo(exports(export -> true));
        assertThat(result.err()).singleElement().asString().startsWith("253 exports, 3 calls, ");
    }

    @Test
    void filtersTakeWhatAFilterByHandTakes() throws Exception {
        assertThat(Trees.of(list("--status", "SUCCESS", "--scope", "PROFILE_ATTRIBUTES", "--format", "json")
                        .out()))
                .isNotEmpty()
                .isEqualTo(exports(export -> export.get("status").asText().equals("SUCCESS")
                        && export.get("scope").asText().equals("PROFILE_ATTRIBUTES")));
        assertThat(Trees.of(list("--status", "CREATED,PENDING", "--status", "ERROR", "--format", "json")
                        .out()))
                .isNotEmpty()
                .isEqualTo(exports(export -> List.of("CREATED", "PENDING", "ERROR")
                        .contains(export.get("status").asText())));
    }

    @Test
    void statusesAreTakenInAnyCaseAndUnknownOnesWithAWord() throws Exception {
        Result result = list("--status", "success,Archived", "--format", "json");
        assertThat(result.code()).isZero();
        assertThat(Trees.of(result.out()))
                .isNotEmpty()
                .isEqualTo(exports(export -> export.get("status").asText().equals("SUCCESS")));
        assertThat(result.err()).hasSize(2);
        assertThat(result.err().get(0)).contains("ARCHIVED", "not known", "EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"ok\"}", "{\"count\":0,\"has_more\":false}", "{\"exports\":null}"})
    void responseWithoutExportsFailsNamingMember(String body) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body(body).build());
            server.start();
            Result result = listAt("http://127.0.0.1:" + server.getPort(), CommandLineProcess.KEY, "p");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).hasSize(1);
            assertThat(result.err())
                    .singleElement()
                    .asString()
                    .contains("exports")
                    .containsAnyOf("missing", "no array", "not an array", "null")
                    .doesNotContain("--from");
        }
    }

    @Test
    void columnsAlignWithHeader() throws Exception {
        Result result = list("--take", "20");
        assertThat(result.out()).hasSize(21);
        assertThat(result.out().get(0))
                .startsWith("ID ")
                .contains("STATUS", "SCOPE", "TYPE", "REQUESTED", "TOOK", "FILES", "BYTES");
        int status = result.out().get(0).indexOf("STATUS");
        assertThat(result.out().subList(1, 21))
                .allMatch(row -> row.startsWith("export_"))
                .allMatch(row -> row.charAt(status - 1) == ' ' && row.charAt(status) != ' ');
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 1", "11, 2", "25, 3"})
    void takingCostsThePagesThatHoldIt(int take, int calls) throws Exception {
        Result result = list("--take", String.valueOf(take), "--page-size", "10", "--format", "json");
        assertThat(result.out()).hasSize(take);
        assertThat(sandbox.calls()).isEqualTo(calls);
    }

    @Test
    void withoutAKeyItListsASandboxOfItsOwnAndSaysSo() throws Exception {
        for (String[] arguments : new String[][] {{}, {"list"}}) {
            Result result = CommandLineProcess.run(Map.of(), arguments);
            assertThat(result.code()).isZero();
            assertThat(result.out()).hasSize(254);
            assertThat(result.err()).hasSize(2);
            assertThat(result.err().get(0)).contains("BATCH_REST_API_KEY", "sandbox");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--page-size, 0",
        "--page-size, 101",
        "--page-size, x",
        "--take, -1",
        "--from, ''",
        "--status, ''",
        "--status, ','",
        "--scope, ','",
        "--format, yaml",
        "--base-url, http://example.com",
        "--base-url, nonsense",
        "--api-version, ../x",
        "--response-timeout, 2parsecs",
        "--response-timeout, 0s",
        "--requests-per-second, NaN",
        "--project, 'a b'",
        "--rest-api-key, x"
    })
    void badUsageIsOneLineBeforeAnyCall(String option, String value) throws Exception {
        CommandLineProcess.assertBadUsage(SharedProcess.runAt(sandbox, "list", option, value));
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void keysWithControlCharactersAreBadUsage() throws Exception {
        Result result = listAt(sandbox.baseUrl(), "bad\u0001" + CommandLineProcess.KEY, "p");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().toString()).contains("BATCH_REST_API_KEY").doesNotContain(CommandLineProcess.KEY);
        assertThat(CommandLineProcess.run(Map.of("BATCH_REST_API_KEY", "k"), "list")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void refusalPrintsOneLineOfAdvice() throws Exception {
        Result result = listAt(sandbox.baseUrl(), CommandLineProcess.KEY, Sandbox.PROJECT_KEY);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("401", "AUTHENTICATION_INVALID", "check the REST API key")
                .doesNotContain(CommandLineProcess.KEY);
        assertThat(listAt(sandbox.baseUrl(), CommandLineProcess.KEY, "p", "--verbose")
                        .err()
                        .toString())
                .contains("AuthenticationException", "\tat ")
                .doesNotContain(CommandLineProcess.KEY);
    }

    /** Dies after two pages, until it is mended. */
    private static final class DyingServer extends Dispatcher {
        private volatile boolean mended;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String from = request.getUrl().queryParameter("from");
            int page = from == null ? 0 : Integer.parseInt(from.substring(2));
            if (page == 2 && !mended) {
                return new MockResponse.Builder()
                        .code(403)
                        .body("{\"error_code\":\"DEAD\"}")
                        .build();
            }
            return new MockResponse.Builder()
                    .body("{\"exports\":[{\"id\":\"a" + page + "\",\"status\":\"SUCCESS\"},{\"id\":\"b" + page
                            + "\",\"status\":\"SUCCESS\"}],\"has_more\":" + (page < 3) + ",\"next_from\":\"+'"
                            + (page + 1)
                            + "\"}")
                    .build();
        }
    }

    @Test
    void partialListingIsPrintedAndResumable() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            DyingServer dying = new DyingServer();
            server.setDispatcher(dying);
            server.start();
            String baseUrl = "http://127.0.0.1:" + server.getPort();
            Result first = listAt(baseUrl, CommandLineProcess.KEY, "p", "--format", "json");
            assertThat(first.code()).isEqualTo(1);
            assertThat(first.out()).hasSize(4);
            assertThat(first.err()).singleElement().asString().contains("403").endsWith("--from '+'\\''2'");
            dying.mended = true;
            Result rest = listAt(baseUrl, CommandLineProcess.KEY, "p", "--format", "json", "--from", "+'2");
            assertThat(rest.code()).isZero();
            assertThat(rest.out()).hasSize(4).first().asString().contains("\"a2\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"--from=-hAbc", "--from=-VAbc", "--from=--takeAbc", "--from -hAbc", "--from -VAbc"})
    void cursorMayLookLikeOption(String words) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder()
                    .body("{\"exports\":[],\"has_more\":false}")
                    .build());
            server.start();
            Result result =
                    listAt("http://127.0.0.1:" + server.getPort(), CommandLineProcess.KEY, "p", words.split(" ", -1));
            assertThat(result.code()).as("%s", result.err()).isZero();
            assertThat(server.takeRequest().getUrl().queryParameter("from")).isEqualTo(words.substring(7));
        }
    }

    @Test
    void optionInPlaceOfCursorIsBadUsage() throws Exception {
        for (String[] arguments : new String[][] {
            {"--from"}, {"--from", "--take", "1"}, {"--from", "--verbose"}, {"--from", "a", "--from", "b"}
        }) {
            CommandLineProcess.assertBadUsage(SharedProcess.runAt(sandbox, "list", arguments));
        }
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void refusedCursorIsNotOfferedAgain() throws Exception {
        Result result = list("--from", "not-a-cursor");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("400", "not a cursor")
                .endsWith("; start again without --from");
    }
}
