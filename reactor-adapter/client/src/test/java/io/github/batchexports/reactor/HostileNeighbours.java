package io.github.batchexports.reactor;

import static io.github.batchexports.reactor.HostileCode.Behaviour.BLOCKS;
import static io.github.batchexports.reactor.HostileCode.Behaviour.FAILS_TO_LINK;
import static io.github.batchexports.reactor.HostileCode.Behaviour.NEVER;
import static io.github.batchexports.reactor.HostileCode.Behaviour.THROWS;
import static io.github.batchexports.reactor.HostileCode.Behaviour.TWICE;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.reactor.HostileCode.Behaviour;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/** Every extension point where an application's code runs in a client, and how that code may misbehave there. */
final class HostileNeighbours {

    /** Where files are saved. */
    private final Path directory;

    private final List<Neighbour> all = new ArrayList<>();

    private HostileNeighbours(Path directory) {
        this.directory = directory;
    }

    /** One extension point and one behaviour: how the client is built, and which subscription meets the hostile code. */
    static final class Neighbour {

        private final String place;
        final Behaviour behaviour;
        BiConsumer<BatchExportsClientBuilder, HostileCode> options = (builder, code) -> {};
        BiFunction<HttpClient, HostileCode, HttpClient> http = (client, code) -> client;
        BiFunction<Scheduler, HostileCode, Timers> timers = (scheduler, code) -> new Timers(scheduler);
        ExportsServer.Fault fault = (call, request) -> null;
        BiFunction<BatchExportsClient, HostileCode, Publisher<?>> victim = (client, code) -> client.list(byTen());
        /** Whether the code gives the REST API key. */
        boolean suppliesKey;
        /** Whether it takes a cancel to end the subscription that met the code. */
        boolean isEndless;

        private Neighbour(String place, Behaviour behaviour) {
            this.place = place;
            this.behaviour = behaviour;
            this.isEndless = behaviour == NEVER;
        }

        HostileCode code() {
            return new HostileCode(behaviour);
        }

        @Override
        public String toString() {
            return place + " " + behaviour;
        }
    }

    static ListOptions byTen() {
        return ListOptions.builder().pageSize(10).build();
    }

    static List<Neighbour> all(Path directory) {
        HostileNeighbours neighbours = new HostileNeighbours(directory);
        neighbours.observationHandlers();
        neighbours.pacers();
        neighbours.keys();
        neighbours.httpClients();
        neighbours.schedulers();
        neighbours.watchers();
        neighbours.subscribers();
        neighbours.downloads();
        return neighbours.all;
    }

    private void add(String place, List<Behaviour> behaviours, Consumer<Neighbour> setting) {
        for (Behaviour behaviour : behaviours) {
            Neighbour neighbour = new Neighbour(place, behaviour);
            setting.accept(neighbour);
            all.add(neighbour);
        }
    }

    private void observationHandlers() {
        for (String name : List.of("batch.exports.wait", "batch.exports.request")) {
            for (String method : List.of("onStart", "onStop")) {
                add(
                        "observation handler, " + method + " of " + name,
                        List.of(THROWS, FAILS_TO_LINK, BLOCKS),
                        neighbour -> neighbour.options = (builder, code) -> {
                            ObservationRegistry registry = ObservationRegistry.create();
                            registry.observationConfig().observationHandler(new HostileHandler(name, method, code));
                            builder.observationRegistry(registry);
                        });
            }
        }
    }

