package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/** The stream of events that one open page has, read as fast as it comes, and opened again when it ends. */
final class OpenPage implements AutoCloseable {

    private static final WebClient CLIENT = WebClient.builder()
            .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<ServerSentEvent<String>> events = new LinkedBlockingQueue<>();
    private final Disposable connection;

    private OpenPage(Monitor monitor) {
        this.connection = CLIENT.get()
                .uri(monitor.url() + "/exports/changes")
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .repeat()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(100)))
                .subscribe(events::add);
    }

    static OpenPage open(Monitor monitor) {
        return new OpenPage(monitor);
    }

    static List<OpenPage> open(Monitor monitor, int count) {
        List<OpenPage> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(open(monitor));
        }
        return pages;
    }

    /** The data of the next event of a kind that is as wanted; others are passed over. */
    String next(String kind, Predicate<String> wanted) {
        ServerSentEvent<String> event;
        do {
            event = next();
        } while (!kind.equals(event.event()) || !wanted.test(event.data()));
        return event.data();
    }

    /** The next status of the polls of a kind. */
    String nextStatus(PollStatus.Kind kind) {
        return next("status", data -> data.contains("\"kind\":\"" + kind + "\""));
    }

    private ServerSentEvent<String> next() {
        ServerSentEvent<String> event;
        try {
            event = events.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(event).as("event within %s", Duration.ofSeconds(30)).isNotNull();
        return event;
    }

    /** The changes until the list is whole, each as {@code kind id status}. */
    List<String> readList() {
        List<String> changes = new ArrayList<>();
        ServerSentEvent<String> event;
        do {
            event = next();
            if ("changes".equals(event.event())) {
                changes.addAll(changes(event.data()));
            }
        } while (!"listed".equals(event.event()));
        return changes;
    }

    /** Passes over a list until it is whole; gives its length. */
    int skipList() {
        return Integer.parseInt(next("listed", length -> true));
    }

    /** Reads until a change. */
    void readUntil(String change) {
        next("changes", data -> changes(data).contains(change));
    }

    private static List<String> changes(String data) {
        return Stream.of(JSON.readValue(data, ExportChange[].class))
                .map(change -> change.kind() + " " + change.export().id() + " "
                        + change.export().status())
                .toList();
    }

    @Override
    public void close() {
        connection.dispose();
    }
}
