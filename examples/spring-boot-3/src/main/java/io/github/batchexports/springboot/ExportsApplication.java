package io.github.batchexports.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Exports over HTTP. It takes {@code batch.exports.rest-api-key} and {@code batch.exports.project-key}, or the
 * environment's {@code BATCH_EXPORTS_RESTAPIKEY} and {@code BATCH_EXPORTS_PROJECTKEY}.
 */
@SpringBootApplication
public class ExportsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ExportsApplication.class, arguments);
    }
}