    private record HostileHandler(String name, String method, HostileCode code)
            implements ObservationHandler<Observation.Context> {

        private void run(String called, Observation.Context context) {
            if (called.equals(method) && name.equals(context.getName())) {
                code.run();
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            run("onStart", context);
        }

        @Override
        public void onStop(Observation.Context context) {
            run("onStop", context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private void pacers() {
        for (HostilePacer.Method method : HostilePacer.Method.values()) {
            List<Behaviour> behaviours = method == HostilePacer.Method.RETURN
                    ? List.of(Behaviour.values())
                    : List.of(THROWS, FAILS_TO_LINK, BLOCKS);
            add("pacer, " + method, behaviours, neighbour -> {
                neighbour.options = (builder, code) -> builder.pacer(project -> new HostilePacer(method, code));
                if (method == HostilePacer.Method.HOLD_FOR) {
                    neighbour.fault =
                            (call, request) -> call == 1 ? ExportsServer.refusal(429, "TOO_MANY_REQUESTS") : null;
                }
                if (method == HostilePacer.Method.RELEASE) {
                    neighbour.fault = (call, request) -> call == 1 ? ExportsServer.refusal(503, "UNAVAILABLE") : null;
                }
            });
        }
    }

    private void keys() {
        key("throws or blocks", List.of(THROWS, FAILS_TO_LINK, BLOCKS), code -> {
            code.run();
            return ExportsServer.KEY;
        });
        key("null", List.of(THROWS), code -> code.strikes() ? null : ExportsServer.KEY);
        key("no key", List.of(THROWS), code -> code.strikes() ? "two\nlines" : ExportsServer.KEY);
    }

    private void key(String what, List<Behaviour> behaviours, Function<HostileCode, String> supplier) {
        add("supplier of keys, " + what, behaviours, neighbour -> {
            neighbour.suppliesKey = true;
            neighbour.options = (builder, code) -> builder.restApiKeySupplier(() -> supplier.apply(code));
        });
    }

    private void httpClients() {
        List<Behaviour> sync = List.of(THROWS, FAILS_TO_LINK, BLOCKS);
        http("doOnConnected", sync, (http, code) -> http.doOnConnected(connection -> code.run()));
        http("doOnRequest", sync, (http, code) -> http.doOnRequest((request, connection) -> code.run()));
        http("doAfterRequest", sync, (http, code) -> http.doAfterRequest((request, connection) -> code.run()));
        http("doOnResponse", sync, (http, code) -> http.doOnResponse((response, connection) -> code.run()));
        http(
                "doAfterResponseSuccess",
                sync,
                (http, code) -> http.doAfterResponseSuccess((response, connection) -> code.run()));
        http(
                "mapConnect",
                List.of(THROWS, FAILS_TO_LINK, BLOCKS, NEVER),
                (http, code) -> http.mapConnect(connect -> {
                    if (code.behaviour() == NEVER) {
                        return Mono.defer(() -> code.strikes() ? Mono.never() : connect);
                    }
                    code.run();
                    return connect;
                }));
    }

    private void http(String hook, List<Behaviour> behaviours, BiFunction<HttpClient, HostileCode, HttpClient> http) {
        add("HTTP client, " + hook, behaviours, neighbour -> neighbour.http = http);
    }

    private void schedulers() {
        scheduler(HostileScheduler.Method.SCHEDULE, List.of(Behaviour.values()));
        scheduler(HostileScheduler.Method.DISPOSE, List.of(THROWS, FAILS_TO_LINK, BLOCKS));
    }

    private void scheduler(HostileScheduler.Method method, List<Behaviour> behaviours) {
        add("scheduler, " + method, behaviours, neighbour -> {
            neighbour.timers = (scheduler, code) -> new HostileScheduler(scheduler, method, code);
            // Of calls that come together, some have to wait for their permits however slow the machine is.
            neighbour.victim = (client, code) -> Flux.range(0, 3).flatMap(i -> client.list(byTen()));
            // A lost timer is replaced by one of Reactor's.
            neighbour.isEndless = false;
        });
    }

    private void watchers() {
        watch(
                "filter",
                (options, code) -> options.filter(export -> {
                    code.run();
                    return true;
                }));
        watch("onPoll", (options, code) -> options.onPoll(poll -> code.run()));
    }

    private void watch(String option, BiConsumer<WatchOptions.Builder, HostileCode> setting) {
        add("watch, " + option, List.of(THROWS, FAILS_TO_LINK, BLOCKS), neighbour -> {
            neighbour.fault = (call, request) ->
                    option.equals("onPoll") && call <= 2 ? ExportsServer.refusal(503, "UNAVAILABLE") : null;
            neighbour.victim = (client, code) -> {
                WatchOptions.Builder options = WatchOptions.builder();
                setting.accept(options, code);
                return client.watch(options.build()).take(25);
            };
        });
    }

    private void subscribers() {
        for (HostileSubscriber.Callback callback : HostileSubscriber.Callback.values()) {
            List<Behaviour> behaviours =
                    switch (callback) {
                        case ON_SUBSCRIBE -> List.of(THROWS, FAILS_TO_LINK, BLOCKS, NEVER);
                        case ON_NEXT -> List.of(THROWS, FAILS_TO_LINK, BLOCKS, TWICE);
                        case ON_COMPLETE -> List.of(THROWS, FAILS_TO_LINK, BLOCKS);
                    };
            subscriber("list", client -> client.list(byTen()), callback, behaviours);
            subscriber("view", client -> client.view("export_0"), callback, behaviours);
            if (callback != HostileSubscriber.Callback.ON_COMPLETE) {
                subscriber("watch", BatchExportsClient::watch, callback, behaviours);
            }
        }
    }

    private void subscriber(
            String method,
            Function<BatchExportsClient, Publisher<?>> publisher,
            HostileSubscriber.Callback callback,
            List<Behaviour> behaviours) {
        add("subscriber of " + method + ", " + callback, behaviours, neighbour -> {
            neighbour.victim = (client, code) -> HostileSubscriber.subscribe(publisher.apply(client), callback, code);
            // A subscriber that throws in a callback gets no further signals; a watch does not end.
            neighbour.isEndless =
                    neighbour.behaviour != TWICE && (neighbour.behaviour != BLOCKS || method.equals("watch"));
        });
    }

    private void downloads() {
        add("download, onProgress", List.of(THROWS, FAILS_TO_LINK, BLOCKS), neighbour -> {
            neighbour.fault = (call, request) ->
                    request.getTarget().contains("/download") ? ExportsServer.json("{}\n".repeat(10_000)) : null;
            neighbour.victim = (client, code) -> client.downloadTo(
                    ExportFile.builder().id("file_1").build(),
                    directory.resolve(neighbour + ".jsonl"),
                    DownloadOptions.builder().onProgress(bytes -> code.run()).build());
        });
    }
}
