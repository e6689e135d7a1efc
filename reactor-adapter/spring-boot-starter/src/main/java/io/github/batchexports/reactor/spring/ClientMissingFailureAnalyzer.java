package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Names the property that is missing where the client is wanted and nothing asked for one; before Boot's own analyzer. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ClientMissingFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final Environment environment;

    ClientMissingFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        if (cause.getBeanType() != BatchExportsClient.class
                || cause instanceof NoUniqueBeanDefinitionException
                || OnRestApiKey.hasText(environment)) {
            return null;
        }
        return new FailureAnalysis(
                (description == null ? "A component" : description)
                        + " required a client of Batch's Exports API, and there is none: the property "
                        + OnRestApiKey.PROPERTY + " is missing.",
                "Set the properties " + OnRestApiKey.PROPERTY + " and batch.exports.project-key, such as from the"
                        + " environment variables BATCH_REST_API_KEY and BATCH_PROJECT_KEY, or set restApiKeySupplier in a"
                        + " bean of BatchExportsClientCustomizer.",
                cause);
    }
}
