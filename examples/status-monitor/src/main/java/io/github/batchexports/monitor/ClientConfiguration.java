package io.github.batchexports.monitor;

import io.github.batchexports.reactor.BatchExportsClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("batch.exports.rest-api-key")
class ClientConfiguration {

    @Bean
    BatchExportsClient batchExportsClient(Environment environment) {
        return BatchExportsClient.builder()
                .restApiKey(environment.getRequiredProperty("batch.exports.rest-api-key"))
                .projectKey(environment.getRequiredProperty("batch.exports.project-key"))
                .baseUrl(environment.getProperty("batch.exports.base-url", "https://api.batch.com"))
                .requestsPerSecond(environment.getProperty("batch.exports.requests-per-second", Double.class, 1.0))
                .build();
    }
}
