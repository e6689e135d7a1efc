package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.BatchExportsClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

/** Where the REST API key comes from, and what is said where it comes from nowhere. */
class RestApiKeyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
            .withPropertyValues("batch.exports.project-key=project_1");

    @Configuration(proxyBeanMethods = false)
    static class Needy {

        @Bean
        String needsTheClient(BatchExportsClient client) {
            return client.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsAnother {

        @Bean
        String needsAnother(Thread other) {
            return other.toString();
        }
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return new ClientMissingFailureAnalyzer(new StandardEnvironment()).analyze(context.getStartupFailure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"${BATCH_REST_API_KEY_THAT_IS_NOT_SET:}", ""})
    void emptyPropertyFailsWhoNeedsTheClientAndNobodyElse(String empty) {
        ApplicationContextRunner unset = application.withPropertyValues("batch.exports.rest-api-key=" + empty);
        unset.run(context -> assertThat(context).hasNotFailed());
        unset.withUserConfiguration(Needy.class).run(context -> {
            FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("restApiKey is missing");
            assertThat(analysis.getAction()).startsWith("Set the property batch.exports.rest-api-key,");
        });
    }

    @Test
    void emptyProjectKeyFailsTheStart() {
        application
                .withPropertyValues("batch.exports.rest-api-key=key", "batch.exports.project-key=")
                .run(context -> {
                    FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("projectKey is missing");
                    assertThat(analysis.getAction()).startsWith("Set the property batch.exports.project-key,");
                });
    }

    @Test
    void withoutThePropertyTheAnalysisNamesItAndWhoNeedsIt() {
        application.withUserConfiguration(Needy.class).run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription())
                    .contains("needsTheClient")
                    .contains("the property batch.exports.rest-api-key is missing");
            assertThat(analysis.getAction()).contains("BATCH_REST_API_KEY", "restApiKeySupplier");
        });
    }

    @Test
    void otherMissingBeansAreNotExplained() {
        application.withUserConfiguration(NeedsAnother.class).run(context -> assertThat(analysis(context))
                .isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "batch.exports.rest-api-key="})
    void keyOfACustomizersSupplierMayRotate(String property) throws Exception {
        AtomicReference<String> key = new AtomicReference<>("first");
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            for (int i = 0; i < 2; i++) {
                server.enqueue(new MockResponse.Builder()
                        .body("{\"exports\":[],\"has_more\":false}")
                        .build());
            }
            application
                    .withPropertyValues(property, "batch.exports.base-url=http://127.0.0.1:" + server.getPort())
                    .withBean(BatchExportsClientCustomizer.class, () -> options -> options.restApiKeySupplier(key::get))
                    .run(context -> {
                        BatchExportsClient client = context.getBean(BatchExportsClient.class);
                        client.list().blockLast(PATIENCE);
                        key.set("second");
                        client.list().blockLast(PATIENCE);
                    });
            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer first");
            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer second");
        }
    }

    @Test
    void customizerWithoutAKeyHarmsNobodyWhoDoesNotNeedTheClient() {
        application
                .withBean(BatchExportsClientCustomizer.class, () -> options -> {})
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void keyFromTwoPlacesFailsTheStart() {
        application
                .withPropertyValues("batch.exports.rest-api-key=first-key")
                .withBean(BatchExportsClientCustomizer.class, () -> options -> options.restApiKeySupplier(() -> "two"))
                .run(context -> {
                    FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("restApiKey and restApiKeySupplier are both set")
                            .doesNotContain("first-key");
                    assertThat(analysis.getAction())
                            .isEqualTo("Remove the property batch.exports.rest-api-key, or what a"
                                    + " BatchExportsClientCustomizer sets.");
                });
    }
}
