package io.github.batchexports.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.spring.BatchExportsClientCustomizer;
import io.github.batchexports.sandbox.Fault;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxExtension;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What the application's health says of the client. The same for either line of Spring Boot. */
@ExtendWith(SandboxExtension.class)
class HealthIT {

    private final Calls calls = new Calls();
    private Sandbox sandbox;

    @EnableAutoConfiguration
    static class OwnClient {

        @Bean
        BatchExportsClient own() {
            return BatchExportsClient.builder()
                    .restApiKey(Sandbox.REST_API_KEY)
                    .projectKey(Sandbox.PROJECT_KEY)
                    .build();
        }
    }

    @EnableAutoConfiguration
    static class SuppliedKey {

        @Bean
        BatchExportsClientCustomizer supplier() {
            return options -> options.restApiKeySupplier(() -> Sandbox.REST_API_KEY);
        }
    }

    private static boolean hasIndicator(Class<?> application, String key) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run("--BATCH_REST_API_KEY=" + key, "--BATCH_PROJECT_KEY=" + Sandbox.PROJECT_KEY)) {
            return context.containsBean("batchExportsHealthIndicator");
        }
    }

    private LocalApplication start() {
        return LocalApplication.start(
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.requests-per-second=1000",
                "--management.endpoint.health.show-details=always");
    }

    private HttpResponse<String> get(LocalApplication application, String path) throws Exception {
        return calls.get(application.baseUrl() + path);
    }

    private String health(LocalApplication application, int status) throws Exception {
        HttpResponse<String> health = get(application, "/actuator/health/batchExports");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(status);
        return health.body();
    }

    private void awaitHealth(LocalApplication application, String detail) throws Exception {
        Instant limit = Instant.now().plusSeconds(30);
        while (!health(application, 200).contains(detail) && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void refusedKeyIsDownUntilACallSucceedsAndHoldIsUp() throws Exception {
        try (LocalApplication application = start()) {
            assertThat(health(application, 200)).contains("\"status\":\"UP\"", "\"failuresSinceSuccess\":0");
            assertThat(sandbox.calls()).isZero();

            sandbox.failNext(Fault.status(401));
            assertThat(get(application, "/exports").statusCode()).isEqualTo(500);
            assertThat(health(application, 503))
                    .contains("\"status\":\"DOWN\"", "\"refused\":", "401")
                    .doesNotContain(Sandbox.REST_API_KEY);
            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(503);

            assertThat(get(application, "/exports").statusCode()).isEqualTo(200);
            assertThat(health(application, 200)).contains("\"lastSuccess\":").doesNotContain("\"refused\":");
            assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(200);

            sandbox.failNext(Fault.rateLimited(Duration.ofSeconds(60)));
            CompletableFuture<HttpResponse<String>> held = calls.start(application.baseUrl() + "/exports");
            awaitHealth(application, "\"heldUntil\":");
            CompletableFuture<HttpResponse<String>> next = calls.start(application.baseUrl() + "/exports");
            awaitHealth(application, "\"waiting\":1");
            assertThat(health(application, 200)).contains("\"waiting\":1", "\"heldUntil\":", "429");
            assertThat(next).isNotDone();
            assertThat(held).isNotDone();
        }
    }

    @Test
    void autoConfiguredClientAloneHasAnIndicator() {
        assertThat(hasIndicator(SuppliedKey.class, "")).isTrue();
        assertThat(hasIndicator(OwnClient.class, "")).isFalse();
        assertThat(hasIndicator(OwnClient.class, Sandbox.REST_API_KEY)).isFalse();
    }
}
