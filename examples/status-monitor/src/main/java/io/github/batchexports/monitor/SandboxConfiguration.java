package io.github.batchexports.monitor;

import io.github.batchexports.reactor.spring.BatchExportsClientCustomizer;
import io.github.batchexports.sandbox.Sandbox;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** A sandbox in this process takes the API's place, and lives. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxConfiguration {

    @Bean
    Sandbox sandbox() {
        LoggerFactory.getLogger(StatusMonitor.class).info("showing a sandbox with made-up exports");
        return Sandbox.builder().newExportEvery(Duration.ofSeconds(12)).start();
    }

    @Bean
    BatchExportsClientCustomizer atSandbox(Sandbox sandbox) {
        return options -> options.baseUrl(sandbox.baseUrl());
    }
}
