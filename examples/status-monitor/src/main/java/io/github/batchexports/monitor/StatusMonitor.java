package io.github.batchexports.monitor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Serves the page and what it asks for. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StatusMonitor {

    /** A key that got lost is told at the start, and not covered up by made-up data: a sandbox is for no settings at all. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(StatusMonitor.class);
        if (System.getenv().keySet().stream().noneMatch(name -> name.startsWith("BATCH_"))) {
            application.setAdditionalProfiles("sandbox");
        }
        application.run(arguments);
    }
}
