package io.github.batchexports.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What editors are told of the properties. */
class MetadataTest {

    static JsonNode properties() throws IOException {
        try (InputStream in =
                BatchExportsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new ObjectMapper().readTree(in).get("properties");
        }
    }

    @Test
    void everyPropertyIsNamedAndDescribed() throws IOException {
        assertThat(properties())
                .extracting(property -> property.get("name").asText())
                .containsExactlyInAnyOrder(
                        "batch.exports.rest-api-key",
                        "batch.exports.project-key",
                        "batch.exports.base-url",
                        "batch.exports.api-version",
                        "batch.exports.requests-per-second",
                        "batch.exports.response-timeout",
                        "batch.exports.max-page-bytes",
                        "batch.exports.retry.max-attempts",
                        "batch.exports.retry.first-delay",
                        "batch.exports.retry.max-delay",
                        "batch.exports.retry.max-elapsed",
                        "batch.exports.redis.enabled",
                        "batch.exports.redis.instances",
                        "batch.exports.redis.key-prefix",
                        "management.health.batch-exports.enabled");
        assertThat(properties())
                .noneMatch(property -> property.path("description").asText().isBlank());
    }

    @Test
    void defaultsMatchBuilder() throws Exception {
        Map<String, String> defaults = new HashMap<>();
        for (JsonNode property : properties()) {
            if (property.has("defaultValue")) {
                defaults.put(
                        property.get("name").asText(),
                        property.get("defaultValue").asText());
            }
        }
        assertThat(defaults).hasSize(12);
        BatchExportsClientBuilder untouched = BatchExportsClient.builder();
        BatchExportsClientBuilder told = BatchExportsClient.builder().retry(RetryPolicy.none());
        new Binder(new MapConfigurationPropertySource(defaults))
                .bind("batch.exports", BatchExportsProperties.class)
                .get()
                .applyTo(told);
        for (String option : List.of("baseUrl", "apiVersion", "requestsPerSecond", "responseTimeout", "maxPageBytes")) {
            assertThat(value(told, option)).as(option).isEqualTo(value(untouched, option));
        }
        assertThat(value(told, "retry")).hasToString(value(untouched, "retry").toString());
    }

    static Object value(BatchExportsClientBuilder builder, String option) throws ReflectiveOperationException {
        Field field = BatchExportsClientBuilder.class.getDeclaredField(option);
        field.setAccessible(true);
        return field.get(builder);
    }
}
