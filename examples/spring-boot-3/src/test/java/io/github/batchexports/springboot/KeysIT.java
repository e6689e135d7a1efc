package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.spring.BatchExportsClientCustomizer;
import io.github.batchexports.sandbox.RecordedCall;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Where the keys come from, and what is said where they come from nowhere. The same for either line of Spring Boot. */
@ExtendWith(SandboxExtension.class)
class KeysIT {

    /** Instead of the application's own properties. */
    private static final String NO_PROPERTIES = "--spring.config.location=optional:classpath:/none/";

    @EnableAutoConfiguration
    static class NoApplication {}

    @EnableAutoConfiguration
    static class Rotating {

        final AtomicReference<String> key = new AtomicReference<>(Sandbox.REST_API_KEY);

        @Bean
        BatchExportsClientCustomizer rotatingKey() {
            return options -> options.restApiKeySupplier(key::get);
        }
    }

    private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    private static String failure(Map<String, String> environment, String... arguments) throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(environment, arguments)) {
            assertThat(application.awaitEnd()).isEqualTo(1);
            assertThat(application.output())
                    .contains("APPLICATION FAILED TO START")
                    .doesNotContain("\tat ");
            return application.output();
        }
    }

    @Test
    void variablesThatAreNotSetAreNamedByTheirProperties() throws Exception {
        assertThat(failure(Map.of()))
                .contains("restApiKey is missing")
                .contains("Set the property batch.exports.rest-api-key");
        assertThat(failure(Map.of("BATCH_REST_API_KEY", "key-that-must-not-leak")))
                .contains("projectKey is missing")
                .contains("Set the property batch.exports.project-key")
                .doesNotContain("key-that-must-not-leak");
    }

    @Test
    void withoutAnyPropertyTheOneThatIsMissingIsNamed() throws Exception {
        assertThat(failure(Map.of(), NO_PROPERTIES))
                .contains("the property batch.exports.rest-api-key is missing")
                .contains("exportController", "BATCH_REST_API_KEY");
    }

    @Test
    void applicationThatDoesNotNeedTheClientStarts() {
        try (ConfigurableApplicationContext context = run(NoApplication.class)) {
            assertThat(context.isRunning()).isTrue();
        }
        try (ConfigurableApplicationContext context = run(NoApplication.class, NO_PROPERTIES)) {
            assertThat(context.getBeansOfType(BatchExportsClient.class)).isEmpty();
        }
    }

    @Test
    void keyMayRotateBetweenTwoCalls(Sandbox sandbox) {
        try (ConfigurableApplicationContext context = run(
                Rotating.class,
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.project-key=" + Sandbox.PROJECT_KEY,
                "--batch.exports.requests-per-second=0")) {
            BatchExportsClient client = context.getBean(BatchExportsClient.class);
            assertThat(client.list().collectList().block()).isEmpty();
            sandbox.rotateRestApiKey("second");
            context.getBean(Rotating.class).key.set("second");
            assertThat(client.list().collectList().block()).isEmpty();
        }
        assertThat(sandbox.recordedCalls())
                .extracting((RecordedCall call) -> call.header("Authorization"))
                .containsExactly("Bearer " + Sandbox.REST_API_KEY, "Bearer second");
    }
}
