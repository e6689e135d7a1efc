package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** The stream of changes that one open page has, read as fast as it comes. */
final class OpenPage implements AutoCloseable {

    private static final WebClient CLIENT = WebClient.builder()
            .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<ServerSentEvent<String>> events = new LinkedBlockingQueue<>();
    private final Disposable connection;
    private String lastEventId;

    private OpenPage(Monitor monitor, String lastEventId) {
        this.lastEventId = lastEventId;
        this.connection = CLIENT.get()
                .uri(monitor.url() + "/exports/changes")
                .headers(headers -> {
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .subscribe(events::add, failure -> {});
    }

    static OpenPage open(Monitor monitor) {
        return new OpenPage(monitor, null);
    }

    static OpenPage resume(Monitor monitor, String lastEventId) {
        return new OpenPage(monitor, lastEventId);
    }

    String lastEventId() {
        return lastEventId;
    }

    /** The next event of a kind; others are passed over. */
    ServerSentEvent<String> next(String kind) {
        ServerSentEvent<String> event;
        do {
            event = next();
        } while (!kind.equals(event.event()));
        return event;
    }

    /** The next heartbeat that is as wanted. */
    String nextHeartbeat(Predicate<String> wanted) {
        String data;
        do {
            data = next("heartbeat").data();
        } while (!wanted.test(data));
        return data;
    }

    private ServerSentEvent<String> next() {
        ServerSentEvent<String> event;
        try {
            event = events.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(event).as("event within %s", Duration.ofSeconds(30)).isNotNull();
        lastEventId = event.id() == null ? lastEventId : event.id();
        return event;
    }

    /** All that is said about exports until one has a status, as {@code id status}; {@code reload} if that comes. */
    List<String> readUntil(String id, String status) {
        List<String> said = new ArrayList<>();
        String wanted = id + " " + status;
        do {
            ServerSentEvent<String> event = next();
            if ("export".equals(event.event())) {
                ExportRequest export = JSON.readValue(event.data(), ExportRequest.class);
                said.add(export.id() + " " + export.status());
            } else if ("reload".equals(event.event())) {
                said.add("reload");
            }
        } while (said.isEmpty() || !said.get(said.size() - 1).equals(wanted));
        return said;
    }

    /**
     * Reads until all that the first poll brought is in the log: what is new after something was said comes with a later
     * poll than that. The page must have its {@code reload}, since an export that is in the log by then is not said again.
     */
    void passFirstPoll(Sandbox sandbox) {
        for (int i = 0; i < 2; i++) {
            readUntil(sandbox.addExport(), "CREATED");
        }
    }

    @Override
    public void close() {
        connection.dispose();
    }
}
