package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.reactor.BatchExportsClient;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** The health indicator, in contexts of the older line; the examples are whole applications of both. */
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PAGE = "{\"exports\":[],\"has_more\":false}";
    private static final String KEY = "key-that-must-not-leak-0123456789";

    private final MockWebServer server = new MockWebServer();
    private ApplicationContextRunner application;

    @BeforeEach
    void start() throws Exception {
        server.start();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .withPropertyValues(
                        "batch.exports.rest-api-key=" + KEY,
                        "batch.exports.project-key=project_1",
                        "batch.exports.requests-per-second=0",
                        "batch.exports.retry.max-attempts=1",
                        "batch.exports.base-url=http://127.0.0.1:" + server.getPort());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void succeed(ApplicationContext context) {
        answer(200, PAGE);
        context.getBean(BatchExportsClient.class).list().blockLast(PATIENCE);
    }

    private void fail(ApplicationContext context, int status) {
        answer(status, "");
        StepVerifier.create(context.getBean(BatchExportsClient.class).list())
                .expectError(BatchExportsException.class)
                .verify(PATIENCE);
    }

    private static String status(ApplicationContext context) {
        return context.getBean(HealthIndicator.class).health().getStatus().getCode();
    }

    private static Map<String, Object> details(ApplicationContext context) {
        return context.getBean(HealthIndicator.class).health().getDetails();
    }

    @Test
    void beforeAnyCallItIsUpAndMakesNone() {
        application.run(context -> {
            assertThat(status(context)).isEqualTo("UP");
            assertThat(details(context))
                    .containsOnly(
                            Map.entry("failuresSinceSuccess", 0),
                            Map.entry("waiting", 0),
                            Map.entry("redis", "not used"));
        });
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedKeyIsDownUntilACallSucceeds(int refusal) {
        application.run(context -> {
            fail(context, refusal);
            fail(context, 500);
            assertThat(status(context)).isEqualTo("DOWN");
            assertThat(details(context))
                    .containsKeys("refusedAt", "lastFailureAt")
                    .containsEntry("failuresSinceSuccess", 2);
            assertThat(details(context).get("refused")).asString().contains("" + refusal);
            assertThat(details(context).toString()).doesNotContain(KEY);

            succeed(context);
            assertThat(status(context)).isEqualTo("UP");
            assertThat(details(context))
                    .doesNotContainKeys("refused", "refusedAt")
                    .containsKeys("lastSuccess", "lastFailure")
                    .containsEntry("failuresSinceSuccess", 0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 422, 429, 500, 503})
    void otherFailuresAreDetails(int failure) {
        application.run(context -> {
            fail(context, failure);
            assertThat(status(context)).isEqualTo("UP");
            assertThat(details(context)).containsEntry("failuresSinceSuccess", 1);
            assertThat(details(context).get("lastFailure")).asString().contains("" + failure);
        });
    }

    @Test
    void holdAndWhoWaitsForItAreDetails() {
        application.withPropertyValues("batch.exports.requests-per-second=1").run(context -> {
            server.enqueue(new MockResponse.Builder()
                    .code(429)
                    .addHeader("Retry-After", "100")
                    .build());
            BatchExportsClient client = context.getBean(BatchExportsClient.class);
            StepVerifier.create(client.list()).expectError().verify(PATIENCE);
            Disposable waiting = client.list().subscribe();
            assertThat(status(context)).isEqualTo("UP");
            assertThat(details(context)).containsEntry("waiting", 1);
            assertThat(Instant.parse((String) details(context).get("heldUntil")))
                    .isAfter(Instant.now());
            waiting.dispose();
            assertThat(details(context)).containsEntry("waiting", 0);
        });
    }

    @Test
    void applicationsRegistryIsListenedToOnce() {
        ObservationRegistry registry = ObservationRegistry.create();
        application.withBean(ObservationRegistry.class, () -> registry).run(context -> {
            fail(context, 500);
            assertThat(details(context)).containsEntry("failuresSinceSuccess", 1);
        });
    }

    @Test
    void newerLinesIndicatorSaysTheSame() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate.health"))
                .run(context -> {
                    var indicator = context.getBean(org.springframework.boot.health.contributor.HealthIndicator.class);
                    assertThat(indicator.health().getStatus().getCode()).isEqualTo("UP");
                    fail(context, 401);
                    assertThat(indicator.health().getStatus().getCode()).isEqualTo("DOWN");
                    assertThat(indicator.health().getDetails()).containsKey("refused");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.springframework.boot.health", "org.springframework.boot.actuate.health"})
    void applicationsOwnClientHasNoIndicator(String otherLine) {
        BatchExportsClient own =
                BatchExportsClient.builder().restApiKey("k").projectKey("p").build();
        ApplicationContextRunner owning = application
                .withClassLoader(new FilteredClassLoader(otherLine))
                .withBean("own", BatchExportsClient.class, () -> own);
        owning.run(HealthTest::assertNobodyListens);
        owning.withPropertyValues("batch.exports.rest-api-key=")
                .withBean(BatchExportsClientCustomizer.class, () -> options -> {})
                .run(HealthTest::assertNobodyListens);
    }

    private static void assertNobodyListens(AssertableApplicationContext context) {
        assertThat(context)
                .hasNotFailed()
                .hasSingleBean(BatchExportsClient.class)
                .doesNotHaveBean(CallHealth.class)
                .doesNotHaveBean("batchExportsHealthCustomizer")
                .doesNotHaveBean("batchExportsHealthIndicator");
    }

    @Test
    void clientThatIsMadeOnDemandHasAnIndicator() {
        application
                .withPropertyValues("batch.exports.rest-api-key=")
                .withBean(BatchExportsClientCustomizer.class, () -> options -> options.restApiKeySupplier(() -> KEY))
                .run(context -> {
                    assertThat(status(context)).isEqualTo("UP");
                    fail(context, 401);
                    assertThat(status(context)).isEqualTo("DOWN");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "no", "0"})
    void indicatorCanBeSwitchedOff(String value) {
        application
                .withPropertyValues("management.health.batch-exports.enabled=" + value)
                .run(HealthTest::assertNobodyListens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", ""})
    void indicatorIsThereUnlessItIsSwitchedOff(String value) {
        application
                .withPropertyValues("management.health.batch-exports.enabled=" + value)
                .run(context -> assertThat(status(context)).isEqualTo("UP"));
    }

    @Test
    void withoutEitherLinesTypesNobodyListens() {
        application
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate.health", "org.springframework.boot.health"))
                .run(HealthTest::assertNobodyListens);
    }
}
