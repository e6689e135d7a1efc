package io.github.batchexports.reactor.spring;

import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Lets the client's health hear of its calls. No member of what imports it, so that it is there only if either line's is. */
@Configuration(proxyBeanMethods = false)
class HealthListener {

    @Bean
    CallHealth batchExportsCallHealth(BatchExportsProperties properties) {
        BatchExportsProperties.Redis redis = properties.redis();
        return new CallHealth(Clock.systemUTC(), redis != null && redis.isEnabled());
    }

    /** After the one that sets the application's registry; where there is none, this brings one. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    BatchExportsClientCustomizer batchExportsHealthCustomizer(
            CallHealth calls, ObjectProvider<ObservationRegistry> registries) {
        return builder -> {
            ObservationRegistry registry = registries.getIfUnique();
            if (registry == null || registry.isNoop()) {
                registry = ObservationRegistry.create();
            }
            registry.observationConfig().observationHandler(calls.handler());
            builder.observationRegistry(registry);
        };
    }
}
