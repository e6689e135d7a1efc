package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.redis.RedisUnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.test.StepVerifier;

/** Which connection is used, and what is said where there is none. The examples share a real Redis. */
class RedisConfigurationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ENABLED = "batch.exports.redis.enabled=true";

    private final MockWebServer server = new MockWebServer();
    private ApplicationContextRunner application;

    @BeforeEach
    void start() throws Exception {
        server.start();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withPropertyValues(
                        "batch.exports.rest-api-key=key",
                        "batch.exports.project-key=project_1",
                        "batch.exports.base-url=http://127.0.0.1:" + server.getPort());
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A port of this machine on which nothing answers. */
    private static int closedPort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    private static LettuceConnectionFactory connections() {
        return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", closedPort()));
    }

    private ApplicationContextRunner withSpringData() {
        return application.withBean(ReactiveRedisConnectionFactory.class, RedisConfigurationTest::connections);
    }

    private static void assertAsksRedis(BatchExportsClient client) {
        StepVerifier.create(client.list())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(PacerException.class)
                        .hasRootCauseInstanceOf(ConnectException.class)
                        .satisfies(failure ->
                                assertThat(failure.getCause()).isInstanceOf(RedisUnavailableException.class)))
                .verify(PATIENCE);
    }

    @Test
    void nothingIsSharedUnlessItIsEnabled() {
        withSpringData().run(context -> assertThat(context).doesNotHaveBean(RedisCustomizer.class));
        withSpringData().withPropertyValues("batch.exports.redis.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(RedisCustomizer.class));
        application
                .withClassLoader(new FilteredClassLoader(
                        "io.github.batchexports.redis", "org.springframework.data", "io.lettuce"))
                .run(context -> assertThat(context).hasSingleBean(BatchExportsClient.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "0", "", "${SHARE_THAT_IS_NOT_SET:}"})
    void whatBindsAsFalseOrIsEmptySharesNothing(String value) {
        ApplicationContextRunner switchedOff =
                withSpringData().withPropertyValues("batch.exports.redis.enabled=" + value);
        switchedOff.run(context ->
                assertThat(context).hasSingleBean(BatchExportsClient.class).doesNotHaveBean(RedisCustomizer.class));
        switchedOff
                .withClassLoader(new FilteredClassLoader("io.github.batchexports.redis"))
                .run(context -> assertThat(context).hasSingleBean(BatchExportsClient.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "yes", "1"})
    void whatBindsAsTrueShares(String value) {
        withSpringData()
                .withPropertyValues("batch.exports.redis.enabled=" + value)
                .run(context -> assertThat(context).hasSingleBean(RedisCustomizer.class));
    }

    @Test
    void whatIsNoBooleanFailsTheStartNamingTheProperty() {
        withSpringData()
                .withPropertyValues("batch.exports.redis.enabled=perhaps")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("batch.exports.redis.enabled")
                        .hasStackTraceContaining("perhaps"));
    }

    @Test
    void springDatasConnectionIsUsed() {
        withSpringData()
                .withPropertyValues(ENABLED)
                .run(context -> assertAsksRedis(context.getBean(BatchExportsClient.class)));
    }

    @Test
    void lettucesClientIsUsedWhereSpringDataIsNot() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.data"))
                .withBean(RedisClient.class, RedisClient::create)
                .withBean(RedisURI.class, () -> RedisURI.create("127.0.0.1", closedPort()))
                .withPropertyValues(ENABLED)
                .run(context -> assertAsksRedis(context.getBean(BatchExportsClient.class)));
    }

    @Test
    void itGoesOnWithItsPartWhereTheNumberOfInstancesIsKnown() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"exports\":[{\"id\":\"a\",\"status\":\"SUCCESS\"}],\"has_more\":false}")
                .build());
        withSpringData()
                .withPropertyValues(ENABLED, "batch.exports.redis.instances=2", "batch.exports.requests-per-second=100")
                .run(context -> StepVerifier.create(
                                context.getBean(BatchExportsClient.class).list().map(ExportRequest::id))
                        .expectNext("a")
                        .expectComplete()
                        .verify(PATIENCE));
    }

    private static void assertMissing(Throwable failure, String reason, String action) {
        FailureAnalysis analysis = new RedisMissingFailureAnalyzer().analyze(failure);
        assertThat(analysis.getDescription())
                .startsWith("The client of Batch's Exports API cannot share its limit through Redis: " + reason);
        assertThat(analysis.getAction()).contains(action, "batch.exports.redis.enabled.");
    }

    @Test
    void withoutTheJarTheStartFailsWithItsName() {
        withSpringData()
                .withPropertyValues(ENABLED)
                .withClassLoader(new FilteredClassLoader("io.github.batchexports.redis"))
                .run(context -> assertMissing(
                        context.getStartupFailure(),
                        "batch-exports-redis is not on the classpath",
                        "Add the dependency"));
    }

    @Test
    void withoutAConnectionTheStartFailsWithWhatToAdd() {
        application
                .withPropertyValues(ENABLED)
                .run(context -> assertMissing(
                        context.getStartupFailure(),
                        "there is no ReactiveRedisConnectionFactory",
                        "spring-boot-starter-data-redis-reactive"));
        application
                .withPropertyValues(ENABLED)
                .withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce"))
                .run(context -> assertMissing(
                        context.getStartupFailure(),
                        "there is no ReactiveRedisConnectionFactory",
                        "spring-boot-starter-data-redis-reactive"));
    }

    @Test
    void ofSeveralConnectionsNoneIsTakenByChance() {
        withSpringData()
                .withBean("second", ReactiveRedisConnectionFactory.class, RedisConfigurationTest::connections)
                .withPropertyValues(ENABLED)
                .run(context -> assertMissing(context.getStartupFailure(), "there is no", "RedisURI"));
    }

    @ParameterizedTest
    @CsvSource({"redis.instances, 0", "redis.key-prefix, ''", "redis.key-prefix, {a}", "requests-per-second, NaN"})
    void invalidValueFailsStartupNamingProperty(String name, String value) {
        withSpringData()
                .withPropertyValues(ENABLED, "batch.exports." + name + "=" + value)
                .run(context -> {
                    FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getAction()).startsWith("Set the property batch.exports." + name + ", ");
                });
    }
}
