package io.github.batchexports.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Exports over HTTP. It takes {@code batch.exports.rest-api-key} and {@code batch.exports.project-key}, from the
 * environment's {@code BATCH_REST_API_KEY} and {@code BATCH_PROJECT_KEY}.
 */
@SpringBootApplication
public class ExportsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ExportsApplication.class, arguments);
    }
}
