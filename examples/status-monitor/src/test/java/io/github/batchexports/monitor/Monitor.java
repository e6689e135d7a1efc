package io.github.batchexports.monitor;

import io.github.batchexports.sandbox.Sandbox;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** The application, started for real on a free port, with a sandbox in the API's place. */
final class Monitor implements AutoCloseable {

    private final ConfigurableApplicationContext application;
    private final int port;

    private Monitor(ConfigurableApplicationContext application) {
        this.application = application;
        this.port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    static Monitor start(Sandbox sandbox, String... properties) {
        return start(sandbox, List.of(StatusMonitor.class, OwnThreads.class), properties);
    }

    /** The system's own buffers would hide for a while that a browser does not read. */
    static Monitor startWithSmallBuffers(Sandbox sandbox, String... properties) {
        return start(sandbox, List.of(StatusMonitor.class, OwnThreads.class, SmallBuffers.class), properties);
    }

    /** With these properties alone. */
    static Monitor startWith(String... properties) {
        return start(List.of(StatusMonitor.class, OwnThreads.class), new LinkedHashMap<>(), properties);
    }

    private static Monitor start(Sandbox sandbox, List<Class<?>> sources, String... properties) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("batch.exports.rest-api-key", Sandbox.REST_API_KEY);
        all.put("batch.exports.project-key", Sandbox.PROJECT_KEY);
        all.put("batch.exports.base-url", sandbox.baseUrl());
        all.put("batch.exports.requests-per-second", "0");
        all.put("monitor.interval", "1s");
        return start(sources, all, properties);
    }

    private static Monitor start(List<Class<?>> sources, Map<String, String> all, String... properties) {
        all.put("server.port", "0");
        all.put("spring.main.banner-mode", "off");
        for (String property : properties) {
            all.put(property.replaceFirst("=.*", ""), property.replaceFirst(".*?=", ""));
        }
        return new Monitor(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .run(all.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new)));
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        application.close();
    }

    // Not annotated, so that the application does not find them by itself.

    /** An application that stops takes the process' event loops with it, and here others go on. */
    static class OwnThreads {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }

    static class SmallBuffers {

        @Bean
        WebServerFactoryCustomizer<NettyReactiveWebServerFactory> smallBuffers() {
            return factory -> factory.addServerCustomizers(server -> server.childOption(ChannelOption.SO_SNDBUF, 8_192)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(4_096, 8_192)));
        }
    }
}
