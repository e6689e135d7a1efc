package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --redis}, {@code BATCH_REDIS_URL} and {@code --instances}, with a real Redis and without one. */
class RedisOptionIT {

    private static final String PASSWORD = "word-that-must-not-leak";

    private final Sandbox sandbox = Sandbox.builder().exports(6).start();
    private final RedisServer redis = new RedisServer();

    @AfterEach
    void close() {
        sandbox.close();
        redis.close();
    }

    private String[] arguments(String... options) {
        return CommandLineProcess.with(
                options, "list", "--base-url", sandbox.baseUrl(), "--page-size", "2", "--format", "json");
    }

    private Result refused(String... options) throws Exception {
        return SharedProcess.run(
                CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY), arguments(options));
    }

    private Result list(Map<String, String> more, String... options) throws Exception {
        Map<String, String> environment =
                new HashMap<>(CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY));
        environment.putAll(more);
        return CommandLineProcess.run(environment, arguments(options));
    }

    @Test
    void redisPacesListingAndKeepsNoInstance() throws Exception {
        Result result = list(Map.of(), "--redis", redis.url(), "--requests-per-second", "10");
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).hasSize(6);
        assertThat(result.err()).singleElement().asString().startsWith("6 exports, 3 calls, ");
        assertThat(redis.<List<String>>call(commands -> commands.keys("*")))
                .singleElement()
                .asString()
                .endsWith(":state")
                .doesNotContain(Sandbox.PROJECT_KEY);
    }

    @Test
    void unpacedWatchSharesPolls() throws Exception {
        Result result = CommandLineProcess.runAt(
                sandbox, "watch", "--for", "5s", "--interval", "1h", "--format", "json", "--redis", redis.url());
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).hasSize(6);
        assertThat(redis.<List<String>>call(commands -> commands.keys("*:page:*")))
                .hasSize(1);
    }

    @Test
    void variableAcceptsPassword() throws Exception {
        redis.call(commands -> commands.configSet("requirepass", PASSWORD));
        String url = redis.url().replace("//", "//:" + PASSWORD + "@");
        Result result = list(Map.of("BATCH_REDIS_URL", url), "--requests-per-second", "10");
        assertThat(result.code()).as("%s", result.err()).isZero();

        String wrong = redis.url().replace("//", "//:" + PASSWORD + "2@");
        Result refused = list(Map.of("BATCH_REDIS_URL", wrong));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().toString()).contains("WRONGPASS").doesNotContain(PASSWORD);
    }

    @Test
    void withoutRedisOneLineSaysSoAndNothingIsCalled() throws Exception {
        redis.kill();
        Result result = list(Map.of(), "--redis", redis.url());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: Redis at 127.0.0.1:")
                .contains("cannot be reached", "--instances");
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void redisThatIsSocketIsNamedByItsPath() throws Exception {
        Result result = list(Map.of(), "--redis", "redis-socket:///none/redis.sock");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: Redis at /none/redis.sock cannot be reached: ");
    }

    @Test
    void withoutRedisItListsWhereItIsKnownHowManyShareTheLimit() throws Exception {
        redis.kill();
        Result result = list(Map.of(), "--redis", redis.url(), "--instances", "2", "--requests-per-second", "10");
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).hasSize(6);
        assertThat(result.err()).singleElement().asString().startsWith("6 exports, 3 calls, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:%s@127.0.0.1:1", "redis://%s@127.0.0.1:1", "redis:/u:%s@", "%s@"})
    void passwordOnCommandLineIsRefusedAndNotEchoed(String url) throws Exception {
        Result result = refused("--redis", url.formatted(PASSWORD));
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().toString()).contains("BATCH_REDIS_URL").doesNotContain(PASSWORD);
        assertThat(sandbox.calls()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--redis, ''", "--redis, http://127.0.0.1", "--redis, 6379", "--instances, 2"})
    void badUsageIsOneLineBeforeAnyCall(String option, String value) throws Exception {
        CommandLineProcess.assertBadUsage(refused(option, value));
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void zeroInstancesAndASandboxOfOnesOwnAreRefused() throws Exception {
        CommandLineProcess.assertBadUsage(refused("--redis", redis.url(), "--instances", "0"));
        Result alone = SharedProcess.run(Map.of(), "list", "--redis", redis.url());
        CommandLineProcess.assertBadUsage(alone);
        assertThat(sandbox.calls()).isZero();
    }
}
