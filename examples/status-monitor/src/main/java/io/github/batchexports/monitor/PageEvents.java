package io.github.batchexports.monitor;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.monitor.ExportWatch.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** What an open page is told: all exports, what changes from then on, and how the polls go. */
@Component
class PageEvents {

    /** How many changes go together, since each event is flushed by itself. */
    private static final int CHANGES_AN_EVENT = 20;

    private static final ExportSnapshot NOTHING = ExportSnapshot.of(List.of());

    private final ExportWatch watch;
    private final ServerSentEvent<Object> hello;

    PageEvents(ExportWatch watch, ExportWatch.Options options, Environment environment) {
        this.watch = watch;
        this.hello = event(
                "hello",
                Map.of(
                        "sandbox", environment.acceptsProfiles(Profiles.of("sandbox")),
                        "heartbeatMillis", options.heartbeat().toMillis()));
    }

    /**
     * A {@code hello}; {@code changes} with each export, then {@code listed}, and so again when some changed; a
     * {@code status} after each poll and as a sign of life.
     */
    Flux<ServerSentEvent<Object>> stream() {
        return Flux.merge(
                1, watch.statuses().map(status -> event("status", status)).startWith(hello), changes());
    }

    /** From what the page was told last to what is newest by then, however slowly it reads. */
    private Flux<ServerSentEvent<Object>> changes() {
        return watch.states()
                .mapNotNull(State::exports)
                .distinctUntilChanged()
                .onBackpressureLatest()
                .startWith(NOTHING)
                .buffer(2, 1)
                // The last one is alone when the watch ends.
                .filter(pair -> pair.size() == 2)
                .concatMap(
                        pair -> Flux.fromStream(() -> changes(pair.get(0), pair.get(1)))
                                .buffer(CHANGES_AN_EVENT)
                                .map(some -> event("changes", some))
                                .concatWithValues(
                                        event("listed", pair.get(1).exports().size())),
                        0);
    }

    private static Stream<ExportChange> changes(ExportSnapshot before, ExportSnapshot now) {
        Stream<ExportChange> removed = before.exports().stream()
                .filter(export -> now.find(export.id()) == null)
                .map(export -> ExportChange.builder()
                        .kind(ExportChange.Kind.REMOVED)
                        .previous(export.status())
                        .export(export)
                        .build());
        Stream<ExportChange> others =
                now.exports().stream().map(export -> change(before, export)).filter(Objects::nonNull);
        return Stream.concat(removed, others);
    }

    private static @Nullable ExportChange change(ExportSnapshot before, ExportRequest now) {
        return before == NOTHING
                ? ExportChange.builder()
                        .kind(ExportChange.Kind.INITIAL)
                        .export(now)
                        .build()
                : ExportChange.between(before.find(now.id()), now);
    }

    private static ServerSentEvent<Object> event(String name, Object data) {
        return ServerSentEvent.builder(data).event(name).build();
    }
}
