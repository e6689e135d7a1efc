package io.github.batchexports.springboot;

import io.github.batchexports.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application in this JVM, with the keys of a sandbox: it starts several times as fast as the packaged one, from which
 * it differs in nothing but the packaging.
 */
final class LocalApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private LocalApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static LocalApplication start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--BATCH_REST_API_KEY=" + Sandbox.REST_API_KEY,
                "--BATCH_PROJECT_KEY=" + Sandbox.PROJECT_KEY,
                "--server.port=0",
                "--server.shutdown=immediate",
                "--spring.reactor.netty.shutdown-quiet-period=0s"));
        all.addAll(List.of(arguments));
        return new LocalApplication(SpringApplication.run(ExportsApplication.class, all.toArray(String[]::new)));
    }

    String baseUrl() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
