package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClientBuilder;

/**
 * A bean that changes the options of the auto-configured {@link io.github.batchexports.reactor.BatchExportsClient}. All
 * of them are applied after the properties, in the order that {@code @Order} gives them.
 */
@FunctionalInterface
public interface BatchExportsClientCustomizer {

    /** Sets options, also such as have no property: proxy and TLS of the HTTP client, another pacer. */
    void customize(BatchExportsClientBuilder builder);
}
