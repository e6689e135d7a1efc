package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.util.Logger;
import reactor.util.Loggers;

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
@Import({RedisConfiguration.class, HealthConfiguration.class})
public class BatchExportsAutoConfiguration {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    /** For Spring. */
    public BatchExportsAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @Conditional(OnRestApiKey.HasText.class)
    @ConditionalOnMissingBean
    BatchExportsClient batchExportsClient(
            BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
        return client(properties, customizers);
    }

    private static BatchExportsClient client(
            BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
        BatchExportsClientBuilder builder = BatchExportsClient.builder();
        InvalidOptionException.whenRefused(() -> properties.applyTo(builder));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return InvalidOptionException.whenRefused(builder::build);
    }

    /** Without a key in the property: lazy, so that an application that does not need the client starts. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnRestApiKey.HasNoText.class)
    static class WithoutKey {

        @Lazy
        @Bean(name = "batchExportsClient", destroyMethod = "close")
        @ConditionalOnMissingBean
        BatchExportsClient batchExportsClientWithoutKey(
                BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
            return client(properties, customizers);
        }

        @Bean
        SmartInitializingSingleton batchExportsKeyNotice() {
            return () -> LOG.info(
                    "{} is empty or missing: a BatchExportsClient needs it, or a customizer's restApiKeySupplier",
                    OnRestApiKey.PROPERTY);
        }
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
