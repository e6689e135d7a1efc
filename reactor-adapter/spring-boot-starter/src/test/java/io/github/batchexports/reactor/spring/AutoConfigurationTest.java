package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The bean that properties make, in contexts of the older line; the examples are whole applications of both. */
class AutoConfigurationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "key-that-must-not-leak-0123456789";

    private final MockWebServer server = new MockWebServer();
    private ApplicationContextRunner application;

    @BeforeEach
    void start() throws Exception {
        server.start();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withPropertyValues(
                        "batch.exports.rest-api-key=" + KEY,
                        "batch.exports.project-key=project_1",
                        "batch.exports.base-url=http://127.0.0.1:" + server.getPort());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private static List<String> ids(BatchExportsClient client) {
        return client.list().map(ExportRequest::id).collectList().block(PATIENCE);
    }

    @Test
    void withoutTheRestApiKeyThereIsNoClientAndTheContextStarts() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withPropertyValues("batch.exports.project-key=project_1")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(BatchExportsClient.class)
                        .doesNotHaveBean(BatchExportsProperties.class)
                        .doesNotHaveBean(BatchExportsClientCustomizer.class));
    }

    @Test
    void clientUsesBothKeysAndClosesWithContext() throws InterruptedException {
        answer(200, "{\"exports\":[{\"id\":\"a\",\"status\":\"SUCCESS\"}],\"has_more\":false}");
        List<BatchExportsClient> kept = new ArrayList<>();
        application.run(context -> {
            BatchExportsClient client = context.getBean(BatchExportsClient.class);
            assertThat(ids(client)).containsExactly("a");
            kept.add(client);
        });
        RecordedRequest call = server.takeRequest();
        assertThat(call.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(call.getHeaders().get("X-Batch-Project")).isEqualTo("project_1");
        StepVerifier.create(kept.get(0).list())
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
    }

    @Test
    void everyOtherPropertyReachesTheClient() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        answer(503, "");
        answer(200, "{\"exports\":[],\"has_more\":false}" + " ".repeat(2048));
        application
                .withPropertyValues(
                        "batch.exports.api-version=3.1",
                        "batch.exports.requests-per-second=1000",
                        "batch.exports.response-timeout=700ms",
                        "batch.exports.max-page-bytes=2000",
                        "batch.exports.retry.max-attempts=3",
                        "batch.exports.retry.first-delay=2ms",
                        "batch.exports.retry.max-delay=3ms",
                        "batch.exports.retry.max-elapsed=1m")
                .run(context -> StepVerifier.create(
                                context.getBean(BatchExportsClient.class).list())
                        .expectErrorSatisfies(error -> {
                            assertThat(error)
                                    .isInstanceOf(MalformedResponseException.class)
                                    .hasMessageContaining("(attempt 3)")
                                    .hasMessageContaining("larger than maxPageBytes, 2000 bytes");
                            assertThat(error.getSuppressed()[0])
                                    .isInstanceOf(TransportException.class)
                                    .hasMessageContaining("700 ms");
                        })
                        .verify(PATIENCE));
        assertThat(server.takeRequest().getUrl().encodedPath()).isEqualTo("/3.1/exports/list");
    }

    @ParameterizedTest
    @CsvSource({
        "rest-api-key, a key",
        "project-key, a key",
        "base-url, http://example.com",
        "api-version, ../x",
        "requests-per-second, NaN",
        "response-timeout, 0s",
        "max-page-bytes, 1023",
        "max-page-bytes, 2GB",
        "retry.max-attempts, 0",
        "retry.first-delay, -1s",
        "retry.max-delay, -1s",
        "retry.max-elapsed, 25h"
    })
    void invalidValueFailsStartupNamingProperty(String name, String value) {
        application.withPropertyValues("batch.exports." + name + "=" + value).run(context -> {
            FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getAction()).startsWith("Set the property batch.exports." + name + ", ");
            assertThat(analysis.getDescription())
                    .startsWith("The client of Batch's Exports API cannot be made: ")
                    .doesNotContain("\n");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${BATCH_VALUE_THAT_IS_NOT_SET:}"})
    void blankBaseUrlAndApiVersionCountAsNotSet(String blank) {
        application
                .withPropertyValues("batch.exports.base-url=" + blank, "batch.exports.api-version=" + blank)
                .run(context -> {
                    assertThat(context).hasSingleBean(BatchExportsClient.class);
                    BatchExportsClientBuilder untouched = BatchExportsClient.builder();
                    BatchExportsClientBuilder told = BatchExportsClient.builder();
                    context.getBean(BatchExportsProperties.class).applyTo(told);
                    for (String option : List.of("baseUrl", "apiVersion")) {
                        assertThat(MetadataTest.value(told, option)).isEqualTo(MetadataTest.value(untouched, option));
                    }
                });
    }

    private static ApplicationContextRunner withoutProjectKey() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withPropertyValues("batch.exports.rest-api-key=" + KEY);
    }

    @Test
    void missingProjectKeyFailsStartupNamingProperty() {
        withoutProjectKey().run(context -> {
            FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("projectKey is missing");
            assertThat(analysis.getAction()).contains("batch.exports.project-key");
            for (Throwable t = context.getStartupFailure(); t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain(KEY);
            }
        });
    }

    @Test
    void customizerCanSetProjectKey() {
        withoutProjectKey()
                .withBean(BatchExportsClientCustomizer.class, () -> builder -> builder.projectKey("project_2"))
                .run(context -> assertThat(context.getBean(BatchExportsClient.class))
                        .hasToString("BatchExportsClient[project_2]"));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCustomizers {

        @Bean
        @Order(2)
        BatchExportsClientCustomizer second() {
            return builder -> builder.projectKey("project_of_the_second");
        }

        @Bean
        @Order(1)
        BatchExportsClientCustomizer first() {
            return builder -> builder.projectKey("project_of_the_first");
        }
    }

    @Test
    void customizersComeAfterThePropertiesInTheirOrder() {
        application.withUserConfiguration(TwoCustomizers.class).run(context -> assertThat(
                        context.getBean(BatchExportsClient.class))
                .hasToString("BatchExportsClient[project_of_the_second]"));
    }

    @Test
    void applicationClientTakesPrecedence() {
        BatchExportsClient own =
                BatchExportsClient.builder().restApiKey("k").projectKey("p").build();
        application.withBean(BatchExportsClient.class, () -> own).run(context -> assertThat(
                        context.getBean(BatchExportsClient.class))
                .isSameAs(own));
    }

    @Test
    void applicationRegistryObservesClient() {
        answer(200, "{\"exports\":[],\"has_more\":false}");
        TestObservationRegistry registry = TestObservationRegistry.create();
        application.withBean(TestObservationRegistry.class, () -> registry).run(context -> {
            Flux<ExportRequest> listing =
                    context.getBean(BatchExportsClient.class).list();
            listing.blockLast(PATIENCE);
        });
        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("batch.exports.wait", 1)
                .hasNumberOfObservationsWithNameEqualTo("batch.exports.request", 1);
    }

    @Test
    void whereMicrometerIsNotItLeavesThatOut() {
        application.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> assertThat(context)
                .hasSingleBean(BatchExportsClient.class)
                .doesNotHaveBean(BatchExportsClientCustomizer.class));
    }

    @Test
    void propertiesDoNotPrintKey() {
        application.run(context -> {
            BatchExportsProperties properties = context.getBean(BatchExportsProperties.class);
            assertThat(properties.restApiKey()).isEqualTo(KEY);
            assertThat(properties.toString()).doesNotContain(KEY);
        });
    }
}
