package io.github.batchexports.monitor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Serves the page and what it asks for. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StatusMonitor {

    public static void main(String[] arguments) {
        SpringApplication.run(StatusMonitor.class, arguments);
    }
}
