package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.spring.BatchExportsClientCustomizer;
import io.github.batchexports.sandbox.RecordedCall;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Where the keys come from, and what is said where they come from nowhere. The same for either line of Spring Boot. */
@ExtendWith({SandboxExtension.class, OutputCaptureExtension.class})
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

    /** What it says where it fails: by an exception, which ends a JVM with exit code 1. */
    private static String failure(CapturedOutput output, String... arguments) {
        assertThatThrownBy(() -> ExportsApplication.main(arguments)).isInstanceOf(RuntimeException.class);
        assertThatItSaysNoMore(output.toString());
        return output.toString();
    }

    private static void assertThatItSaysNoMore(String output) {
        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
    }

    @Test
    void variablesThatAreNotSetAreNamedByTheirProperties(CapturedOutput output) throws Exception {
        assertThat(failure(output))
                .contains("restApiKey is missing")
                .contains("Set the property batch.exports.rest-api-key");
        try (ApplicationProcess application =
                ApplicationProcess.start(Map.of("BATCH_REST_API_KEY", "key-that-must-not-leak"))) {
            assertThat(application.awaitEnd()).isEqualTo(1);
            assertThatItSaysNoMore(application.output());
            assertThat(application.output())
                    .contains("projectKey is missing")
                    .contains("Set the property batch.exports.project-key")
                    .doesNotContain("key-that-must-not-leak");
        }
    }

    @Test
    void withoutAnyPropertyTheOneThatIsMissingIsNamed(CapturedOutput output) {
        assertThat(failure(output, NO_PROPERTIES))
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
            assertThat(client.list().collectList().block(Duration.ofSeconds(60)))
                    .isEmpty();
            sandbox.rotateRestApiKey("second");
            context.getBean(Rotating.class).key.set("second");
            assertThat(client.list().collectList().block(Duration.ofSeconds(60)))
                    .isEmpty();
        }
        assertThat(sandbox.recordedCalls())
                .extracting((RecordedCall call) -> call.header("Authorization"))
                .containsExactly("Bearer " + Sandbox.REST_API_KEY, "Bearer second");
    }
}
