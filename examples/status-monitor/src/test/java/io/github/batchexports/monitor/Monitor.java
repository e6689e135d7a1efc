package io.github.batchexports.monitor;

import io.github.batchexports.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application, started for real on a free port, with a sandbox in the API's place. */
final class Monitor implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private Monitor(ConfigurableApplicationContext application) {
        this.application = application;
    }

    static Monitor start(Sandbox sandbox, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--batch.exports.rest-api-key=" + Sandbox.REST_API_KEY,
                "--batch.exports.project-key=" + Sandbox.PROJECT_KEY,
                "--batch.exports.base-url=" + sandbox.baseUrl(),
                "--batch.exports.requests-per-second=0",
                "--monitor.interval=1s"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new Monitor(new SpringApplicationBuilder(StatusMonitor.class, SmallSendBuffers.class)
                .web(WebApplicationType.REACTIVE)
                .run(arguments.toArray(String[]::new)));
    }

    int port() {
        return Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        application.close();
    }

    /** The system's buffers would hide for a while that a browser does not read. */
    @Configuration(proxyBeanMethods = false)
    static class SmallSendBuffers {

        @Bean
        WebServerFactoryCustomizer<NettyReactiveWebServerFactory> smallSendBuffers() {
            return factory -> factory.addServerCustomizers(
                    server -> server.childOption(io.netty.channel.ChannelOption.SO_SNDBUF, 8_192));
        }
    }
}
