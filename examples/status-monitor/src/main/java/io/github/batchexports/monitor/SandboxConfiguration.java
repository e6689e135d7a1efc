package io.github.batchexports.monitor;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.sandbox.Sandbox;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where there is no key, a sandbox in this process takes the API's place, and lives. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "batch.exports.rest-api-key", havingValue = "none", matchIfMissing = true)
class SandboxConfiguration {

    @Bean
    Sandbox sandbox() {
        LoggerFactory.getLogger(StatusMonitor.class)
                .info("BATCH_EXPORTS_REST_API_KEY is not set: showing a sandbox with made-up exports");
        return Sandbox.builder().newExportEvery(Duration.ofSeconds(12)).start();
    }

    @Bean
    BatchExportsClient batchExportsClient(Sandbox sandbox) {
        return BatchExportsClient.builder()
                .restApiKey(Sandbox.REST_API_KEY)
                .projectKey(Sandbox.PROJECT_KEY)
                .baseUrl(sandbox.baseUrl())
                .build();
    }
}
