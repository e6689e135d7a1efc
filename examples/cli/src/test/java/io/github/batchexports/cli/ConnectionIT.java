package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server a command goes to: never to made-up exports because a variable was lost. */
class ConnectionIT {

    @ParameterizedTest
    @CsvSource({
        "BATCH_PROJECT_KEY, p",
        "BATCH_PROJECT_KEY, ''",
        "BATCH_BASE_URL, https://example.com",
        "BATCH_REDIS_URL, redis://localhost",
        "BATCH_REST_API_KEY, ''"
    })
    void missingKeyIsBadUsageIfVariableImpliesApi(String name, String value) throws Exception {
        Result result = CommandLineProcess.run(Map.of(name, value), "list");
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("BATCH_REST_API_KEY", "--sandbox");
    }

    @ParameterizedTest
    @CsvSource({
        "--project, p",
        "--base-url, https://example.com",
        "--api-version, 2.8",
        "--redis, redis://localhost",
        "--proxy, http://localhost:3128"
    })
    void missingKeyIsBadUsageIfOptionImpliesApi(String option, String value) throws Exception {
        Result result = SharedProcess.run(Map.of(), "list", option, value);
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("BATCH_REST_API_KEY", "--sandbox");
    }

    @Test
    void missingProjectErrorNamesVariable() throws Exception {
        Result result = CommandLineProcess.run(Map.of("BATCH_REST_API_KEY", CommandLineProcess.KEY), "list");
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("BATCH_PROJECT_KEY").doesNotContain(CommandLineProcess.KEY);
    }

    @Test
    void errorNamesSourceOfInvalidValue() throws Exception {
        Map<String, String> variables = new HashMap<>(CommandLineProcess.environment(CommandLineProcess.KEY, "a b"));
        assertThat(CommandLineProcess.run(variables, "list").err().get(0))
                .contains("BATCH_PROJECT_KEY")
                .doesNotContain("--project");
        variables.put("BATCH_BASE_URL", "http://example.com");
        assertThat(CommandLineProcess.run(variables, "list", "--project", "p")
                        .err()
                        .get(0))
                .contains("BATCH_BASE_URL")
                .doesNotContain("--base-url");
    }

    @Test
    void sandboxOptionOverridesVariables() throws Exception {
        Result result = CommandLineProcess.run(
                CommandLineProcess.environment(CommandLineProcess.KEY, "p"), "list", "--sandbox", "--take", "2");
        assertThat(result.code()).isZero();
        assertThat(result.out()).hasSize(3);
        assertThat(result.err()).singleElement().asString().startsWith("2 exports, 1 call, ");
        CommandLineProcess.assertBadUsage(SharedProcess.run(Map.of(), "list", "--sandbox", "--project", "p"));
    }

    @Test
    void sandboxServerPrintsUsableSettings() throws Exception {
        Process server = CommandLineProcess.start(Map.of(), "sandbox");
        try (BufferedReader out = CommandLineProcess.reader(server)) {
            Map<String, String> settings = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                String[] setting = out.readLine().split("[ =]", 3);
                assertThat(setting[0]).isEqualTo("export");
                settings.put(setting[1], setting[2]);
            }
            assertThat(settings).containsOnlyKeys("BATCH_REST_API_KEY", "BATCH_PROJECT_KEY", "BATCH_BASE_URL");
            Result result = CommandLineProcess.run(settings, "list", "--take", "2");
            assertThat(result.code()).as("%s", result.err()).isZero();
            assertThat(result.out()).hasSize(3);

            String port = settings.get("BATCH_BASE_URL").replaceAll(".*:", "");
            Result second = CommandLineProcess.run(Map.of(), "sandbox", "--port", port);
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.out()).isEmpty();
            assertThat(second.err())
                    .singleElement()
                    .asString()
                    .startsWith("exports: ")
                    .contains(port);
            server.toHandle().destroy();
            assertThat(CommandLineProcess.exitCode(server)).isEqualTo(143);
            assertThat(out.readLine()).isNull();
        } finally {
            server.destroy();
        }
        CommandLineProcess.assertBadUsage(SharedProcess.run(Map.of(), "sandbox", "--port", "65536"));
    }

    @Test
    void verboseSaysOfEachAttemptHowItEndedAndNeitherKeyNorCursor() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(30).start()) {
            Result result =
                    CommandLineProcess.runAt(sandbox, "list", "--page-size", "10", "--format", "json", "--verbose");
            assertThat(result.code()).isZero();
            assertThat(result.out()).hasSize(30);
            List<String> ends = result.err().stream()
                    .filter(line -> line.contains(": HTTP 200 after "))
                    .toList();
            assertThat(ends).hasSize(3).allMatch(line -> line.startsWith("exports: list, attempt 1: "));
            assertThat(result.err().toString()).doesNotContain(Sandbox.REST_API_KEY, "from=", "==");
        }
    }
}
