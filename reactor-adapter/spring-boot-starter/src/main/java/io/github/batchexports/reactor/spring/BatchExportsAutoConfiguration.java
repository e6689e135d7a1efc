package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * A {@link BatchExportsClient} from the properties {@code batch.exports.*}, when {@code batch.exports.rest-api-key} or a
 * {@link BatchExportsClientCustomizer} is there and the application has no such bean. While the property is empty or
 * missing it is made only where it is wanted. It is closed with the context, and observed by the application's
 * {@code ObservationRegistry} if there is one. With {@code batch.exports.redis.enabled} it shares its limit and its polls
 * with other processes, through the application's Redis. Where Spring Boot's health is, it has an indicator.
 */
@AutoConfiguration
@Conditional(OnRestApiKey.class)
@EnableConfigurationProperties(BatchExportsProperties.class)
// Read in this order, and before the bean below: the health looks for a client that is not ours.
@Import({RedisConfiguration.class, HealthConfiguration.class, LazyClientConfiguration.class})
public class BatchExportsAutoConfiguration {

    /** For Spring. */
    public BatchExportsAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @Conditional(OnRestApiKey.HasText.class)
    @ConditionalOnMissingBean
    BatchExportsClient batchExportsClient(
            BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
        return client(properties, customizers);
    }

    static BatchExportsClient client(
            BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
        BatchExportsClientBuilder builder = BatchExportsClient.builder();
        InvalidOptionException.whenRefused(() -> properties.applyTo(builder));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return InvalidOptionException.whenRefused(builder::build);
    }

    /** Apart, since it is only read where Micrometer is. The registry is asked for late, whoever defines it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Observing {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        BatchExportsClientCustomizer batchExportsObservationCustomizer(ObjectProvider<ObservationRegistry> registry) {
            return builder -> registry.ifUnique(builder::observationRegistry);
        }
    }
}
