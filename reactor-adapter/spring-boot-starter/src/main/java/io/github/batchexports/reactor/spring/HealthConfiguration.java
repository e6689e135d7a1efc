package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClient;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The health of the client, as its observations tell it. Spring Boot 4 has its types in another package, and jar. An
 * application's own client is not observed by the listener, and would look well for ever: it has no indicator. Read before
 * the auto-configured client, so that a client that is there is the application's.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnMissingBean(BatchExportsClient.class)
@Conditional(OnSwitch.Health.class)
class HealthConfiguration {

    private static final String INDICATOR = "batchExportsHealthIndicator";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(org.springframework.boot.actuate.health.HealthIndicator.class)
    @ConditionalOnMissingBean(name = INDICATOR)
    @Import(HealthListener.class)
    static class Boot3 {

        @Bean(INDICATOR)
        org.springframework.boot.actuate.health.HealthIndicator indicator(CallHealth calls) {
            return () -> (calls.isRefused()
                            ? org.springframework.boot.actuate.health.Health.down()
                            : org.springframework.boot.actuate.health.Health.up())
                    .withDetails(calls.details())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
    @ConditionalOnMissingBean(name = INDICATOR)
    @Import(HealthListener.class)
    static class Boot4 {

        @Bean(INDICATOR)
        org.springframework.boot.health.contributor.HealthIndicator indicator(CallHealth calls) {
            return () -> (calls.isRefused()
                            ? org.springframework.boot.health.contributor.Health.down()
                            : org.springframework.boot.health.contributor.Health.up())
                    .withDetails(calls.details())
                    .build();
        }
    }
}
