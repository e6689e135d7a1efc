package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchexports.reactor.BatchExportsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the starter's README shows: its Java is compiled here, and its properties are those that there are. */
class ReadmeTest {

    @Configuration(proxyBeanMethods = false)
    static class Customizing {

        @Bean
        BatchExportsClientCustomizer nettyMetrics() {
            return options -> options.httpClient(http -> http.metrics(true, uri -> "api"));
        }
    }

    /** Where an application keeps its secrets. */
    interface Vault {

        String currentKey();
    }

    @Configuration(proxyBeanMethods = false)
    static class Rotating {

        @Bean
        BatchExportsClientCustomizer rotatingKey(Vault vault) {
            return options -> options.restApiKeySupplier(vault::currentKey);
        }
    }

    @Test
    void customizerBeanMaySupplyTheKey() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withUserConfiguration(Rotating.class)
                .withBean(Vault.class, () -> () -> "key")
                .withPropertyValues("batch.exports.project-key=project")
                .run(context -> assertThat(context).hasSingleBean(BatchExportsClient.class));
    }

    @Test
    void customizerBeanSetsWhatHasNoProperty() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BatchExportsAutoConfiguration.class))
                .withUserConfiguration(Customizing.class)
                .withPropertyValues("batch.exports.rest-api-key=key", "batch.exports.project-key=project")
                .run(context -> assertThat(context).hasSingleBean(BatchExportsClient.class));
    }

    @Test
    void everyPropertyStandsInTheTable() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (JsonNode property : MetadataTest.properties()) {
            String name = property.get("name").asText();
            assertThat(readme)
                    .contains(
                            name.startsWith("batch.exports.")
                                    ? "\n| `" + name.replace("batch.exports.", "") + "` |"
                                    : "`" + name);
        }
    }
}
