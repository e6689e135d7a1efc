package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Without a key in the property: lazy, so that an application that does not need the client starts. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnRestApiKey.HasNoText.class)
class LazyClientConfiguration {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    @Lazy
    @Bean(name = "batchExportsClient", destroyMethod = "close")
    @ConditionalOnMissingBean
    BatchExportsClient batchExportsClientWithoutKey(
            BatchExportsProperties properties, ObjectProvider<BatchExportsClientCustomizer> customizers) {
        return BatchExportsAutoConfiguration.client(properties, customizers);
    }

    @Bean
    SmartInitializingSingleton batchExportsKeyNotice() {
        return () -> LOG.info(
                "{} is empty or missing: a BatchExportsClient needs it, or a customizer's restApiKeySupplier",
                OnRestApiKey.PROPERTY);
    }
}
