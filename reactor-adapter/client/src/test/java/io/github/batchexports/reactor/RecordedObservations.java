package io.github.batchexports.reactor;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records observations in order. The registry itself rejects one that stops twice, or before it starts. */
final class RecordedObservations {

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final List<Observation.Context> started = new CopyOnWriteArrayList<>();
    private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

    RecordedObservations() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }

            @Override
            public void onStart(Observation.Context context) {
                started.add(context);
            }

            @Override
            public void onStop(Observation.Context context) {
                ended.add(context);
            }
        });
    }

    TestObservationRegistry registry() {
        return registry;
    }

    List<Observation.Context> started() {
        return started;
    }

    List<Observation.Context> ended() {
        return ended;
    }

    List<Observation.Context> ended(String name) {
        return ended.stream().filter(context -> context.getName().equals(name)).toList();
    }

    static String value(Observation.Context context, String key) {
        return context.getLowCardinalityKeyValue(key).getValue();
    }

    /** Operation, attempt, outcome and status. */
    static String summary(Observation.Context request) {
        return String.join(
                " ",
                value(request, "operation"),
                value(request, "attempt"),
                value(request, "outcome"),
                value(request, "status"));
    }

    /** Everything that a meter or a span can show. */
    static List<String> texts(Observation.Context context) {
        List<String> texts = new ArrayList<>(
                context.getAllKeyValues().stream().map(KeyValue::getValue).toList());
        texts.add(context.getName() + context.getContextualName() + context.getError());
        return texts;
    }
}
